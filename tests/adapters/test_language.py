"""An OpenAI-compatible endpoint, by contract against a stub on loopback; recordings that answer instead."""

import gzip
import json
import socket
import time
from dataclasses import replace
from pathlib import Path

import pytest

from backread.adapters.language import LARGEST, Endpoint, Recorder, Recordings, from_config
from backread.config import Config
from backread.draft.request import request_digest
from backread.errors import ConfigError, DraftError
from backread.ports import Reply, Request
from fakes import FakeLanguageModel
from stub_endpoint import completion, stub

KEY = "secret-0123456789"
ASKED = Request(system="rules", user="passages", schema={"type": "object"})


def test_the_request_carries_schema_rules_and_key():
    with stub(completion("{}")) as served:
        reply = Endpoint(served.url, "small", KEY)(ASKED)
    assert reply == Reply(text="{}", language_model="stub-1")
    (body,) = served.asked
    assert served.keys == [f"Bearer {KEY}"]
    assert body["model"] == "small"
    assert body["response_format"]["json_schema"]["schema"] == {"type": "object"}
    assert [m["content"] for m in body["messages"]] == ["rules", "passages"]


@pytest.mark.parametrize(
    ("answers", "forms"),
    [
        pytest.param([completion("{}")], ["json_schema"], id="knows schemas"),
        pytest.param([(400, b""), completion("{}")], ["json_schema", "json_object"], id="knows objects"),
        pytest.param(
            [(400, b""), (400, b""), completion("{}")],
            ["json_schema", "json_object", None],
            id="knows neither",
        ),
    ],
)
def test_a_server_that_says_400_is_asked_again_with_less(answers, forms):
    with stub(*answers) as served:
        Endpoint(served.url, "small")(ASKED)
    assert [body.get("response_format", {}).get("type") for body in served.asked] == forms


def test_there_are_three_tries_and_no_fourth():
    with stub((400, b"no")) as served, pytest.raises(DraftError, match="status 400"):
        Endpoint(served.url, "small")(ASKED)
    assert len(served.asked) == 3


@pytest.mark.parametrize("status", [401, 404, 422, 429, 500, 503])
def test_any_other_trouble_is_not_tried_again(status):
    with stub((status, b"no")) as served, pytest.raises(DraftError, match=str(status)):
        Endpoint(served.url, "small")(ASKED)
    assert len(served.asked) == 1


def test_a_redirect_is_not_followed_and_no_key_goes_elsewhere():
    with (
        stub(completion("{}")) as other,
        stub((307, b""), location=other.url) as served,
        pytest.raises(DraftError, match="It redirects"),
    ):
        Endpoint(served.url, "small", KEY)(ASKED)
    assert (len(served.asked), other.asked) == (1, [])


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        pytest.param((401, b""), "status 401. Check BACKREAD_MODEL_KEY", id="no key"),
        pytest.param((404, b""), "status 404. Check BACKREAD_MODEL_URL", id="not there"),
        pytest.param((429, b""), "status 429. It is asked too often", id="too often"),
        pytest.param((500, b"x"), "status 500. Look at its log", id="broken"),
        pytest.param((503, b""), "may still be loading", id="loading"),
        pytest.param((200, gzip.compress(b"{}")), "not a chat completion", id="packed"),
        pytest.param((200, b'{"choices": [{"message": {"content": null}}]}'), "empty", id="no words"),
        pytest.param((200, b'{"choices": [{"message": {"content": 7}}]}'), "empty", id="a number"),
        pytest.param(
            (401, f"Bearer {KEY} is wrong".encode()), "Check BACKREAD_MODEL_KEY", id="tells the key"
        ),
        pytest.param((200, b"<html>"), "not a chat completion", id="no JSON"),
        pytest.param((200, b'{"choices": []}'), "not a chat completion", id="no choice"),
        pytest.param((200, b"[" * 100_000), "not a chat completion", id="deep"),
        pytest.param(completion("  "), "empty", id="empty"),
        pytest.param((200, b" " * (LARGEST + 10)), "more than 1,000,000 bytes", id="huge"),
    ],
)
def test_one_sentence_for_each_failure_and_never_the_key(answer, told):
    with stub(answer) as served, pytest.raises(DraftError) as caught:
        Endpoint(served.url, "small", KEY)(ASKED)
    assert told in str(caught.value)
    assert KEY not in every_word_of(caught.value)


def every_word_of(err: BaseException | None) -> str:
    """An error with all it came from, as a log would print it."""
    return (
        ""
        if err is None
        else f"{err} {err!r} {every_word_of(err.__cause__)} {every_word_of(err.__context__)}"
    )


def test_a_slow_server_is_left():
    started = time.monotonic()
    with stub(completion("{}"), delay=0.6) as served, pytest.raises(DraftError, match=r"within 0\.2 seconds"):
        Endpoint(served.url, "small", seconds=0.2)(ASKED)
    assert time.monotonic() - started < 2


