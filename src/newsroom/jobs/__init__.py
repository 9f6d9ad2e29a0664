"""What is due, what was tried, what is quarantined."""
