"""Words and meaning over passages: the port, and its embedded form. Search proposes, it never decides."""
