"""newsroom.toml: whatever is wrong with it is said in one sentence, and nothing is guessed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from backread.errors import BadInput
from newsroom.demo import world
from newsroom.plan import BEGINNING, read_plan

GOOD = """
[outlet]
id = "tide"
name = "The Tide"
responsible = "Ann Orde"
timezone = "America/New_York"
place = "TERN"

[[person]]
name = "Ann Orde"
username = "ann"
role = "editor"

[[source]]
id = "pier"
name = "Pier Office"
kind = "page"
url = "https://pier.example/notice"
terms = "release"
genre = "release"
every_minutes = 60
promise_hours = 24
"""


def changed(old: str, new: str) -> bytes:
    assert old in GOOD
    return GOOD.replace(old, new, 1).encode()


def test_a_whole_plan_is_read(tmp_path: Path) -> None:
    path = tmp_path / "newsroom.toml"
    path.write_text(GOOD, "utf-8")
    told = read_plan(path)
    assert [s["id"] for s in told["source"]] == ["pier"]
    demo = Path(world.__file__).parent / "newsroom.toml"
    assert len(read_plan(demo)["source"]) == 19


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(b"", "no table [outlet]", id="0 bytes"),
        pytest.param(b"\x00\x01\x02", "TOML", id="binary"),
        pytest.param("[outlet]\nname = \"Café\"".encode("latin-1"), "UTF-8", id="broken encoding"),
        pytest.param(b"[outlet", "TOML", id="cut short"),
        pytest.param(b"# " + b"x" * 2_000_001, "longer than", id="too long"),
        pytest.param(b"outlet = 3", "no table [outlet]", id="not a table"),
        pytest.param(b"a = " + b"[" * 3000, "TOML", id="nested without end"),
        pytest.param(changed("[[person]]", "[person]"), "[[person]]", id="one person as a table"),
        pytest.param(changed('name = "The Tide"', 'name = ""'), "“name” of the outlet is empty", id="empty name"),
        pytest.param(changed('responsible = "Ann Orde"\n', ""), "no “responsible”", id="nobody answers"),
        pytest.param(changed("New_York", "Nowhere"), "no time zone", id="unknown time zone"),
        pytest.param(changed("America/New_York", "../../etc/passwd"), "no time zone", id="a path as time zone"),
        pytest.param(changed('"tide"', '"The Tide"'), "lower-case", id="an id with spaces"),
        pytest.param(changed('role = "editor"', 'role = "boss"'), "no role", id="unknown role"),
        pytest.param(changed('"page"', '"spider"'), "no kind", id="unknown kind"),
        pytest.param(changed('terms = "release"', 'terms = "free"'), "no terms", id="unknown terms"),
        pytest.param(changed('genre = "release"', 'genre = "gossip"'), "no genre", id="unknown genre"),
        pytest.param(changed("https://pier.example/notice", "file:///etc/passwd"), "none of the web", id="a file as address"),
        pytest.param(changed('place = ', 'report = "javascript:1"\nplace = '), "no mail address", id="a script to report to"),
        pytest.param(changed('place = ', 'report = "the desk"\nplace = '), "no mail address", id="words to report to"),
        pytest.param(changed("https://pier.example/notice", "http://[::1"), "none of the web", id="a broken address"),
        pytest.param(changed("every_minutes = 60", "every_minutes = true"), "not of the right kind", id="yes as a number"),
        pytest.param(changed("every_minutes = 60", 'every_minutes = "60"'), "not of the right kind", id="a number as words"),
        pytest.param(changed("every_minutes = 60", "every_minutes = 0"), "a minute to a year", id="all the time"),
        pytest.param(changed('place = "TERN"', 'place = "TERN"\nsecret = "x"'), "unknown", id="an unknown field"),
        pytest.param((GOOD + "\n[colours]\nred = 1\n").encode(), "“colours”", id="an unknown table"),
        pytest.param((GOOD + GOOD[GOOD.index("[[source]]") :]).encode(), "is there twice", id="a source twice"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_one_sentence(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "newsroom.toml"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=re.escape(why)) as refused:
        read_plan(path)
    assert "\n" not in str(refused.value)
    assert str(path) in str(refused.value)


def test_a_missing_file_and_a_folder_are_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="No such file"):
        read_plan(tmp_path / "none.toml")
    with pytest.raises(BadInput, match="directory"):
        read_plan(tmp_path)


def test_what_init_writes_first_has_to_be_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "newsroom.toml"
    path.write_text(BEGINNING, "utf-8")
    with pytest.raises(BadInput, match="empty"):
        read_plan(path)
    path.write_text(BEGINNING.replace('""', '"ann"'), "utf-8")
    assert read_plan(path)["source"] == []
