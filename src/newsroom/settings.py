"""Django's settings for the desk, from the environment. Secrets lie in files below the newsroom's folder."""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path

from newsroom.connected import OneFile

HOME = Path(os.environ.get("BACKREAD_HOME", "newsroom-home")).absolute()

SITE = os.environ.get("BACKREAD_SITE", "")
"""Where this machine serves the site, as `run` says; '' where it does not."""


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
# Not 127.0.0.1: cookies know no ports, and the public site is served from there.
ALLOWED_HOSTS = ["localhost"]
INSTALLED_APPS = [
    # The desk first: its templates stand before the library's.
    "newsroom.desk",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "newsroom.accounts",
    "newsroom.sources",
    "newsroom.stories",
    "newsroom.ledger",
    "newsroom.jobs",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "newsroom.desk.answers.in_its_look",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME / "newsroom.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "factory": OneFile,
            # FULL: an approval that was confirmed survives a power cut. recursive_triggers: REPLACE fires the delete triggers too.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;",
        },
    }
}
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-us"

# Signing in: password, then a one-time code, always both. Nobody signs up, nothing is sent by mail.
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "newsroom.accounts.signin.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/300s/key"}
MFA_ADAPTER = "newsroom.accounts.signin.CodeAdapter"
MFA_FORMS = {"authenticate": "newsroom.accounts.signin.CodeForm"}
MFA_SUPPORTED_TYPES = ["totp"]

# The table holds a digest of each key: whoever reads the database takes nobody's session.
SESSION_ENGINE = "newsroom.accounts.sessions"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_HTTPONLY = True
# Lax, not Strict: a link to a story in a mail must find its reader signed in. Every act is a POST with a token.
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Strict"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
CSRF_FAILURE_VIEW = "newsroom.desk.answers.foreign"
# The longest form is a story of 60,000 characters, each up to twelve bytes on the way. No form takes a file.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
FILE_UPLOAD_HANDLERS = ["newsroom.desk.answers.NoFiles"]
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # A wrong password or a page that is not there is no news; an error in the desk is.
    "loggers": {name: {"level": "ERROR"} for name in ("django.request", "trafilatura", "htmldate")}
    # Whoever sends what is no form of ours is told so; it is no error of the desk.
    | {"django.security": {"level": "CRITICAL"}},
}
