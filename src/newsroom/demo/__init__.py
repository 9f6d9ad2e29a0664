"""A fictional county and its newsroom: the area, the sources and one fresh day of documents."""
