"""Style: each house rule tells its two examples apart, quotations and names are left alone, an outlet has its own file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backread.check import CHECKS
from backread.check.base import Context
from backread.check.engine import check_story
from backread.check.style import CHECK, EXAMPLES, RULES, Rule, house, in_house, read_rules
from backread.errors import BadInput
from backread.values.finding import Outcome, Scope, Subject
from backread.values.story import BlockKind, Story, Words
from check.stories import context, outcome, run

R, N = Outcome.REFUTED, Outcome.NOTHING_TO_CHECK


def mended(sentence: str, **more: object) -> str:
    """The sentence with every suggestion taken."""
    (finding,) = run(CHECK, sentence, **more)
    for mark in reversed(finding.marks):
        if mark.suggestion is not None:
            sentence = sentence[: mark.start] + mark.suggestion + sentence[mark.end :]
    return sentence


@pytest.mark.parametrize(("sentence", "texts", "wanted"), EXAMPLES)
def test_every_outcome_is_seen(sentence: str, texts: tuple[str, ...], wanted: Outcome) -> None:
    assert outcome(CHECK, sentence, *texts) is wanted
    assert {example[2] for example in EXAMPLES} == CHECK.outcomes


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_tells_its_examples_apart(rule: Rule) -> None:
    (finding,) = run(CHECK, rule.wrong)
    assert f"{rule.name}: {rule.reason}" in [mark.message for mark in finding.marks]
    assert not finding.blocks
    assert outcome(CHECK, rule.right) is N
    if rule.use is not None:
        assert mended(rule.wrong) == rule.right


def test_there_are_about_as_many_rules_as_a_copy_chief_keeps_in_mind() -> None:
    assert 30 <= len(RULES) == len({rule.name for rule in RULES})


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("In order to vote, the board met.", "To vote, the board met."),
        ("Utilizing a crane, crews raised it.", "Using a crane, crews raised it."),
        ("It cost €2.5 billion euros.", "It cost €2.5 billion."),
        ("It is open from 9:30-11 a.m. and cost $3 million dollars.", "It is open from 9:30 to 11 a.m. and cost $3 million."),
        ("The board met in order to vote prior to noon.", "The board met to vote before noon."),
        ("The crash was on Sept. 3rd.", "The crash was on Sept. 3."),
    ],
)  # fmt: skip
def test_suggestions_can_be_taken_as_they_are(sentence: str, wanted: str) -> None:
    assert mended(sentence) == wanted


@pytest.mark.parametrize(
    "sentence",
    [
        "“We will utilize it in order to win!” Orde said.",
        "He called the plan “very unique” and left.",
        "The Past History Museum opened a Free Gift Shop.",
        "The barn was almost completely destroyed.",
        "The September 11th attacks changed the drill.",
        "She gave her first annual address to the council.",
        "The bus runs from May 9-11.",
        "He stayed in a room of the hospital.",
        "Yahoo! paid for the pier.",
        "The council’s order to close the pier stands.",
        "The 911 caller gave a number of reasons.",
        "The score was between a 5-7 record and a tie.",
        "It opens at 4 a.m. on Monday morning.",
        "A utility crew came.",
    ],
)
def test_what_was_said_what_is_a_name_and_plain_copy_are_left_alone(sentence: str) -> None:
    assert outcome(CHECK, sentence) is N


def test_a_quotation_that_opened_a_sentence_before_is_left_alone() -> None:
    told = context(["“It is here.", "We met in order to vote,” Orde said."], [])
    (finding,) = CHECK.run(Subject(scope=Scope.SENTENCE, index=1), told)
    assert finding.outcome is N


def test_a_typed_statement_is_no_copy() -> None:
    assert outcome(CHECK, "It was made in order to inform.", kind=BlockKind.STATEMENT) is N


def test_of_two_rules_at_one_place_the_first_and_longer_holds() -> None:
    rules = tuple(
        rule
        for n, pattern in enumerate(("very unique", "very", "unique bridge", "unique"))
        for rule in [_rule_of(f"r{n}", pattern)]
    )
    found = house(rules).run(Subject(scope=Scope.SENTENCE, index=0), context(["A very unique bridge."], []))
    assert [(m.start, m.end) for m in found[0].marks] == [(2, 13)]


def _rule_of(name: str, pattern: str) -> Rule:
    return Rule(name=name, pattern=re.compile(pattern), reason="no", wrong=pattern, right="x")


OWN = """
off = ["prior to"]
[[rules]]
name = "in order to"
pattern = '\\bso as to\\b'
use = "to"
reason = "shorter"
wrong = "They met so as to vote."
right = "They met to vote."
[[rules]]
name = "Kiln street"
pattern = '\\bKiln street\\b'
use = "Kiln Street"
exact = true
reason = "street names take a capital"
wrong = "It is on Kiln street."
right = "It is on Kiln Street."
"""


def test_an_outlets_own_file_replaces_adds_and_takes_out(tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_text(OWN, "utf-8")
    rules = read_rules(tmp_path / "house.toml")
    own = house(rules)
    assert {r.name for r in rules} == ({r.name for r in RULES} | {"Kiln street"}) - {"prior to"}
    assert own.version != CHECK.version
    for sentence, wanted in (
        ("He called prior to the vote.", N), ("The board met in order to vote.", N), ("The board met so as to vote.", R),
        ("It is on Kiln street.", R), ("It is on Kiln Street.", N), ("Crews utilized a crane.", R),
    ):  # fmt: skip
        assert outcome(own, sentence) is wanted


def test_the_outlets_rules_stand_in_the_list_of_checks(tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_text(OWN, "utf-8")
    checks = in_house(CHECKS, read_rules(tmp_path / "house.toml"))
    assert [c.name for c in checks] == [c.name for c in CHECKS]
    story = Story.of([(BlockKind.PARAGRAPH, [Words(text="It is on Kiln street.")])])
    found = [f for f in check_story(story, (), checks=checks).sentences[0].findings if f.check == "style"]
    assert [f.outcome for f in found] == [R]


GOOD = "[[rules]]\nname = 'a'\npattern = 'b'\nreason = 'c'\nwrong = 'b'\nright = 'd'\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param("rules = ", "not valid TOML", id="no TOML"),
        pytest.param("rules = 3", r"\[\[rules\]\]", id="no tables"),
        pytest.param("rules = [3]", r"\[\[rules\]\]", id="no table in the list"),
        pytest.param(GOOD.replace("reason = 'c'\n", ""), "needs name", id="no reason"),
        pytest.param(GOOD + "use = 3", "needs name", id="a number to write instead"),
        pytest.param(GOOD + "exact = 'yes'", "needs name", id="exact in words"),
        pytest.param(GOOD.replace("'b'", "'('", 1), "regular expression", id="a broken pattern"),
        pytest.param(GOOD + "use = '\\2'", "regular expression", id="a part that is not there"),
        pytest.param(GOOD.replace("wrong = 'b'", "wrong = 'x'"), "wrong example", id="the wrong example is not found"),
        pytest.param(GOOD.replace("right = 'd'", "right = 'b'"), "right one", id="the right example is found"),
        pytest.param(GOOD.replace("'b'", "'b*'", 1).replace("wrong = 'b'", "wrong = 'x'"), "wrong example", id="a pattern of nothing"),
        pytest.param("off = ['no such rule']", "names of rules", id="off names no rule"),
        pytest.param("off = 'prior to'", "names of rules", id="off is no list"),
        pytest.param("# " + "x" * 600_000, "more than", id="too large"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_list_of_rules_is_refused_in_one_sentence(
    words: str, says: str, tmp_path: Path
) -> None:
    path = tmp_path / "house.toml"
    path.write_text(words, "utf-8")
    with pytest.raises(BadInput, match=says):
        read_rules(path)


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="Is the file there"):
        read_rules(tmp_path / "none.toml")
    (tmp_path / "bin.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="not valid TOML"):
        read_rules(tmp_path / "bin.toml")


_PIECES = st.sampled_from([*(rule.wrong for rule in RULES), "“", "”", '"', " ", "in order ", "to ", "12 noon", "$5 million dollars", "!", "İ", "e\u0301"])  # fmt: skip
_TEXT = st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=12).map("".join))


@settings(max_examples=150, deadline=None)
@given(st.lists(_TEXT.filter(bool), min_size=1, max_size=3))
def test_any_text_gets_an_answer_with_exact_places_outside_quotations(sentences: list[str]) -> None:
    story = Story.of([(BlockKind.PARAGRAPH, [Words(text=s) for s in sentences])])
    for sentence in story.sentences:
        (finding,) = CHECK.run(
            Subject(scope=Scope.SENTENCE, index=sentence.index), Context(story=story, captures=())
        )
        ends = [sentence.start, *(m.end for m in finding.marks)]
        for mark, before in zip(finding.marks, ends, strict=False):
            assert before <= mark.start < mark.end <= sentence.end


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(RULES), st.sampled_from(["“{}”", '"{}"', "“{} Then he left,” she said."]))
def test_no_rule_reaches_into_a_quotation(rule: Rule, quoted: str) -> None:
    assert outcome(CHECK, f"Orde said: {quoted.format(rule.wrong)}") is N
