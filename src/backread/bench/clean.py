"""How often true sentences are held open, and how often wrong ones are not: all checks together, on clean stories.

The wrong ones are those of `wrong.txt`, written by hand beside a story, each checked by itself: what is gained by holding
less open is lost where more of them pass. The unit is a sentence of headline, deck, caption or paragraphs. The upper bound comes from a bootstrap by story
(B. Efron, "Bootstrap methods: another look at the jackknife", 1979), the 97.5th percentile of 2,000 draws; where
none is open, from the rule of three (3/n), as a bootstrap of nothing would claim certainty.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from backread.adapters.verifiers.small import small
from backread.bench.folders import read_cases
from backread.values.report import Checked, Report, State
from backread.values.story import BlockKind

DRAWS, SEED = 2_000, 11
Scored = Callable[[Mapping[str, object]], None]
"""Takes the row of one thing measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What came of one story: its sentences, how many are open, and whether a block or the story itself is held."""

    sentences: int
    open: int
    is_held: bool


def run(path: Path | None, limit: int, scored: Scored = lambda _: None) -> Mapping[str, object]:
    """Check each story of the folder. Raises BadInput for a folder without stories."""
    read: list[Read] = []
    by_check: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    wrong = 0
    for case in read_cases(path, limit):
        report = case.check(case.story, small())
        units = told(report)
        read.append(Read(sentences=len(units), open=sum(c.state is State.OPEN for c in units), is_held=not report.is_clear))  # fmt: skip
        by_check.update(name for checked in units for name in blockers(checked))
        by_check.update(f"{finding.check} (story)" for finding in report.blocking)
        for checked in units:
            scored(_row(case.name, checked))
        for number, one in enumerate(case.wrong, 1):
            (checked,) = case.check(case.sentence(one.text), small()).sentences
            wrong += 1
            passed[one.kind] += checked.state is not State.OPEN
            scored({**_row(case.name, checked), "id": f"{case.name}/wrong {number}", "wrong": one.kind})
    wrongly = sum(story.open for story in read)
    sentences = sum(story.sentences for story in read)
    return {
        "stories": len(read),
        "sentences": sentences,
        "wrongly_open": wrongly,
        "wrongly_open_per_25": round(25 * wrongly / max(sentences, 1), 3),
        "upper_95_per_25": round(25 * upper(read), 3),
        "stories_held": sum(story.is_held for story in read),
        "by_check": dict(by_check.most_common()),
        **_passed(passed, wrong),
    }


def _passed(passed: Counter[str], wrong: int) -> Mapping[str, object]:
    """How many of the wrong sentences nothing held, and of which kinds; nothing where there are none."""
    if not wrong:
        return {}
    let = passed.total()
    return {"wrong": wrong, "wrong_passed": let, "share_of_wrong_passed": round(let / wrong, 4), "passed_by_kind": dict((+passed).most_common())}  # fmt: skip


def told(report: Report) -> list[Checked]:
    """The sentences that are copy: all but a typed statement's."""
    blocks = report.story.blocks
    return [c for c in report.sentences if blocks[c.sentence.block].kind is not BlockKind.STATEMENT]


def blockers(checked: Checked) -> list[str]:
    """The checks that hold a sentence open; "nothing" where no check proves it and none objects."""
    names = dict.fromkeys(finding.check for finding in checked.findings if finding.blocks)
    return list(names) or (["nothing"] if checked.state is State.OPEN else [])


def objections(checked: Checked) -> list[str]:
    """What an editor is told of a sentence that is held open."""
    return [mark.message for finding in checked.findings if finding.blocks for mark in finding.marks]


def upper(read: Sequence[Read]) -> float:
    """The upper bound of the share that is open, drawn by story; between 0 and 1."""
    sentences = sum(story.sentences for story in read)
    if not any(story.open for story in read):
        return min(1.0, 3 / max(sentences, 1))
    chance = random.Random(SEED)  # noqa: S311 - a fixed draw, not a secret
    shares = sorted(_share(chance.choices(read, k=len(read))) for _ in range(DRAWS))
    return shares[int(0.975 * DRAWS)]


def _share(drawn: Sequence[Read]) -> float:
    return sum(story.open for story in drawn) / max(1, sum(story.sentences for story in drawn))


def _row(name: str, checked: Checked) -> Mapping[str, object]:
    question = checked.question
    return {
        "id": f"{name}/{checked.sentence.index}",
        "text": checked.sentence.text,
        "outcome": str(checked.basis) or (question.outcome.value if question else "undecided"),
        "checks": blockers(checked),
        "messages": objections(checked),
    }
