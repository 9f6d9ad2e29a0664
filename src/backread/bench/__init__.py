"""Measuring commands, one file each, listed in BENCHES."""
