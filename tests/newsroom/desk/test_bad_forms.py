"""Every form of the desk with every kind of bad input: a page with one sentence in the desk's look, and nothing changed.

The rows are made from the table of fields, so that a form or a field that is not in it has none, and fails here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from io import BytesIO
from urllib.parse import urlencode

import pytest
from desk_newsroom import DOSSIER, SLUG, Newsroom
from desk_stories import LINES, NOTICE
from django.core.cache import cache
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from backread.values.decision import decision_key
from newsroom.accounts.models import Membership, Outlet, Person
from newsroom.desk.actions import shown
from newsroom.desk.case import case
from newsroom.desk.fields import FIELDS, OWN_FORMS, Field
from newsroom.desk.forms import BriefForm, WriteForm
from newsroom.desk.routes import BY_NAME, ROUTES
from newsroom.stories import models
from newsroom.stories.models import Dossier

FORMS = sorted(route.name for route in ROUTES if "POST" in route.may)
SIGN_IN = {
    "account_login": {"login": "edda", "password": "no"},
    "mfa_authenticate": {"code": "000000"},
    "account_logout": {},
}
HUGE = 100_000_000
STRANGE: dict[str, bytes] = {
    "a zero byte": b"a\x00b",
    "half a character": b"a\xed\xa0\x80b",
    "a broken encoding": b"caf\xe9 \xff",
    "a binary file": bytes(range(256)),
    "a control character": b"a\x1b[31mb\x07",
    "an override of the writing": "a\u202eb".encode(),
    "an isolate": "a\u2066b\u2069".encode(),
    "tag characters": "a\U000e0041b".encode(),
    "a megabyte": b"x" * 1_000_000,
}
"""What a field may hold that no page of the desk sends."""


def values(newsroom: Newsroom) -> Mapping[str, dict[str, str]]:
    """By form: what its page would send, so that every one of them would be an act."""
    held = case(newsroom.room, newsroom.story)
    sentence = {"key": decision_key(held.report.sentences[1].sentence), "seen_ms": "0", "s": "2"}
    return {
        "start": {},
        "aside": {"reason": "of no use"},
        "assign": {"owner": "rita", "due": ""},
        "keep": sentence,
        "paragraph": sentence,
        "change": sentence | {"words": "The board voted to mend the pier.", "suggestion": "", "used": "some", "which": "Quill, for the verb"},
        "strike": sentence,
        "take": sentence | {"ground": "public record seen", "capture public record seen": NOTICE.id, "reason": "seen"},
        "override": sentence | {"reason": "right"},
        "undo": {"s": "1"},
        "alarm": {"key": sentence["key"], "s": "2", "check": "numbers"},
        "cite": sentence | {"capture": NOTICE.id, "passage": LINES[2]},
        "note": sentence | {"title": "Call", "note": "She said so.", "confidential": "yes"},
        "recheck": {"s": "1"},
        "return": {"s": "1", "reason": "not yet"},
        "kill": {"s": "1", "reason": "no news"},
        "revive": {},
        "approve": {"code": newsroom.code("edda"), "saw": shown(held, held.people["edda"]), "version": "1", "not_before": ""},
        "withdraw": {"publication": "0" * 64, "kind": "retract", "reason": "wrong", "code": newsroom.code("edda")},
        "correct": {"correction": "A figure was wrong."},
        "write": {"headline": "Pier opens", "deck": "", "body": "The pier opens.", "supplied_by": "Edda", "used": "none", "which": ""},
        "brief": {"headline": "Pier opens", "body": "The pier opens.", "used": "none", "which": ""},
    }  # fmt: skip


def fields(name: str) -> list[str]:
    """The fields of a form."""
    if name in OWN_FORMS:
        return list({"write": WriteForm, "brief": BriefForm}[name]().fields)
    return [field.name for field in FIELDS[name]]


def who(name: str) -> str:
    """Somebody who may send the form: an editor where one may."""
    editor = BY_NAME[name].may["POST"] & {"editor"}
    return "edda" if editor else "stan"


def address(name: str, **parts: str) -> str:
    """The form's address."""
    told = {"story": SLUG, "dossier": DOSSIER} | parts
    return reverse(f"desk:{name}", kwargs={k: v for k, v in told.items() if f":{k}>" in BY_NAME[name].path})


