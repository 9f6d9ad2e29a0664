"""Write-once captures addressed by digest, as WARC records, with their visible text kept apart."""

from backread.archive.blobs import FolderBlobs
from backread.archive.keep import Archive, Kept
from backread.archive.plain import from_plain, to_plain

__all__ = ["Archive", "FolderBlobs", "Kept", "from_plain", "to_plain"]
