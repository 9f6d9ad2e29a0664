"""The frozen values that travel through the house. Nothing here reads a clock, a file or a network."""