def test_one_deadline_stands_around_all_tries():
    with stub((400, b"no"), delay=0.3) as served, pytest.raises(DraftError, match=r"within 0\.5 seconds"):
        Endpoint(served.url, "small", seconds=0.5)(ASKED)
    assert len(served.asked) == 2


def test_nobody_there():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{held.getsockname()[1]}/v1"
        with pytest.raises(DraftError, match="Is it running") as caught:
            Endpoint(url, "small", KEY, seconds=5)(ASKED)
    assert KEY not in every_word_of(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param(f"https://me:{KEY}@host.example/v1", id="a password in it"),
        pytest.param(f"https://{KEY}@host.example/v1", id="a name in it"),
        pytest.param(f"https://host.example/v1?key={KEY}", id="a query"),
        pytest.param("ftp://host.example", id="another scheme"),
        pytest.param("host.example/v1", id="no scheme"),
        pytest.param("https://host.example/v 1", id="a space"),
        pytest.param("https://host.example/v1\n", id="a line end"),
    ],
)
def test_an_address_with_more_than_an_address_is_refused_and_not_shown(url):
    with pytest.raises(ConfigError, match="BACKREAD_MODEL_URL") as caught:
        Endpoint(url, "small")
    assert KEY not in every_word_of(caught.value)


def test_a_key_copied_with_a_line_end_is_sent_without():
    with stub(completion("{}")) as served:
        Endpoint(served.url, "small", f" {KEY}\n")(ASKED)
    assert served.keys == [f"Bearer {KEY}"]


@pytest.mark.parametrize(
    "key", [f"{KEY}\r\nX-More: 1", f"{KEY} x", f"{KEY}é"], ids=["a header", "a space", "é"]
)
def test_a_key_that_fits_no_header_is_refused_and_not_shown(key):
    with pytest.raises(ConfigError, match="BACKREAD_MODEL_KEY") as caught:
        Endpoint("http://x", "small", key)
    assert KEY not in every_word_of(caught.value)


def test_settings_do_not_print_the_key():
    settings = {"BACKREAD_MODEL_URL": "http://x", "BACKREAD_MODEL": "m", "BACKREAD_MODEL_KEY": KEY}
    config = Config.read(settings)
    assert config.api_key == KEY
    assert KEY not in f"{config} {config!r} {from_config(config)!r}"


def test_what_was_recorded_is_replayed_and_nothing_else(tmp_path: Path):
    Recorder(FakeLanguageModel("{}", name="stub-1"), tmp_path)(ASKED)
    assert [p.name for p in tmp_path.iterdir()] == [f"{request_digest(ASKED)}.json"]
    assert Recordings(tmp_path)(ASKED) == Reply(text="{}", language_model="stub-1", replayed=True)
    with pytest.raises(DraftError, match="record it with the endpoint first"):
        Recordings(tmp_path)(Request(system="other", user="", schema={}))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"request": "another"}, id="of another request"),
        pytest.param({"reply": 7}, id="a reply that is no text"),
        pytest.param({"language_model": None}, id="no name"),
        pytest.param(None, id="a list"),
    ],
)
def test_a_recording_that_was_changed_is_refused(change, tmp_path: Path):
    Recorder(FakeLanguageModel("{}"), tmp_path)(ASKED)
    (path,) = tmp_path.iterdir()
    path.write_text(json.dumps([] if change is None else json.loads(path.read_text()) | change))
    with pytest.raises(DraftError, match="Record it again"):
        Recordings(tmp_path)(ASKED)


def test_a_recording_that_cannot_be_kept_says_so(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DraftError, match="BACKREAD_RECORDINGS"):
        Recorder(FakeLanguageModel("{}"), tmp_path / "file")(ASKED)


@pytest.mark.parametrize("part", ["system", "user", "schema", "max_tokens", "temperature_percent"])
def test_every_part_of_a_request_is_in_its_digest(part):
    other = {"schema": {"type": "array"}, "max_tokens": 1, "temperature_percent": 1}.get(part, "other")
    assert request_digest(replace(ASKED, **{part: other})) != request_digest(ASKED)


@pytest.mark.parametrize(
    ("settings", "kind"),
    [
        pytest.param({}, type(None), id="rule"),
        pytest.param({"BACKREAD_MODEL_URL": "http://x", "BACKREAD_MODEL": "m"}, Endpoint, id="endpoint"),
        pytest.param({"BACKREAD_RECORDINGS": "r"}, Recordings, id="recordings"),
        pytest.param(
            {"BACKREAD_RECORDINGS": "r", "BACKREAD_MODEL_URL": "http://u", "BACKREAD_MODEL": "m"},
            Recorder,
            id="both",
        ),
    ],
)
def test_the_settings_choose(settings, kind):
    assert isinstance(from_config(Config.read(settings)), kind)
