"""A picture with what must be known before it may be printed."""

from __future__ import annotations

from dataclasses import dataclass

from backread.values.canonical import Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """`digest` is that of the file, '' when the file is absent; empty strings mean not stated."""

    file: str
    digest: Digest | str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    licence: str = ""
