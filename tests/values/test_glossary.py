"""One word an idea: every noun of the values stands in the glossary once, in order."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import backread.values

GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"


def words() -> list[str]:
    """The words that are explained."""
    return re.findall(r"(?m)^\| ([^|]+?) \| [^|]+ \|$", GLOSSARY.read_text("utf-8"))[1:]


def nouns() -> set[str]:
    """The names of the classes of `backread.values`, as words."""
    modules = [
        import_module(f"backread.values.{found.name}") for found in iter_modules(backread.values.__path__)
    ]
    names = {
        name
        for module in modules
        for name, held in inspect.getmembers(module, inspect.isclass)
        if held.__module__ == module.__name__ and not name.startswith("_")
    }
    return {re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower() for name in names}


def test_every_noun_of_the_values_is_explained():
    assert len(nouns()) > 30
    assert sorted(nouns() - set(words())) == []


def test_each_word_stands_once_and_in_order():
    assert words() == sorted(set(words()))
