"""`backread check` from outside: exit codes, the JSON contract, one clear sentence for each bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from backread.cli import app
from backread.errors import BadInput

SOURCE = (
    "The board approved the repair of the pier at a cost of $540,000. Work begins on Oct. 26, the board said."
)
TRUE = "# Board approves repair of the pier\n\nTARROW — The board approved the repair of the pier at a cost of $540,000.\n"
FALSE = TRUE.replace("$540,000", "$450,000")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A true story, a false one, and their source."""
    (tmp_path / "true.md").write_text(TRUE)
    (tmp_path / "false.md").write_text(FALSE)
    (tmp_path / "source.txt").write_text(SOURCE)
    return tmp_path


def check(*arguments: object):
    return CliRunner().invoke(app, ["check", *map(str, arguments)])


@pytest.mark.parametrize(
    ("story", "code"),
    [pytest.param("true.md", 0, id="nothing open"), pytest.param("false.md", 1, id="a wrong figure")],
)
def test_exit_code_and_report(folder: Path, story: str, code: int) -> None:
    done = check(folder / story, "--against", folder / "source.txt", "--date", "2026-10-19", "--json")
    assert done.exit_code == code
    told = json.loads(done.stdout)
    assert told["summary"]["open"] == code
    assert told["story"]["date"] == "2026-10-19"
    for sentence in told["sentences"]:
        assert told["story"]["text"][sentence["start"] : sentence["end"]] == sentence["text"]
        for finding in sentence["findings"]:
            for mark in finding["marks"]:
                assert all(SOURCE[e["start"] : e["end"]] == e["quote"] for e in mark["evidence"])


def test_the_readable_report_says_what_is_wrong(folder: Path) -> None:
    done = check(folder / "false.md", "--against", folder / "source.txt")
    assert "numbers:" in done.stdout
    assert "$540,000" in done.stdout
    assert "not built" not in done.stdout


BAD_STORIES = [
    pytest.param("none.md", None, "could not find it", id="missing"),
    pytest.param("empty.md", b"", "It is empty", id="0 bytes"),
    pytest.param("blank.md", b" \n\n ", "white space only", id="white space"),
    pytest.param("binary.md", bytes(range(256)) * 10, "not text in UTF-8", id="binary"),
    pytest.param("nul.txt", b"a\x00b", "binary file", id="a zero byte"),
    pytest.param("broken.txt", "Caf\u00e9".encode("latin-1"), "not text in UTF-8", id="broken encoding"),
    pytest.param("story.docx", b"x", "Hand in one of", id="wrong type"),
    pytest.param("story.json", b"{", "read it as JSON", id="malformed JSON"),
    pytest.param("large.txt", b"word " * 1_200_000, "is the most", id="too large"),
]
BAD_SOURCES = [
    pytest.param("none.pdf", None, "could not find it", id="missing"),
    pytest.param("empty.html", b"", "It is empty", id="0 bytes"),
    pytest.param("bad.pdf", b"%PDF-1.4 nothing", "no readable PDF", id="malformed PDF"),
    pytest.param("bad.xml", b"<alert", "could not ", id="malformed XML"),
    pytest.param("bad.ics", b"BEGIN:VCALENDAR\nEND", "could not ", id="malformed calendar"),
    pytest.param("bad.warc.gz", b"\x1f\x8b\x08\x00nothing", "cut short or damaged", id="malformed WARC"),
    pytest.param("noise.warc.gz", b"nothing at all", "not a gzip file", id="no gzip"),
    pytest.param("bad.vtt", b"no cues", "could not ", id="a transcript without cues"),
    pytest.param("blank.html", b"<html><body><p hidden>x</p></body></html>", "shows no text", id="a page that shows nothing"),
    pytest.param("pic.png", b"\x89PNG", "Hand in one of", id="wrong type"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "told"), BAD_STORIES)
def test_a_bad_story_is_one_clear_sentence(folder: Path, name: str, content: bytes | None, told: str) -> None:
    _refused(folder, name, content, told, lambda path: check(path, "--against", folder / "source.txt"))


@pytest.mark.parametrize(("name", "content", "told"), BAD_SOURCES)
def test_a_bad_source_is_one_clear_sentence(
    folder: Path, name: str, content: bytes | None, told: str
) -> None:
    _refused(folder, name, content, told, lambda path: check(folder / "true.md", "--against", path))


def _refused(folder: Path, name: str, content: bytes | None, told: str, act) -> None:
    path = folder / name
    if content is not None:
        path.write_bytes(content)
    done = act(path)
    assert isinstance(done.exception, BadInput)
    assert name in str(done.exception)
    assert told in str(done.exception)
    assert done.stdout == ""


