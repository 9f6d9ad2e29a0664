"""A page value for every screen, built by pure functions: what is shown, nothing of how it is stored."""