def large(client: Client, path: str, length: str) -> HttpResponse:
    """Something that says it is so long, and ends before."""
    more = {"CONTENT_LENGTH": length, "wsgi.input": BytesIO(b"key=x&" * 100)}
    return client.post(path, b"", content_type="application/x-www-form-urlencoded", **more)


def send(client: Client, path: str, told: Mapping[str, str | bytes]) -> HttpResponse:
    """Post the fields as bytes, whatever they hold."""
    body = urlencode(list(told.items())).encode()
    return client.post(path, body, content_type="application/x-www-form-urlencoded")


BESIDE = ("django_session", "sqlite_sequence", "desk_asked")
"""Tables that looking at a page may write to: who looks, and what checks asked when the page was first shown."""


def rows() -> str:
    """Every row there is but those beside, as one digest."""
    beside = tuple(f'INSERT INTO "{table}"' for table in BESIDE)
    lines = [line for line in connection.connection.iterdump() if not line.startswith(beside)]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def told(client: Client, answer: HttpResponse) -> str:
    """The one sentence with which a form was refused, after a redirect where there is one."""
    if answer.status_code == 302:
        answer = client.get(answer["Location"])
    page = answer.content.decode()
    assert "desk/desk.css" in page
    found = re.findall(
        r'(?s)(?:<p class="(?:refusal|said-error)"[^>]*>|<ul class="errorlist[^>]*>|<div role="alert">|<p class="empty">)(.*?)</(?:p|ul|div)>',
        page,
    )
    words = [unescape(re.sub(r"<[^>]+>", "", one)).strip() for one in found]
    assert words, page[:3_000]
    return words[0]


@dataclass
class Asked:
    """A form in a newsroom, with what its page would send."""

    newsroom: Newsroom
    name: str

    def __post_init__(self) -> None:
        self.client = self.newsroom.client(who(self.name))
        self.good = values(self.newsroom)[self.name]
        self.before = rows()

    def refused(self, form: Mapping[str, str | bytes], what: object, **parts: str) -> str:
        """Send it; it is refused in words, and nothing changed."""
        answer = send(self.client, address(self.name, **parts), form)
        assert answer.status_code in (200, 302, 400, 404, 409, 413), (what, answer.status_code)
        words = told(self.client, answer)
        assert 7 < len(words) < 400, (what, words)
        assert rows() == self.before, (what, words)
        return words


@pytest.fixture
def asked(newsroom: Newsroom) -> Callable[[str], Asked]:
    """A form in the small newsroom."""
    return lambda name: Asked(newsroom, name)


def test_every_form_and_field_has_its_rows(newsroom: Newsroom) -> None:
    good = values(newsroom)
    assert set(FORMS) == set(good) == set(FIELDS) | OWN_FORMS
    for name in FORMS:
        assert set(good[name]) <= set(fields(name)), name
        assert {field.name for field in FIELDS.get(name, ()) if field.must} <= set(good[name]), name


@pytest.mark.parametrize("name", [name for name in FORMS if name not in OWN_FORMS and fields(name)])
def test_a_field_that_no_page_sends_so(asked: Callable[[str], Asked], name: str) -> None:
    form = asked(name)
    for field in FIELDS[name]:
        for kind, value in STRANGE.items():
            words = form.refused(form.good | {field.name: value}, (field.name, kind))
            assert field.name in words, (kind, words)
        for kind, value in _wrong(field).items():
            assert field.name in form.refused(form.good | {field.name: value}, (field.name, kind))
        if field.must:
            without = {key: value for key, value in form.good.items() if key != field.name}
            assert "came without" in form.refused(without, (field.name, "missing"))


def _wrong(field: Field) -> dict[str, str]:
    wrong = {"one too many": "9" * (field.most + 1)}
    if field.digits:
        wrong |= {"no number": "two", "negative": "-1", "of another script": "٢", "a broken number": "1.5"}
    if field.one_of:
        wrong |= {"none of the choices": "x"}
    return wrong