@pytest.mark.parametrize("arguments", [("--date", "Monday"), ("--area", "no-such-file.toml")])
def test_a_bad_option_is_one_clear_sentence(folder: Path, arguments: tuple[str, ...]) -> None:
    done = check(folder / "true.md", *arguments)
    assert isinstance(done.exception, BadInput)
    assert arguments[1] in str(done.exception)


TWIN = """Ferry Chief Tells Tarrow Towns: Sorrel Line Will Sail Alone If It Must

Harbor secretary opens the first Sound Ferry Forum at Gannet Landing as mayors head to a nearby lodge for a Sunday gathering

· · ·
Plain view of a green buoy on calm water near Gannet Landing.
Ossian Velbright

Harbor Secretary Maren Quillfeather on Wednesday told the towns of the sound to share the cost of the night ferry or see the Sorrel Line sail on its own.

"We are ready to sail alone if we must," Quillfeather said at the forum. Mayors from at least nine towns came. Most are expected Sunday at a lodge near the landing for a gathering of the towns.

The forum bears on the families of Pellam County. The line, based at Gannet Landing, carries pupils from Heron Key and Port Sorrel.

Critics said the plan is risky. "A ferry without a budget is a raft," said Odalys Brandreth, who heads the Pellam Riders League.

The line has made 61 night crossings with at least 400 riders, according to the county clerk. The gathering of the towns is set for Sunday at the lodge.

This article was generated with AI assistance using public information. It was reviewed and approved by a human editor before publication. The Pellam Tide uses AI writing tools in accordance with FCC guidelines.
"""
"""Invented people and places, in the anatomy of a story that was printed."""


def test_a_story_of_that_anatomy_without_sources(folder: Path) -> None:
    (folder / "twin.txt").write_text(TWIN)
    done = check(folder / "twin.txt", "--json")
    assert done.exit_code == 1
    _is_read_as_it_should_be(
        json.loads(done.stdout), quotes=2, days={"Wednesday", "Sunday"}, again="is set for Sunday"
    )


@pytest.mark.shared
def test_the_reference_story_without_sources(shared: Path) -> None:
    done = check(shared / "seed" / "article.txt", "--json")
    assert done.exit_code == 1
    _is_read_as_it_should_be(
        json.loads(done.stdout), quotes=6, days={"Thursday", "Saturday"}, again="is scheduled for Saturday"
    )


def _is_read_as_it_should_be(told: dict, *, quotes: int, days: set[str], again: str) -> None:
    """Parts cut from the body, nothing proven, and each of the story's four faults found where it stands."""
    blocks, text = told["story"]["blocks"], told["story"]["text"]
    assert [b["kind"] for b in blocks][:4] == ["headline", "deck", "alt text", "credit"]
    assert {b["kind"] for b in blocks[4:-1]} == {"paragraph"}
    assert blocks[-1]["kind"] == "statement"
    assert told["summary"]["proven"] == 0
    marks = [
        (f["check"], f["outcome"], text[m["start"] : m["end"]], m["message"], s["text"])
        for s in told["sentences"]
        for f in s["findings"]
        for m in f["marks"]
    ]
    assert sum(m[:2] == ("quotes", "undecided") and m[3] == "in no capture" for m in marks) >= quotes
    assert {m[2] for m in marks if m[:2] == ("dates", "undecided")} >= days
    repeated = [m[4] for m in marks if m[:2] == ("repetition", "refuted")]
    assert len(repeated) == 1
    assert again in repeated[0]
    last = [s for s in told["sentences"] if s["start"] >= blocks[-1]["start"]]
    assert len(last) == 3
    for sentence in last:
        refused = {f["check"] for f in sentence["findings"] if f["outcome"] == "refuted"}
        assert "claims about ourselves" in refused


HOUSE = "[[rules]]\nname = 'pier'\npattern = '\\bpier\\b'\nreason = 'we say jetty'\nwrong = 'A pier.'\nright = 'A jetty.'\n"


def test_an_outlets_own_house_rules_are_told_and_hold_nothing_up(folder: Path) -> None:
    (folder / "house.toml").write_text(HOUSE)
    told = (folder / "true.md", "--against", folder / "source.txt", "--date", "2026-10-19")
    assert "we say jetty" not in check(*told).stdout
    done = check(*told, "--house", folder / "house.toml")
    assert (done.exit_code, "style: pier: we say jetty" in done.stdout) == (0, True)
    (folder / "house.toml").write_text("[[rules]]\n")
    refused = check(*told, "--house", folder / "house.toml")
    assert isinstance(refused.exception, BadInput)
