"""What the desk says when it refuses a request as such: one sentence, in its own look, with the way back."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.shortcuts import render

TOO_LARGE = "That is more than the desk takes at once: {most:,} bytes is the most. Send less."
NO_FILES = "The desk takes no files: paste the words instead."
MANY = "The form has more fields than any of the desk’s: open the page again and send it from there."
HOST = "The desk answers only to the name “localhost”: open it there."
BROKEN = "The form arrived broken: open the page again and send it from there."
FOREIGN = (
    "The form is older than your sign-in, or came from elsewhere: open the page again and send it from there."
)
METHOD = "This address does not take that kind of request: follow the desk’s links and buttons."
OFTEN = "That was tried too often: wait five minutes, then try again."
MOST_READ = 200_000_000
"""Bytes of a form that is too large which are still listened to."""


class FileRefused(RequestDataTooBig):
    """Somebody sent a file, and no form of the desk takes one."""


class NoFiles(FileUploadHandler):
    """Ends the reading of a form at its first file: nothing of it is kept, in memory or on disk."""

    def new_file(self, *args: object, **told: object) -> None:
        """Raises FileRefused."""
        raise FileRefused(NO_FILES)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Nothing comes as far as this."""

    def file_complete(self, file_size: int) -> None:
        """Nothing comes as far as this."""


def refusal(request: HttpRequest, why: str, status: int, frame: object = None) -> HttpResponse:
    """A page with one sentence. `frame` is the masthead where it is known who asks."""
    return render(request, "desk/refused.html", {"why": why, "frame": frame}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What could not be read as a request."""
    if isinstance(exception, FileRefused):
        return refusal(request, NO_FILES, 413)
    if isinstance(exception, RequestDataTooBig):
        return refusal(request, _too_large(), 413)
    if isinstance(exception, TooManyFieldsSent):
        return refusal(request, MANY, 413)
    return refusal(request, HOST if isinstance(exception, DisallowedHost) else BROKEN, 400)


def foreign(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token."""
    return refusal(request, FOREIGN, 403)


def too_often(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Guesses are limited."""
    return refusal(request, OFTEN, 429)


def in_its_look(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Refuses what is too large before anything looks at it, and gives a bare refusal of a method a page."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length[:18]) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            _let_finish(request)
            return refusal(request, _too_large(), 413)
        given = get_response(request)
        if given.status_code != 405 or getattr(given, "content", b"-"):
            return given
        page = refusal(request, METHOD, 405)
        page["Allow"] = given["Allow"]
        return page

    return answer


def _let_finish(request: HttpRequest) -> None:
    """Read on and keep nothing: a browser that is cut off while it sends shows no page at all."""
    left = MOST_READ
    try:
        while left > 0 and (part := request.read(min(left, 1 << 16))):
            left -= len(part)
    except UnreadablePostError:
        # Whoever sends has gone; nobody waits for the page.
        return


def _too_large() -> str:
    return TOO_LARGE.format(most=settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
