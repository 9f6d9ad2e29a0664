"""Django's settings for the desk, from the environment. Secrets lie in files below the newsroom's folder."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

HOME = Path(os.environ.get("BACKREAD_HOME", "newsroom-home")).absolute()


def _secret(path: Path) -> str:
    """The session secret: read from its file, made on first use; for tests and tools without a folder, one of this process."""
    if path.exists():
        return path.read_text("ascii")
    if not path.parent.exists():
        return secrets.token_urlsafe(48)
    made = secrets.token_urlsafe(48)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(made)
    return made


SECRET_KEY = _secret(HOME / "keys" / "session")
DEBUG = False
ALLOWED_HOSTS = ["localhost", "testserver"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "newsroom.accounts",
    "newsroom.sources",
    "newsroom.stories",
    "newsroom.ledger",
    "newsroom.jobs",
]
AUTH_USER_MODEL = "accounts.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME / "newsroom.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: an approval that was confirmed survives a power cut. recursive_triggers: REPLACE fires the delete triggers too.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;",
        },
    }
}
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-us"
STATIC_URL = "static/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SAMESITE = "Strict"
X_FRAME_OPTIONS = "DENY"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
