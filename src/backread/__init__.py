"""Backread: gather, keep, draft, check, review, publish, and prove it.

This package is the engine: typed, without a framework, a library and a command line. The newsroom
(people, rows, screens) is the package `newsroom`, which calls this one and is never called by it.
"""

__version__ = "0.1.0"
