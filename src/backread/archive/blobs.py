"""Write-once bytes in a folder, addressed by their SHA-256."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from backread.errors import ArchiveError
from backread.values.canonical import Digest, digest_of

_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


class FolderBlobs:
    """Blobs below `root`, two letters a folder (a `ports.Blobs`). A blob appears whole or not at all."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, content: bytes) -> Digest:
        """Keep `content`: written beside, flushed to disk, then renamed. The same bytes are kept once."""
        digest = digest_of(content)
        path = self._path(digest)
        if path.exists():
            return digest
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".half-")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            os.chmod(beside, 0o440)
            os.replace(beside, path)
            _flush(path.parent)
        except OSError as err:
            Path(beside).unlink(missing_ok=True)
            raise ArchiveError(digest, step="keep it", hint=f"The system says: {err.strerror}.") from err
        return digest

    def get(self, digest: Digest) -> bytes:
        """The bytes. Raises ArchiveError when they are missing, or no longer what they were."""
        try:
            content = self._path(digest).read_bytes()
        except OSError as err:
            raise ArchiveError(
                digest, step="read it from the archive", hint="It is missing; restore a backup."
            ) from err
        if digest_of(content) != digest:
            raise ArchiveError(
                digest, step="read it from the archive", hint="Its bytes have changed; restore a backup."
            )
        return content

    def has(self, digest: Digest) -> bool:
        """Whether they are kept."""
        return self._path(digest).exists()

    def remove(self, digest: Digest) -> None:
        """Remove them for good; nothing where they are not kept. Only a recorded erasure asks for it."""
        path = self._path(digest)
        path.unlink(missing_ok=True)
        if path.parent.exists():
            _flush(path.parent)

    def _path(self, digest: Digest) -> Path:
        # File names come from digests alone, so that no capture can name a path.
        if not _DIGEST.match(digest):
            raise ArchiveError(repr(digest), step="find it", hint="A digest has 64 hexadecimal digits.")
        return self._root / digest[:2] / digest


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
