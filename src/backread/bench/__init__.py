"""Measuring commands, one file each, listed in BENCHES; other packages add theirs by an entry point.

A bench is a function of a folder or file (or None) and a limit that returns one object of figures.
"""
