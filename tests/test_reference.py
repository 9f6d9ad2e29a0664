"""The generated reference: a page for each check that holds its docstring and its examples, as they stand."""

from __future__ import annotations

import importlib.util
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from backread.check import CHECKS
from backread.check.base import Check

BUILT = [check for check in CHECKS if check.built]


@pytest.fixture
def generate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The generator, writing into a folder of its own."""
    path = Path(__file__).resolve().parents[1] / "docs/reference/generate.py"
    spec = importlib.util.spec_from_file_location("generate", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "HERE", tmp_path)
    return module


@pytest.mark.parametrize("check", BUILT, ids=lambda check: check.name)
def test_a_page_holds_docstring_and_examples(check: Check, generate: ModuleType) -> None:
    words = generate.page(check)
    source = import_module(check.run.__module__)
    assert (source.__doc__ or "").splitlines()[0] in words
    assert "What it cannot see:" in words
    for copy, sources, outcome in getattr(source, "EXAMPLES", ()):
        assert f"### {outcome.value.capitalize()}" in words
        for told in (copy, *sources):
            assert all(f"    {line}" in words for line in told.split("\n")), told


def test_the_list_links_every_page_that_is_written(generate: ModuleType) -> None:
    listed = generate.checks()
    assert [f"](checks/{generate.slug(check)}.md)" in listed for check in BUILT] == [True] * len(BUILT)
    assert {name for name in generate.PAGES if "/" in name} == {
        f"checks/{generate.slug(c)}.md" for c in BUILT
    }


def test_what_drifted_is_named_and_what_is_no_more_goes(
    generate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = {name: written for name, written in generate.PAGES.items() if name != "command-line.md"}
    monkeypatch.setattr(generate, "PAGES", pages)
    assert generate.main(["--check"]) == 1, "nothing is written yet"
    assert generate.main([]) == 0
    assert generate.main(["--check"]) == 0
    (tmp_path / "checks/quotes.md").write_text("other")
    (tmp_path / "checks/gone.md").write_text("of a check that is no more")
    capsys.readouterr()
    assert generate.main(["--check"]) == 1
    assert capsys.readouterr().err.startswith("checks/gone.md, checks/quotes.md: out of step")
    assert generate.main([]) == 0
    assert not (tmp_path / "checks/gone.md").exists()
    assert generate.main(["--check"]) == 0


def test_every_setting_that_is_read_is_told(generate: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "BACKREAD_HOME" in generate.settings()
    monkeypatch.delitem(generate.SETTINGS, "BACKREAD_HOME")
    with pytest.raises(SystemExit, match="BACKREAD_HOME"):
        generate.settings()