@pytest.mark.parametrize("name", sorted(OWN_FORMS))
def test_a_form_that_looks_at_itself(asked: Callable[[str], Asked], name: str) -> None:
    form = asked(name)
    for field in fields(name):
        for kind, value in STRANGE.items():
            more = {"used": "some"} if field == "which" else {}
            form.refused(form.good | more | {field: value}, (field, kind))
        if field not in ("deck", "which"):
            form.refused(form.good | {field: ""}, (field, "empty"))
            form.refused({key: value for key, value in form.good.items() if key != field}, (field, "missing"))
    form.refused({}, "nothing")
    form.refused(form.good | {"used": "perhaps"}, "an answer that is none")
    form.refused(form.good | {"used": "some"}, "AI, and not which")
    form.refused(form.good | {"which": "a machine"}, "no AI, and which")


@pytest.mark.parametrize("name", [name for name in FORMS if "<" in BY_NAME[name].path])
def test_a_story_that_is_not_ours(asked: Callable[[str], Asked], name: str) -> None:
    there = Outlet.objects.create(id="zebra", name="The Zebra")
    models.Story.objects.create(outlet=there, slug="other-story", title="Other", made=datetime.now(UTC))
    form = asked(name)
    path, before = address(name).replace(SLUG, "PART").replace(DOSSIER, "PART"), rows()
    for other in ("none", "a\x00b", "\u202e", "x" * 3_000, "caf\udce9", "other-story", "' OR 1=1 --"):
        sent = urlencode({"x": other.encode("utf-8", "surrogateescape")})[2:]
        answer = send(form.client, path.replace("PART", sent), form.good)
        assert answer.status_code == 404, other[:20]
        assert "nothing at this address" in answer.content.decode()
    assert rows() == before


STALE = {
    "keep": {"key": "0" * 64}, "paragraph": {"key": "0" * 64}, "change": {"key": "0" * 64}, "strike": {"key": "0" * 64},
    "take": {"key": "0" * 64}, "override": {"key": "0" * 64}, "alarm": {"key": "0" * 64}, "cite": {"key": "0" * 64},
    "note": {"key": "0" * 64}, "approve": {"saw": "0" * 64}, "withdraw": {"publication": "1" * 64},
}  # fmt: skip
"""Forms of a page that was opened before somebody else changed the story."""


@pytest.mark.parametrize("name", STALE)
def test_a_page_that_is_out_of_date(asked: Callable[[str], Asked], name: str) -> None:
    form = asked(name)
    assert set(STALE) == {n for n in FORMS if {"key", "saw", "publication"} & set(fields(n))}
    form.refused(form.good | STALE[name], "stale")


EMPTY = {
    "aside": "reason", "change": "words", "take": "reason", "override": "reason", "cite": "passage", "note": "note",
    "return": "reason", "kill": "reason", "withdraw": "reason", "correct": "correction", "approve": "code", "alarm": "check",
}  # fmt: skip


@pytest.mark.parametrize("name", EMPTY)
def test_a_field_without_words(asked: Callable[[str], Asked], name: str) -> None:
    form = asked(name)
    for value in ("", "   ", "\n\t"):
        form.refused(form.good | {EMPTY[name]: value}, repr(value))


def test_a_wrong_code_signs_nothing(asked: Callable[[str], Asked]) -> None:
    form = asked("approve")
    for code in ("000000", "12345", "1234567", "abcdef", "٠٠٠٠٠٠", "", "-12345", "1e5", "000 000"):
        cache.clear()
        form.refused(form.good | {"code": code}, code)


def test_guesses_of_a_code_that_signs_are_limited(asked: Callable[[str], Asked]) -> None:
    form = asked("approve")
    for guess in range(5):
        assert "wrong" in form.refused(form.good | {"code": f"{guess:06}"}, guess)
    answer = send(form.client, address("approve"), form.good)
    assert answer.status_code == 429
    assert "too often" in told(form.client, answer)
    assert send(form.client, address("approve"), form.good | {"saw": "0" * 64}).status_code == 429
    cache.clear()


TIMES = ("soon", "2026-13-01T00:00", "2026-02-30T10:00", "0001-01-01T00:00", "9999-12-31T23:59", "2026-11-24", "10:00", "1e9", "٢٠٢٦-١١-٢٤T١٠:٠٠", "2026-11-24T10:00+05:00")  # fmt: skip


@pytest.mark.parametrize(("name", "field"), [("approve", "not_before"), ("assign", "due")])
def test_a_time_that_is_none(asked: Callable[[str], Asked], name: str, field: str) -> None:
    form = asked(name)
    for when in TIMES:
        assert "time" in form.refused(form.good | {field: when}, when)


