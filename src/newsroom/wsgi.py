"""The desk as a WSGI application."""

from __future__ import annotations

import os
import threading
import time

from django.core.wsgi import get_wsgi_application

PARENT = "BACKREAD_SERVED_BY"
"""The process that serves the desk; without it the desk ends too. Not set where another server runs the application."""


def _end_with(parent: int) -> None:
    # A killed parent cannot say goodbye: its desk would answer on, and hold the port against the next run.
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
if os.environ.get(PARENT) == str(os.getppid()):
    threading.Thread(target=_end_with, args=(os.getppid(),), name="parent", daemon=True).start()
application = get_wsgi_application()
