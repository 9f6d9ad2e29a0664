"""A WARC file that stands in for the web: what is not in it does not exist."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from backread.archive.warc import records
from backread.errors import Unreachable
from backread.ports import Fetched


class WarcFetch:
    """Answers from one WARC file (a `ports.Fetch`). Reads the file once, at the start. Raises ArchiveError when it is damaged."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open("rb") as stream:
            self._held = {fetched.url: fetched for fetched in records(stream, name=str(path))}

    def __call__(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
        """The recorded answer; 304 with an empty body where the caller holds it already. Raises Unreachable for an address not recorded."""
        try:
            held = self._held[url]
        except KeyError as err:
            raise Unreachable(
                url, step=f"find it in {self._path.name}", hint="Only what was recorded can be read."
            ) from err
        # A site that knows an entity tag does not look at the date.
        same = etag == held.etag if etag and held.etag else bool(last_modified) and last_modified == held.last_modified  # fmt: skip
        return replace(held, status=304, body=b"") if same and held.status == 200 else held
