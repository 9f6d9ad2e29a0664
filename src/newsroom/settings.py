"""Django's settings for the desk, from the environment."""

import os
from pathlib import Path

HOME = Path(os.environ.get("BACKREAD_HOME", "newsroom-home"))
SECRET_KEY = "tests-only"  # noqa: S105
INSTALLED_APPS: list[str] = []
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": HOME / "newsroom.sqlite3"}}
USE_TZ = True