def test_nothing_is_dated_back(asked: Callable[[str], Asked]) -> None:
    form = asked("approve")
    past = f"{datetime.now(form.newsroom.room.zone) - timedelta(hours=2):%Y-%m-%dT%H:%M}"
    assert "past" in form.refused(form.good | {"not_before": past}, past)


def test_somebody_who_does_not_work_here(asked: Callable[[str], Asked]) -> None:
    Person.objects.create(username="otto", name="Otto Vale", password="!")
    form = asked("assign")
    for owner in ("nobody", "otto", "' OR 1=1 --", "../rita"):
        assert "works here" in form.refused(form.good | {"owner": owner}, owner)


@pytest.mark.parametrize("name", FORMS)
def test_whoever_may_not_send_it(newsroom: Newsroom, name: str) -> None:
    good, before = values(newsroom)[name], rows()
    for person, roles in (("nora", []), ("adam", ["admin"]), ("rita", ["reporter"]), ("edda", ["editor"])):
        if set(roles) & set(BY_NAME[name].may["POST"]):
            continue
        client = newsroom.client(person)
        answer = send(client, address(name), good)
        assert answer.status_code == 403
        assert told(client, answer).startswith("Someone with another role")
    Membership.objects.filter(person__username="edda").delete()
    assert send(newsroom.client("edda"), address(name), good).status_code == 403
    assert send(newsroom.client(""), address(name), good)["Location"].startswith("/sign-in/")
    assert models.Decision.objects.count() == 0
    assert before


@pytest.mark.parametrize("name", FORMS)
def test_whatever_is_no_form_of_ours(newsroom: Newsroom, name: str) -> None:
    good, path, client = values(newsroom)[name], address(name), newsroom.client(who(name))
    strict, before = newsroom.client(who(name), enforce_csrf_checks=True), rows()
    for kind, answer, status in (
        ("no token", send(strict, path, good), 403),
        ("a wrong token", send(strict, path, good | {"csrfmiddlewaretoken": "x" * 64}), 403),
        ("put", client.put(path, good), 405),
        ("delete", client.delete(path), 405),
        ("patch", client.patch(path, b"x"), 405),
        ("a method nobody knows", client.generic("FLY", path), 405),
        ("100 MB", large(client, path, str(HUGE)), 413),
        ("a length that is none", large(client, path, "9" * 40), 413),
        ("a file of 0 bytes", client.post(path, good | {"file": _file(b"")}), 413),
        ("a binary file", client.post(path, good | {"file": _file(bytes(range(256)) * 100)}), 413),
        ("a broken file", strict.post(path, b"--x\r\nnonsense", content_type="multipart/form-data; boundary=x"), 403),
        ("no boundary", strict.post(path, b"x", content_type="multipart/form-data"), 403),
        ("a charset nobody reads", client.post(path, b"key=x", content_type="application/x-www-form-urlencoded; charset=utf-7"), 400),
        ("300 fields", send(client, path, good | {f"x{n}": "" for n in range(300)}), 413),
    ):  # fmt: skip
        assert answer.status_code == status, (kind, answer.status_code)
        assert 10 < len(told(client, answer)) < 300, kind
        assert rows() == before, kind
    if [field for field in FIELDS.get(name, ()) if field.must] or name in OWN_FORMS:
        # JSON has no field that a form has.
        answer = client.post(path, b'{"key": 1, "reason": ["x"]}', content_type="application/json")
        assert answer.status_code in (200, 400), answer.status_code
        assert told(client, answer)
        assert rows() == before


def _file(content: bytes) -> BytesIO:
    file = BytesIO(content)
    file.name = "story.docx"
    return file


def test_a_whole_upload_of_100_mb_is_read_by_nobody(newsroom: Newsroom) -> None:
    client, before = newsroom.client("edda"), rows()
    answer = client.post("/stories/new/", {"file": _file(b"\x00" * HUGE)})
    assert answer.status_code == 413
    assert "at once" in told(client, answer)
    assert rows() == before


