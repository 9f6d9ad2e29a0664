"""One-time codes (TOTP, RFC 6238: SHA-1, 30 seconds, six digits), used once each.

Secrets lie in files of mode 0600 below the newsroom's folder, never in the database, the ledger or a log.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import secrets
import struct
from datetime import datetime
from pathlib import Path

from backread.errors import ConfigError
from newsroom.accounts.models import Person

_NAME = re.compile(r"[-a-zA-Z0-9_]+")
STEP, DIGITS, SLACK = 30, 6, 1
"""Seconds a code holds, its length, and how many steps a clock may be off."""


def secret_file(home: Path, username: str) -> Path:
    """Where the secret of this person lies."""
    return home / "keys" / "codes" / username


def make_secret(home: Path, username: str) -> str:
    """A new secret for this person, base32. Raises ConfigError when there is one."""
    path = secret_file(home, username)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    secret = base64.b32encode(secrets.token_bytes(20)).decode()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as err:
        raise ConfigError(
            username, step="make a new code secret", hint="There is one; remove its file first."
        ) from err
    with os.fdopen(handle, "w") as out:
        out.write(secret)
    return secret


def code(secret: str, step: int) -> str:
    """The code of one 30-second step since 1970 (RFC 6238, RFC 4226)."""
    mac = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    at = mac[-1] & 0x0F
    number = struct.unpack(">I", mac[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def current(home: Path, username: str, now: datetime) -> str:
    """The code that holds now. Raises ConfigError when the person has no secret."""
    return code(_secret(home, username), int(now.timestamp()) // STEP)


def accept(person: Person, told: str, *, home: Path, now: datetime) -> bool:
    """Whether `told` is a code of this person that holds now and was not used before; it is used up by a yes."""
    secret = _secret(home, person.username)
    told, here = "".join(told.split()), int(now.timestamp()) // STEP
    if not (told.isascii() and told.isdigit()):
        return False
    for step in range(here - SLACK, here + SLACK + 1):
        if step > person.code_step and hmac.compare_digest(code(secret, step), told):
            # The condition stands in the update, so that of two requests with one code only one wins.
            return Person.objects.filter(pk=person.pk, code_step__lt=step).update(code_step=step) == 1
    return False


def _secret(home: Path, username: str) -> str:
    try:
        if not _NAME.fullmatch(username):
            # A name becomes a path here: no other file is ever read as a secret.
            raise FileNotFoundError(username)
        return secret_file(home, username).read_text("ascii").strip()
    except OSError as err:
        raise ConfigError(
            username, step="read the code secret", hint="Make one with `backread newsroom init`."
        ) from err
