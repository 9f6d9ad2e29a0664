"""A story from the fields of one kind of document, a file a kind."""
