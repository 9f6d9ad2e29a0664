"""Pictures and their rights."""
