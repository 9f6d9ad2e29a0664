"""An OpenAI-compatible endpoint, by contract against a stub on loopback; recordings that answer instead."""

from pathlib import Path

import pytest

from backread.adapters.language import LARGEST, Endpoint, Recorder, Recordings, from_config
from backread.config import Config
from backread.errors import DraftError
from backread.ports import Reply, Request
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


def test_a_server_without_schemas_is_asked_again_without():
    with stub((400, b"no"), (400, b"no"), completion("{}")) as served:
        Endpoint(served.url, "small")(ASKED)
    assert [("response_format" in body) for body in served.asked] == [True, True, False]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        pytest.param((401, b""), "status 401. Check BACKREAD_MODEL_KEY", id="no key"),
        pytest.param((404, b""), "status 404. Check BACKREAD_MODEL_URL", id="not there"),
        pytest.param((429, b""), "status 429. It is asked too often", id="too often"),
        pytest.param((500, b"x"), "status 500. Look at its log", id="broken"),
        pytest.param((302, b""), "status 302", id="redirects are not followed"),
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
    assert KEY not in repr(caught.value) + str(caught.value) + repr(caught.value.__cause__)


def test_a_slow_server_is_left():
    with stub(completion("{}"), delay=0.6) as served, pytest.raises(DraftError, match=r"within 0\.2 seconds"):
        Endpoint(served.url, "small", seconds=0.2)(ASKED)


def test_nobody_there():
    with pytest.raises(DraftError, match="Is it running"):
        Endpoint("http://127.0.0.1:9/v1", "small", seconds=2)(ASKED)


def test_what_was_recorded_is_replayed_and_nothing_else(tmp_path: Path):
    Recorder(lambda request: Reply(text="{}", language_model="stub-1"), tmp_path)(ASKED)
    assert Recordings(tmp_path)(ASKED) == Reply(text="{}", language_model="stub-1", replayed=True)
    with pytest.raises(DraftError, match="record it with the endpoint first"):
        Recordings(tmp_path)(Request(system="other", user="", schema={}))


@pytest.mark.parametrize(
    ("settings", "kind"),
    [
        pytest.param({}, type(None), id="rule"),
        pytest.param({"BACKREAD_MODEL_URL": "http://x", "BACKREAD_MODEL": "m"}, Endpoint, id="endpoint"),
        pytest.param({"BACKREAD_RECORDINGS": "r"}, Recordings, id="recordings"),
        pytest.param(
            {"BACKREAD_RECORDINGS": "r", "BACKREAD_MODEL_URL": "u", "BACKREAD_MODEL": "m"},
            Recorder,
            id="both",
        ),
    ],
)
def test_the_settings_choose(settings, kind):
    assert isinstance(from_config(Config.read(settings)), kind)