@pytest.fixture
def quick(settings: Settings) -> None:
    """Passwords are hashed with little work: here they are all wrong."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.mark.parametrize("name", SIGN_IN)
def test_signing_in_with_anything(newsroom: Newsroom, quick: None, name: str) -> None:
    client, path, good = newsroom.client(""), reverse(name), SIGN_IN[name]
    before = rows()
    for field in good:
        for kind, value in STRANGE.items():
            answer = send(client, path, good | {field: value})
            assert answer.status_code in (200, 302, 429), (field, kind)
            assert "desk/desk.css" in client.get("/sign-in/").content.decode()
        assert send(client, path, {}).status_code in (200, 302, 429)
    for kind, answer, status in (
        ("put", client.put(path, b""), 405),
        ("100 MB", large(client, path, str(HUGE)), 413),
        ("a file", client.post(path, good | {"file": _file(b"x")}), 413),
        ("no token", send(newsroom.client("", enforce_csrf_checks=True), path, good), 403),
    ):
        if answer.status_code == 302 and name != "account_login":
            continue  # Nobody is signing in: the page sends to the first one.
        assert answer.status_code == status, (kind, answer.status_code)
        assert told(client, answer), (kind, answer.content.decode()[-900:])
    assert rows() == before
    assert client.get("/budget/").status_code == 302


def test_signing_in_too_often_is_said_in_the_desks_look(newsroom: Newsroom, quick: None) -> None:
    cache.clear()
    client = newsroom.client("")
    answers = [send(client, "/sign-in/", {"login": f"x{n}", "password": "no"}) for n in range(32)]
    assert answers[-1].status_code in (200, 429)
    assert "often" in told(client, answers[-1]) or "many" in told(client, answers[-1])
    cache.clear()


QUERIES = ("s", "do", "show", "d", "owner", "state", "flag", "view", "before", "next")


@pytest.mark.parametrize("name", sorted(route.name for route in ROUTES if "GET" in route.may))
def test_an_address_with_anything_behind_it(newsroom: Newsroom, name: str) -> None:
    client, before = newsroom.client("stan"), rows()
    parts = {"story": SLUG, "dossier": DOSSIER, "capture": NOTICE.id}
    path = reverse(f"desk:{name}", kwargs={k: v for k, v in parts.items() if f":{k}>" in BY_NAME[name].path})
    for value in (
        b"x",
        b"-1",
        b"0",
        b"9" * 30,
        b"a\x00b",
        b"\xed\xa0\x80",
        "\u202e".encode(),
        b"",
        b"change",
        b"x" * 2_000,
    ):
        answer = client.get(f"{path}?{urlencode([(query, value) for query in QUERIES])}")
        assert answer.status_code in (200, 302), (value[:20], answer.status_code)
    assert rows() == before


def test_a_dossier_that_makes_no_draft(newsroom: Newsroom) -> None:
    held = Dossier.objects.get(dossier=DOSSIER)
    client = newsroom.client("edda")
    for name, captures in (("empty", []), ("gone", ["0" * 64])):
        Dossier.objects.create(
            outlet=held.outlet, dossier=name, worth=True, told=held.told | {"id": name, "captures": captures}
        )
        answer = send(client, address("start", dossier=name), {})
        assert answer.status_code in (302, 503), name
        assert told(client, answer), name
    assert models.Story.objects.count() == 1


@pytest.mark.parametrize("name", ["approve", "assign", "keep", "note", "recheck", "return", "start", "write"])
def test_an_archive_that_lost_a_capture(newsroom: Newsroom, name: str) -> None:
    form = Asked(newsroom, name)
    for path in (newsroom.home / "captures").rglob("*"):
        if path.is_file():
            path.write_bytes(b"gone")
    newsroom.room._reports.clear()
    before = rows()
    answer = send(form.client, address(name), form.good)
    assert answer.status_code in (200, 302, 404, 409, 503), answer.status_code
    page = form.client.get("/budget/")
    assert page.status_code in (200, 503)
    assert "desk/desk.css" in page.content.decode()
    if answer.status_code == 503:
        assert told(form.client, answer)
        assert rows() == before


def test_a_database_that_is_busy(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(**_: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("newsroom.desk.actions.strike", busy)
    form = Asked(newsroom, "strike")
    answer = send(form.client, address("strike"), form.good)
    assert answer.status_code == 503
    assert "try again" in told(form.client, answer)


def test_a_fault_of_the_program_is_said_in_the_desks_look(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr("newsroom.desk.actions.strike", broken)
    form = Asked(newsroom, "strike")
    form.client.raise_request_exception = False
    answer = send(form.client, address("strike"), form.good)
    assert answer.status_code == 500
    assert "a fault of the program" in told(form.client, answer)
