"""CHECKS is the whole set: a file that is not listed, or lacks an example of what it can say, fails here."""

from importlib import import_module
from pkgutil import iter_modules

import pytest

import backread.check
from backread.check import CHECKS
from backread.check.base import Context, not_built
from backread.values.finding import Outcome, Scope, Subject
from backread.values.story import BlockKind, Story, Words
from check.stories import cites, outcome

MODULES = {
    found.name: module
    for found in iter_modules(backread.check.__path__)
    if hasattr(module := import_module(f"backread.check.{found.name}"), "CHECK")
}
ORDER = (
    "citations quotes speakers numbers dates names support attribution local copying harm residue images "
    "claims_about_ourselves repetition style freshness injection"
)


def test_the_order_is_an_editors():
    assert [c.name.replace(" ", "_") for c in CHECKS] == ORDER.split()


def test_every_file_is_listed_and_everything_built_has_a_file():
    assert {id(m.CHECK) for m in MODULES.values()} == {id(c) for c in CHECKS if c.built}


@pytest.mark.parametrize("module", MODULES.values(), ids=MODULES.keys())
def test_a_file_says_what_it_checks_and_what_it_cannot_see(module):
    assert "What it cannot see:" in module.__doc__


@pytest.mark.parametrize("name", sorted(set(MODULES) - {"copying"}))
def test_there_are_examples(name):
    """`copying` goes by a source's terms, which an example cannot state: see its table."""
    assert MODULES[name].EXAMPLES


@pytest.mark.parametrize(("words", "texts", "wanted"), MODULES["repetition"].EXAMPLES)
def test_repetition_is_seen_to_fire(words, texts, wanted):
    sentences = [Words(text=f"{s}.", citations=cites()) for s in words.rstrip(".").split(". ")]
    story = Story.of([(BlockKind.PARAGRAPH, sentences)])
    subject = Subject(scope=Scope.SENTENCE, index=len(sentences) - 1)
    (finding,) = MODULES["repetition"].CHECK.run(subject, Context(story=story, captures=()))
    assert finding.outcome is wanted


def test_all_eighteen_are_built():
    assert [c.name for c in CHECKS if not c.built] == []


def test_what_is_not_built_never_says_yes_and_never_blocks():
    check = not_built("later", "A check that comes later")
    story = Story.of([(BlockKind.PARAGRAPH, [Words(text="The pier closed.")])])
    (finding,) = check.run(Subject(scope=Scope.STORY), Context(story=story, captures=()))
    assert not check.built
    assert finding.outcome is Outcome.UNDECIDED
    assert not finding.blocks


def test_without_a_citation_only_citations_and_support_need_to_ask():
    told = {c.name: outcome(c, "The pier closed.") for c in CHECKS if c.built and Scope.SENTENCE in c.scopes}
    assert {name for name, said in told.items() if said is Outcome.UNDECIDED} == {"citations", "support"}
