"""What a picture file says of how it was made: IPTC's digital source type, alone or in a C2PA manifest.

Both are written into the file as plain words with a fixed beginning, so the bytes are searched and no picture is ever
decoded. What it cannot see: metadata that was stripped, as most sites and messengers do, and whether it is true: a C2PA
signature is not verified, because a picture is only ever held back on what is found here, never let through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from backread.values.picture import Picture, Provenance

HEAD, TAIL = 2_000_000, 250_000
"""Bytes read from the beginning and the end of a file; metadata stands there."""
_MOST = 100
_TYPE = re.compile(rb"digitalsourcetype/([a-z]{3,60})", re.IGNORECASE)
_WORKSHOP = re.compile(rb"\bSteps: \d{1,4}, Sampler: |\bMidjourney\b[^\x00]{0,80}\bJob ID\b")
"""What two common generators write without the standard."""
_SAYS = {
    b"trainedalgorithmicmedia": Provenance.AI,
    b"algorithmicmedia": Provenance.AI,
    b"compositewithtrainedalgorithmicmedia": Provenance.AI_PARTLY,
    b"compositesynthetic": Provenance.AI_PARTLY,
    b"digitalcapture": Provenance.CAMERA,
    b"computationalcapture": Provenance.CAMERA,
    b"negativefilm": Provenance.CAMERA,
    b"positivefilm": Provenance.CAMERA,
    b"print": Provenance.CAMERA,
}
_WORST_FIRST = (Provenance.AI, Provenance.AI_PARTLY, Provenance.CAMERA)


def provenance(content: bytes) -> Provenance:
    """What `content` says; of several statements the one that counts most against it."""
    found = {_SAYS.get(match[1].lower(), Provenance.NOT_SAID) for match in _TYPE.finditer(content)}
    if _WORKSHOP.search(content):
        found.add(Provenance.AI)
    return next((told for told in _WORST_FIRST if told in found), Provenance.NOT_SAID)


def provenances(pictures: Iterable[Picture], folder: Path) -> Mapping[str, Provenance]:
    """By file name, for the pictures whose file stands in `folder`. A name that leads out of the folder is not followed."""
    names = list(dict.fromkeys(picture.file for picture in pictures if picture.file))[:_MOST]
    read = {name: content for name in names if (content := _ends(name, folder)) is not None}
    return {name: provenance(content) for name, content in read.items()}


def _ends(name: str, folder: Path) -> bytes | None:
    """The beginning and the end of a file; None when there is none that can be read."""
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()) or not path.is_file():
            return None
        with path.open("rb") as opened:
            head = opened.read(HEAD)
            left = path.stat().st_size - len(head)
            opened.seek(-min(max(left, 0), TAIL), 2)
            return head + opened.read(TAIL) if left > 0 else head
    except (OSError, ValueError):
        # No such name (a zero byte, too long), or not ours to read: then the file is as good as absent.
        return None
