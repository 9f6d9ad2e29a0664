"""Sessions in the database, each under a digest of its key: whoever reads the table cannot send anybody's cookie.

What a row holds is signed for its own key, so that it cannot be copied under another either.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

LENGTH = 40
"""Hexadecimal digits of the digest: 160 bits, as many as the column holds and about as many as a key has."""


def digest(key: str | None) -> str:
    """What a session is called in the table; '' without a key, under which nothing lies."""
    return hashlib.sha256(f"session {key}".encode()).hexdigest()[:LENGTH] if key else ""


class SessionStore(db.SessionStore):
    """Django's sessions in the database, with the key in the cookie alone."""

    @property
    def key_salt(self) -> str:
        """What the contents are signed with beside the secret: the session's own key."""
        return f"newsroom.accounts.sessions {self.session_key or ''}"

    def _get_session_from_db(self) -> Any:
        held = self._standing().first()
        self._session_key = self.session_key if held else None
        return held

    async def _aget_session_from_db(self) -> Any:
        held = await self._standing().afirst()
        self._session_key = self.session_key if held else None
        return held

    def _standing(self) -> Any:
        return self.model.objects.filter(session_key=digest(self.session_key), expire_date__gt=timezone.now())

    def exists(self, session_key: str) -> bool:
        """Whether there is a session with this key."""
        return bool(super().exists(digest(session_key)))

    async def aexists(self, session_key: str) -> bool:
        """The same, awaited."""
        return bool(await super().aexists(digest(session_key)))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row of this session as it is now."""
        row = super().create_model_instance(data)
        row.session_key = digest(row.session_key)
        return row

    async def acreate_model_instance(self, data: dict[str, Any]) -> Any:
        """The same, awaited."""
        row = await super().acreate_model_instance(data)
        row.session_key = digest(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Remove the session with this key; without one, this session."""
        if (key := session_key or self.session_key) is not None:
            super().delete(digest(key))

    async def adelete(self, session_key: str | None = None) -> None:
        """The same, awaited."""
        if (key := session_key or self.session_key) is not None:
            await super().adelete(digest(key))
