"""Legal moves of a story, what is open and who may release it, and the statement computed from the record."""
