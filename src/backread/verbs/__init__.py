"""The engine's verbs, one file each, mounted on the command line."""
