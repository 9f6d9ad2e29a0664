"""A reply is a stranger's text: it fits to the letter, or every fault is named."""

from __future__ import annotations

import json
from datetime import date

import pytest

from backread.draft.reply import LARGEST, read
from backread.draft.request import ask
from backread.errors import BadReply
from backread.values.story import BlockKind, Origin
from check.stories import capture

KEPT = capture("The pier at Tarrow closes on Monday. “It is worn,” Harbor Master Ann Orde said.")
PASSAGES = ask([KEPT], on=date(2026, 10, 19)).passages
S = {"text": "The pier at Tarrow closes on Monday.", "passages": ["p1"]}
GOOD = {"headline": S, "deck": S, "paragraphs": [[S]]}


def headline(text: str, *passages: object) -> str:
    """A good reply with this headline."""
    return json.dumps(GOOD | {"headline": {"text": text, "passages": list(passages or ("p1",))}})


def changed(**more: object) -> str:
    """A good reply with other values."""
    return json.dumps(GOOD | more)


def test_a_good_reply_is_parts_with_the_drafters_citations():
    parts = read(json.dumps(GOOD), PASSAGES)
    assert [kind for kind, _ in parts] == [BlockKind.HEADLINE, BlockKind.DECK, BlockKind.PARAGRAPH]
    (citation,) = parts[2][1][0].citations
    assert (citation.passage, citation.origin) == (PASSAGES["p1"], Origin.DRAFTER)


def test_two_sentences_in_one_text_become_two_that_each_cite():
    told = {
        "text": "The pier closes on Monday. Gov. Orde said, “It is worn. It creaks.”",
        "passages": ["p1", "p2", "p1"],
    }
    (words,) = [w for kind, w in read(changed(paragraphs=[[told]]), PASSAGES) if kind is BlockKind.PARAGRAPH]
    assert [w.text for w in words] == [
        "The pier closes on Monday.",
        "Gov. Orde said, “It is worn. It creaks.”",
    ]
    assert [len(w.citations) for w in words] == [2, 2]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Ann Orde’s pier: 3.5/4.0 — “worn”", id="typography"),
        pytest.param("U.S./Canada talks and/or a vote at 6:30 p.m.", id="dots and strokes"),
        pytest.param("Pier costs $1.2 million, up 4% (5 of 7)", id="figures in brackets"),
        pytest.param("Peña & Orde, the café", id="accents and an ampersand"),
        pytest.param("Tarrow.com buys Pier 7", id="a company's name"),
    ],
)
def test_what_news_copy_holds_is_taken(text):
    assert read(headline(text), PASSAGES)[0][1][0].text == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<b>Pier</b> closes", id="a tag"),
        pytest.param("**Pier** closes", id="bold"),
        pytest.param("# Pier closes", id="a heading"),
        pytest.param("[Pier](x) closes", id="a link of markdown"),
        pytest.param("See https://pier.example", id="https"),
        pytest.param("See FTP://pier.example", id="ftp in capitals"),
        pytest.param("See javascript:alert(1)", id="a script"),
        pytest.param("Write to mailto:a@b.example", id="mailto"),
        pytest.param("See www.pier.example", id="www"),
        pytest.param("See pier.example/plan", id="a host with a path"),
        pytest.param("Pier &amp; dock &#8203;", id="entities"),
        pytest.param("Pier closes [p1]", id="an id in brackets"),
        pytest.param("Pier closes (p1, p2)", id="ids in brackets"),
        pytest.param("The {{NAME}} closes", id="a placeholder"),
        *(
            pytest.param(f"Pier{chr(c)} closes", id=f"U+{c:04X}")
            for c in (0, 9, 0x85, 0xAD, 0x34F, 0x61C, 0x180E, 0x200B, 0x202E, 0x2066, 0x2800, 0x3164, 0xFE0F,
                      0xFEFF, 0xE000, 0xE0041, 0xE0101, 0xD800)
        ),
    ],
)  # fmt: skip
def test_markup_links_and_the_unseen_are_refused(text):
    with pytest.raises(BadReply, match=r"markup or a link|invisible characters"):
        read(headline(text), PASSAGES)


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        pytest.param("no JSON", "not one JSON object", id="no JSON"),
        pytest.param("```json\n{}\n```", "not one JSON object", id="fenced"),
        pytest.param(json.dumps(GOOD) + " Done.", "not one JSON object", id="words after it"),
        pytest.param("[]", "not one JSON object", id="a list"),
        pytest.param("[" * 50_000, "not one JSON object", id="deep"),
        pytest.param('{"deck": 1, "deck": 2}', "each key once", id="a key twice"),
        pytest.param(" " * (LARGEST + 1), "200,001 characters", id="huge"),
        pytest.param(changed(state="approved"), "nobody asked for: 'state'", id="a key of its own"),
        pytest.param(changed(deck=S | {"basis": "verbatim"}), "deck has keys", id="a key in a sentence"),
        pytest.param(json.dumps({"headline": S}), "lacks deck, paragraphs", id="half"),
        pytest.param(changed(paragraphs=[]), "not a list of 1 to 16", id="no paragraph"),
        pytest.param(changed(paragraphs=[[S]] * 17), "not a list of 1 to 16", id="17 paragraphs"),
        pytest.param(changed(paragraphs=[[]]), "paragraph 1 is not a list of 1 to 6", id="an empty paragraph"),
        pytest.param(changed(paragraphs=[[S], [S] * 7]), "paragraph 2 is not", id="7 sentences"),
        pytest.param(changed(paragraphs=[["x"]]), "sentence 1.1 is not an object", id="a bare text"),
        pytest.param(headline(" "), "no text of 1 to 600", id="an empty text"),
        pytest.param(headline("x" * 601), "no text of 1 to 600", id="a long text"),
        pytest.param(changed(headline={"text": "A", "passages": []}), "1 to 6 passages", id="no passage"),
        pytest.param(headline("A", *["p1"] * 7), "1 to 6 passages", id="7 passages"),
        pytest.param(headline("A", 1), "1 to 6 passages", id="a number for an id"),
        pytest.param(headline("A", "p1", "p99"), "do not exist: 'p99'", id="an unknown passage"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_the_fault(reply, told):
    with pytest.raises(BadReply) as caught:
        read(reply, PASSAGES)
    assert told in str(caught.value)


def test_every_fault_is_named_and_each_is_short():
    reply = changed(
        headline={"text": "<b>", "passages": ["p9"]}, deck={"text": "A", "passages": ["x" * 5_000]}
    )
    with pytest.raises(BadReply) as caught:
        read(reply, PASSAGES)
    told = str(caught.value)
    assert "headline holds markup" in told
    assert "headline names passages" in told
    assert "deck names passages" in told
    assert len(told) < 500
