"""Every verb of the engine with every kind of bad input: one sentence on stderr, exit 2, every file as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from backread.verbs.bench import BENCHES
from bad_input import BAD_FILES, HUGE, LONG, Done, held, run, verbs

Run = Callable[..., Done]
ON_NOTHING = {"speed"}
"""Benches that make what they measure."""
TRUE = "# Board mends the pier\n\nTARROW — The board mends the pier.\n"
STRANGE = {
    "a zero byte": "a\x00b",
    "a new line": "a\nb.md",
    "an escape": "\x1b[31mred",
    "no UTF-8": "caf\udce9",
    "a turn of the writing": "\u202egnp.md",
    "very long": LONG,
    "nothing": "",
}
"""What may stand where a path or a name should."""
MALFORMED = {
    "feed.xml": b"<?xml version='1.0'?><rss><channel><item><title>Pier</ti",
    "notice.xml": b"<?xml version='1.0'?><notice><title>Pier",
    "alert.xml": b"<?xml version='1.0'?><alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><info>",
    "words.xml": b"The pier opens.",
    "paper.pdf": b"%PDF-1.4 nothing",
    "words.pdf": b"The pier opens.",
    "web.warc.gz": b"\x1f\x8b\x08\x00nothing",
    "web.warc": b"The pier opens.",
    "dates.ics": b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:nonsense\nEND",
    "torn.ics": b"nonsense",
    "values.json": b'{"a": [1, 2',
    "speech.vtt": b"no cues",
    "letter.eml": b"\x00\x01\x02" * 200,
    "rows.csv": b"\x00\x01\x02" * 200,
}
"""By name: bytes that are not what the name says."""
PARSERS = (
    "Expecting",
    "line 1 column",
    "char ",
    "ValueError",
    "lxml",
    "pdfium",
    "Content line",
    "zlib",
    "None",
    "0x",
)
"""Words of parsers, which tell a person nothing."""

ROWS = {
    "check": {"story", "against", "on", "area", "house"},
    "verify": {"receipt", "key"},
    "bench": {"name", "path", "limit", "scores"},
}
"""By verb: the parameters that can be wrong, each with rows below."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A story and its source."""
    (tmp_path / "true.md").write_text(TRUE)
    (tmp_path / "source.txt").write_text("The board mends the pier.")
    return tmp_path


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The program in this process."""
    return lambda *words: run(capsys, monkeypatch, *words)


def test_every_verb_and_parameter_has_its_rows() -> None:
    told = {name: {p.name for p in params} - {"as_json", "help"} for name, params in verbs().items()}
    engine = {name: names for name, names in told.items() if not name.startswith("newsroom")}
    assert set(engine) == set(ROWS)
    assert {name: names - ROWS[name] for name, names in engine.items() if names - ROWS[name]} == {}


def _refused(program: Run, folder: Path, *words: object, told: str = "") -> str:
    before, began = held(folder), time.monotonic()
    done = program(*words)
    assert done.is_refusal(told)
    assert time.monotonic() - began < 5
    assert held(folder) == before
    return done.err


@pytest.mark.parametrize("kind", BAD_FILES)
@pytest.mark.parametrize("ending", [".md", ".txt", ".html", ".json"])
def test_check_a_bad_story(program: Run, folder: Path, ending: str, kind: str) -> None:
    path = folder / f"bad{ending}"
    BAD_FILES[kind](path)
    _refused(program, folder, "check", path, "--against", folder / "source.txt", told=path.name)


@pytest.mark.parametrize("kind", BAD_FILES)
@pytest.mark.parametrize("ending", [".txt", ".html", ".pdf", ".xml", ".ics", ".json", ".csv", ".eml", ".vtt", ".warc", ".warc.gz", ".docx"])  # fmt: skip
def test_check_a_bad_source(program: Run, folder: Path, ending: str, kind: str) -> None:
    path = folder / f"bad{ending}"
    BAD_FILES[kind](path)
    said = _refused(program, folder, "check", folder / "true.md", "--against", path, told=path.name)
    assert not [words for words in PARSERS if words in said], said


@pytest.mark.parametrize("name", MALFORMED)
def test_check_a_malformed_source(program: Run, folder: Path, name: str) -> None:
    (folder / name).write_bytes(MALFORMED[name])
    said = _refused(program, folder, "check", folder / "true.md", "--against", folder / name, told=name)
    assert not [words for words in PARSERS if words in said], said
    assert "shows no text" not in said


@pytest.mark.parametrize("words", STRANGE)
def test_check_strange_names(program: Run, folder: Path, words: str) -> None:
    _refused(program, folder, "check", STRANGE[words])
    if words != "nothing":
        _refused(program, folder, "check", folder / "true.md", "--area", STRANGE[words])
        _refused(program, folder, "check", folder / "true.md", "--date", STRANGE[words], told="day")
    _refused(program, folder, "check", folder / "true.md", "--against", STRANGE[words])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param([], "story", id="no story"),
        pytest.param(["true.md", "--against"], "--against", id="second word missing"),
        pytest.param(["true.md", "more.md"], "more.md", id="a word too many"),
        pytest.param(["true.md", "--date", "-1"], "day", id="a negative day"),
        pytest.param(["true.md", "--date", "2026-02-30"], "day", id="no such day"),
        pytest.param(["true.md", "--fly"], "--fly", id="an unknown option"),
    ],
)
def test_check_wrong_words(program: Run, folder: Path, arguments: list[str], told: str) -> None:
    _refused(
        program, folder, "check", *(folder / a if a.endswith(".md") else a for a in arguments), told=told
    )


@pytest.mark.parametrize("kind", BAD_FILES)
def test_check_a_bad_area(program: Run, folder: Path, kind: str) -> None:
    BAD_FILES[kind](folder / "area.toml")
    _refused(program, folder, "check", folder / "true.md", "--area", folder / "area.toml", told="area.toml")


@pytest.mark.parametrize("kind", BAD_FILES)
def test_check_bad_house_rules(program: Run, folder: Path, kind: str) -> None:
    BAD_FILES[kind](folder / "house.toml")
    _refused(
        program, folder, "check", folder / "true.md", "--house", folder / "house.toml", told="house.toml"
    )


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"rules = ", id="cut short"),
        pytest.param(b"rule = 3", id="another key"),
        pytest.param(b"rules = 3", id="a number for rules"),
        pytest.param(b'[[rules]]\npattern = "("', id="a pattern that is none"),
        pytest.param(b"[[rules]]\npattern = 3", id="a number for a pattern"),
        pytest.param(b"a = " + b"[" * 3000, id="nested without end"),
    ],
)
def test_check_malformed_house_rules(program: Run, folder: Path, content: bytes) -> None:
    (folder / "house.toml").write_bytes(content)
    said = _refused(
        program, folder, "check", folder / "true.md", "--house", folder / "house.toml", told="house.toml"
    )
    assert not [words for words in ("Error", "object", "column", "Expected") if words in said], said


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"name = ", id="cut short"),
        pytest.param(b"name = 3", id="a number for a name"),
        pytest.param(b"", id="empty"),
        pytest.param(b'name = "X"\nplace = 3', id="a number for places"),
        pytest.param(b'name = "X"\nplace = "here"', id="words for places"),
        pytest.param(b'name = "X"\n[[place]]\nname = ""', id="a place without a name"),
        pytest.param(b'name = "X"\ntimezone = "Nowhere"', id="no such time zone"),
        pytest.param(b'name = "X"\ntimezone = "../../etc/passwd"', id="a path as time zone"),
        pytest.param(b"a = " + b"[" * 3000, id="nested without end"),
    ],
)
def test_check_a_malformed_area(program: Run, folder: Path, content: bytes) -> None:
    (folder / "area.toml").write_bytes(content)
    said = _refused(
        program, folder, "check", folder / "true.md", "--area", folder / "area.toml", told="area.toml"
    )
    assert not [words for words in ("Error", "object", "'name'", "column", "Expected") if words in said], said


@pytest.mark.parametrize("kind", BAD_FILES)
def test_verify_a_bad_receipt(program: Run, folder: Path, kind: str) -> None:
    path = folder / "receipt.json"
    BAD_FILES[kind](path)
    _refused(program, folder, "verify", path, told="receipt")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"{", id="cut short"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"3", id="a number"),
        pytest.param(b'{"format": "backread receipt 1"}', id="nothing in it"),
        pytest.param(b"[" * 100_000, id="nested without end"),
        pytest.param(b'{"a": ' + b"9" * 5000 + b"}", id="a number without end"),
        pytest.param(b'{"format": "\\ud800"}', id="half a character"),
    ],
)
def test_verify_a_malformed_receipt(program: Run, folder: Path, content: bytes) -> None:
    (folder / "receipt.json").write_bytes(content)
    _refused(program, folder, "verify", folder / "receipt.json", told="receipt.json")


@pytest.mark.parametrize("words", STRANGE)
def test_verify_strange_names(program: Run, folder: Path, words: str) -> None:
    _refused(program, folder, "verify", STRANGE[words])
    _refused(program, folder, "verify", folder / "source.txt", "--key", STRANGE[words], told="key")


@pytest.mark.parametrize("arguments", [[], ["source.txt", "--key"], ["source.txt", "more"]])
def test_verify_wrong_words(program: Run, folder: Path, arguments: list[str]) -> None:
    _refused(program, folder, "verify", *arguments)


@pytest.mark.parametrize("words", STRANGE)
def test_bench_strange_names(program: Run, folder: Path, words: str) -> None:
    _refused(program, folder, "bench", STRANGE[words], told="There are")
    _refused(program, folder, "bench", "inputs", STRANGE[words])


@pytest.mark.parametrize("kind", BAD_FILES)
@pytest.mark.parametrize("name", [name for name in BENCHES if name not in ON_NOTHING])
def test_bench_a_bad_folder(program: Run, folder: Path, name: str, kind: str) -> None:
    BAD_FILES[kind](folder / "inputs")
    _refused(program, folder, "bench", name, folder / "inputs", told="inputs")


@pytest.mark.parametrize("name", [name for name in BENCHES if name not in ON_NOTHING])
def test_bench_without_a_folder(program: Run, folder: Path, name: str) -> None:
    _refused(program, folder, "bench", name)


@pytest.mark.parametrize("scores", ["none/scores.jsonl", ".", "true.md/scores.jsonl", "a\x00b", "x" * 5_000])
def test_bench_scores_that_cannot_be_written(program: Run, folder: Path, scores: str) -> None:
    _refused(program, folder, "bench", "clean", folder, "--scores", folder / scores)
    _refused(
        program, folder, "bench", "speed", "--scores", folder / "scores.jsonl", told="Leave --scores away"
    )


@pytest.mark.parametrize("kind", [kind for kind in BAD_FILES if kind not in ("missing", "a folder")])
def test_bench_bad_inputs(program: Run, folder: Path, kind: str) -> None:
    path = folder / "attacks" / "feeds.jsonl"
    path.parent.mkdir()
    BAD_FILES[kind](path)
    _refused(program, folder, "bench", "inputs", folder, told="feeds.jsonl")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["inputs"],
        ["inputs", ".", "--limit", "-1"],
        ["inputs", ".", "--limit", "many"],
        ["inputs", ".", "--limit"],
    ],
)
def test_bench_wrong_words(program: Run, folder: Path, arguments: list[str]) -> None:
    _refused(program, folder, "bench", *arguments)


@pytest.mark.parametrize("arguments", [["fly"], ["--fly"], ["CHECK"], ["\x1b[31m"], [""]])
def test_no_such_verb(program: Run, folder: Path, arguments: list[str]) -> None:
    _refused(program, folder, *arguments, told="See `backread --help`")


def test_a_source_of_exactly_the_most_is_refused_at_once(program: Run, folder: Path) -> None:
    (folder / "most.txt").touch()
    os.truncate(folder / "most.txt", HUGE)
    began = time.monotonic()
    _refused(
        program, folder, "check", folder / "true.md", "--against", folder / "most.txt", told="is the most"
    )
    assert time.monotonic() - began < 2


def test_a_closed_pipe_is_no_crash(folder: Path) -> None:
    """`backread check story | head -0`: nobody reads, and nobody is told a traceback."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "backread", "check", folder / "true.md", "--against", folder / "source.txt", "--json"],
        stdout=writing, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    os.close(writing)
    assert "Traceback" not in done.stderr


