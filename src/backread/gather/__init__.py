"""From the world to captures: one reader a source kind, listed in SOURCES. Readers are functions of bytes."""
