"""Read a file a person named: its bytes or its words, or one clear sentence why not."""

from __future__ import annotations

from pathlib import Path

from backread.errors import BadInput

LARGEST = 50_000_000
"""Bytes. A source larger than this is refused rather than read for minutes."""


def read_bytes(path: Path, *, most: int = LARGEST) -> bytes:
    """The file's bytes. Raises BadInput for what is missing, a folder, empty, too large or not readable."""
    try:
        if "\x00" in str(path):
            raise BadInput(
                str(path), step="find it", hint="Its name holds a zero byte: no file has such a name."
            )
        if path.is_dir():
            raise BadInput(str(path), step="read it", hint="It is a folder; name a file in it.")
        if not path.exists():
            raise BadInput(str(path), step="find it", hint="Check the spelling and the folder.")
        size = path.stat().st_size
        if size == 0:
            raise BadInput(str(path), step="read it", hint="It is empty; save it again.")
        if size > most:
            raise BadInput(
                str(path),
                step="read it",
                hint=f"It has {size:,} bytes, and {most:,} is the most; hand in the part you need.",
            )
        return path.read_bytes()
    except OSError as err:
        raise BadInput(str(path), step="read it", hint=f"The system says: {err.strerror or err}.") from err


def read_words(path: Path, *, most: int = 5_000_000) -> str:
    """The file's words. Raises BadInput also for what is no text: binary, or in a broken encoding."""
    content = read_bytes(path, most=most)
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if content.startswith(mark):
            try:
                words = content.decode(encoding)
            except UnicodeDecodeError as err:
                hint = "It is not text in UTF-8; save it as plain text in UTF-8."
                raise BadInput(str(path), step="read it as text", hint=hint) from err
            break
    if "\x00" in words:
        raise BadInput(str(path), step="read it as text", hint="It is a binary file; hand in its text.")
    if not words.strip():
        raise BadInput(str(path), step="find any words in it", hint="It holds white space only.")
    return words.replace("\r\n", "\n").replace("\r", "\n")