STARTED = "import os; from backread.__main__ import main; os.write(1, b'.'); main()"
"""The program, which says when its first line runs: what Python does before that is not ours to answer for."""


@pytest.mark.parametrize("after", [0.05, 0.3, 0.8, 1.6])
def test_ctrl_c_is_no_crash(folder: Path, after: float) -> None:
    """To the whole group, as a terminal sends it: neither the program nor its fence tells a traceback."""
    # Pages that are read without complaint for far longer than anyone waits here: one that is refused ends with 2 by
    # itself, and a Ctrl-C that comes after the answer has nothing left to stop.
    pages = [folder / f"long{number}.html" for number in range(12)]
    pages[0].write_text(f"<html><body>{'<p>The board mends the pier.</p>' * 390_000}</body></html>")
    for page in pages[1:]:
        page.hardlink_to(pages[0])
    against = [word for page in pages for word in ("--against", page)]
    # What runs behind "&" in a script ignores Ctrl-C, and its children with it: here it is heard whoever runs the tests.
    process = subprocess.Popen(
        [sys.executable, "-c", STARTED, "check", folder / "true.md", *against],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.read(1) == b"."
    time.sleep(after)
    os.killpg(process.pid, signal.SIGINT)
    printed, said = process.communicate(timeout=10)
    assert (printed, said) == (b"", b"")
    # While modules load the system ends it; from then on it ends by itself.
    assert process.returncode in (130, -signal.SIGINT)


@pytest.mark.parametrize("ignored", [False, True])
def test_ctrl_c_after_the_answer_changes_nothing_that_was_told(ignored: bool) -> None:
    """What is tidied up at the end tells no traceback; a program started to ignore Ctrl-C goes on ignoring it."""
    late = (
        "import atexit, os, signal, sys; sys.argv = ['backread', '--version']\n"
        "atexit.register(os.kill, os.getpid(), signal.SIGINT)\n"
        "from backread.__main__ import main; main()"
    )
    handler = signal.SIG_IGN if ignored else signal.default_int_handler
    done = subprocess.run(
        [sys.executable, "-c", late], capture_output=True, text=True, check=False,
        preexec_fn=lambda: signal.signal(signal.SIGINT, handler),
    )  # fmt: skip
    assert (done.stdout[:9], done.stderr) == ("backread ", "")
    assert done.returncode == (0 if ignored else -signal.SIGINT)
