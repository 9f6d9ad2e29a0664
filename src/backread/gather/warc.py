"""Web archives: every page in the file as if it had just been fetched, read by what it is."""

from __future__ import annotations

from backread.errors import ArchiveError
from backread.gather.reading import Follow, Reader, Reading
from backread.ports import Fetched
from backread.values.capture import Capture
from backread.values.source import Source
from backread.warc import records

MOST_RECORDS = 5_000


def reader(read: Reader) -> Reader:
    """The reader of WARC files that reads each record with `read`."""

    def read_warc(source: Source, fetched: Fetched) -> Reading:
        """All captures of the file; a file that is cut short gives those before the cut, and says so."""
        captures: list[Capture] = []
        follow: list[Follow] = []
        notes: list[str] = []
        refused = count = 0
        try:
            for count, page in enumerate(records(fetched.body), 1):
                if count > MOST_RECORDS:
                    notes.append(f"The file holds more than {MOST_RECORDS:,} pages; the first are read.")
                    break
                found = read(source, page)
                captures += found.captures
                follow += found.follow
                refused += bool(found.refusal)
        except ArchiveError as err:
            notes.append(str(err))
        if refused:
            notes.append(f"{refused} of {count} pages could not be read.")
        refusal = "" if captures or follow else " ".join(["The file holds no page that can be read.", *notes])
        return Reading(captures=tuple(captures), follow=tuple(follow), refusal=refusal, health=tuple(notes))

    return read_warc
