"""Signing in: a password and a one-time code, always both, each code once, guesses limited."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from newsroom.accounts import codes
from newsroom.accounts.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.urls("signin_urls")]
PASSWORD = "a long enough one"


@pytest.fixture
def ann(tmp_path: Path, settings: object) -> Person:
    """Someone with a password and a code secret."""
    cache.clear()
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    codes.make_secret(tmp_path, "ann")
    return Person.objects.create_person(username="ann", name="Ann Orde", password=PASSWORD)


def password(client: Client, username: str = "ann", told: str = PASSWORD) -> str:
    """Where the first page leads; '' when it stays."""
    answer = client.post("/sign-in/", {"login": username, "password": told})
    return answer.headers.get("Location", "")


def code(client: Client, told: str) -> str:
    """Where the second page leads; '' when it stays."""
    return client.post("/sign-in/code/", {"code": told}).headers.get("Location", "")


def who(client: Client) -> str:
    """Who is signed in."""
    return client.get("/").content.decode()


def now_code(home: Path, ahead: int = 0) -> str:
    """The code of this moment, or of a later step."""
    secret = codes.secret_file(home, "ann").read_text("ascii")
    return codes.code(secret, int(datetime.now(UTC).timestamp()) // codes.STEP + ahead)


def test_password_then_code(ann: Person, client: Client, tmp_path: Path) -> None:
    assert password(client) == "/sign-in/code/"
    assert who(client) == "nobody"
    assert code(client, now_code(tmp_path)) == "/"
    assert "<h1>Sign out" in client.get("/sign-out/").content.decode()
    assert who(client) == "ann"
    assert client.post("/sign-out/").status_code == 302
    assert who(client) == "nobody"


@pytest.mark.parametrize(
    ("username", "told"),
    [
        pytest.param("ann", "another", id="wrong password"),
        pytest.param("ann", "", id="no password"),
        pytest.param("bo", PASSWORD, id="nobody of that name"),
        pytest.param("ann\x00", PASSWORD, id="a null byte"),
        pytest.param("' OR 1=1 --", "x", id="not a name"),
    ],
)
def test_the_first_page_lets_nobody_through_without_the_password(
    ann: Person, client: Client, username: str, told: str
) -> None:
    assert password(client, username, told) == ""
    assert client.get("/sign-in/code/").headers["Location"].startswith("/sign-in/")
    assert who(client) == "nobody"


@pytest.mark.parametrize("told", ["", "123", "abcdef", "000000000000000", "٠٠٠٠٠٠"])
def test_a_wrong_code_is_no_way_in(ann: Person, client: Client, told: str) -> None:
    password(client)
    assert code(client, told) == ""
    assert who(client) == "nobody"


def test_a_code_is_good_once_for_signing_in_and_signing(ann: Person, tmp_path: Path) -> None:
    first, second, told = Client(), Client(), now_code(tmp_path)
    password(first)
    assert code(first, told) == "/"
    password(second)
    assert code(second, told) == ""
    ann.refresh_from_db()
    assert not codes.accept(ann, told, home=tmp_path, now=datetime.now(UTC))


def test_whoever_has_no_secret_cannot_sign_in(ann: Person, client: Client, tmp_path: Path) -> None:
    told = now_code(tmp_path)
    codes.secret_file(tmp_path, "ann").unlink()
    assert password(client) == "/sign-in/code/"
    assert code(client, told) == ""


def test_a_person_who_left_cannot_sign_in(ann: Person, client: Client) -> None:
    ann.is_active = False
    ann.save()
    assert password(client) != "/sign-in/code/"


def test_guesses_of_a_code_are_limited(ann: Person, client: Client, tmp_path: Path) -> None:
    password(client)
    for guess in range(6):
        code(client, f"{guess:06}")
    assert code(client, now_code(tmp_path)) == ""
    assert who(client) == "nobody"


def test_guesses_of_a_password_are_limited(ann: Person, client: Client) -> None:
    for guess in range(6):
        password(client, told=f"guess {guess}")
    assert password(client) == ""


def test_a_sign_in_changes_the_session_and_an_act_needs_the_token(ann: Person, tmp_path: Path) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/sign-in/", {"login": "ann", "password": PASSWORD}).status_code == 403


def test_every_answer_carries_the_policy(client: Client) -> None:
    answer = client.get("/sign-in/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert client.get("/", HTTP_HOST="127.0.0.1").status_code == 400


def test_the_pages_say_what_is_wrong_and_never_whose_name_exists(ann: Person, client: Client) -> None:
    told = [
        client.post("/sign-in/", {"login": name, "password": "wrong"}).content.decode()
        for name in ("ann", "bo")
    ]
    assert 'role="alert"' in told[0]
    assert told[0].split('role="alert"')[1][:200] == told[1].split('role="alert"')[1][:200]
    password(client)
    assert "wrong, too late" in client.post("/sign-in/code/", {"code": "1"}).content.decode()
