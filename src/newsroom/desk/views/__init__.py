"""The desk's views: they read, they call an act, they show a page value. They decide nothing."""
