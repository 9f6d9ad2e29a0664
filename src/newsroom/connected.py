"""The newsroom's connection to its database: it opens the one file it was opened for, and writes no other.

`ATTACH` and `VACUUM INTO` make files anywhere the process may write, in the site's folder too: a statement could put a
draft before readers past the builder. No statement can lift the limit; a backup copies the file instead.
"""

from __future__ import annotations

import sqlite3
from typing import Any


class OneFile(sqlite3.Connection):
    """A connection that attaches no other database."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
