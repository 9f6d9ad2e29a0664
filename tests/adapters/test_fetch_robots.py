"""Rules for robots: whose hold, and for which path."""

from __future__ import annotations

import gzip
import json

import pytest

from backread.adapters.robots import NOTHING, read_rules


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        pytest.param("user-agent: backread\ndisallow: /", "/x", False, id="our name"),
        pytest.param("user-agent: BACKREAD\ndisallow: /", "/x", False, id="in capitals"),
        pytest.param("user-agent: backread news\ndisallow: /", "/x", False, id="words after the token"),
        pytest.param("user-agent: backreader\ndisallow: /", "/x", True, id="a longer name is another"),
        pytest.param("user-agent: *\ndisallow: /a", "/a/b", False, id="everyone"),
        pytest.param("user-agent: *\ndisallow: /\nallow: /a", "/a/b", True, id="the longer rule wins"),
        pytest.param(
            "user-agent: *\nfoo: bar\ndisallow: /a", "/a", False, id="an unknown line ends no group"
        ),
        pytest.param("user-agent: *\ndisallow: /caf%C3%A9", "/café", False, id="encoded and plain are one"),
        pytest.param("user-agent: *\ndisallow: /%61", "/a", False, id="needlessly encoded"),
        pytest.param("user-agent: *\ndisallow: /*.pdf$", "/x.pdf", False, id="an end"),
        pytest.param("", "/x", True, id="an empty file"),
        pytest.param("\x00\ufffd<html>", "/x", True, id="no rules at all"),
    ],
)
def test_rules(rules: str, path: str, allowed: bool) -> None:
    assert read_rules(rules.encode()).allows(f"http://pier.example{path}") is allowed


@pytest.mark.parametrize(("rules", "rest"), [("crawl-delay: 5", 5), ("crawl-delay: 9999", 30), ("", 0)])
def test_how_long_to_rest(rules: str, rest: float) -> None:
    assert read_rules(f"user-agent: *\n{rules}\ndisallow: /x".encode()).rest == rest


def test_a_closed_site_allows_nothing() -> None:
    assert not NOTHING.allows("http://pier.example/")


@pytest.mark.shared
def test_the_shared_cases(shared) -> None:
    with gzip.open(shared / "data/ingest/robots/cases.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    wrong = [row["test"] for row in rows if read_rules(row["robots"].encode(), agent=row["agent"]).allows(row["url"]) is not row["allowed"]]  # fmt: skip
    assert wrong == []
