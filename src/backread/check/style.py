"""Style: the house's own rules, each with a reason, and what to write instead where that is safe.

Readers stumble over office talk, words said twice and praise that tells nothing; a copy chief marks them in every story.
The rules are a list in a file (style.toml), so that an outlet can read them, switch one off, or add its own in a file of
the same form (`backread check --house FILE`); each rule carries an example wrong and right, and a rule that does not tell
them apart is refused. What somebody said is never touched: quotations are left out, whatever the house would write.

A linter of others was tried for this and left (docs: decisions, house rules). What it cannot see: anything but words; a
rule knows neither grammar nor whether the word was meant. A stretch with a capital inside is taken for a name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from backread.check.base import Check, Context
from backread.check.scope import own_words
from backread.errors import BadInput
from backread.values.canonical import canonical_digest
from backread.values.finding import Finding, Kind, Mark, Outcome, Subject
from backread.values.story import BlockKind

_STEP = "read the house rules"
_LARGEST = 500_000
_NAMED = re.compile(r"(?<=[ -])[A-Z][a-z]")
"""A capital inside a stretch: a name, as in "Past History Museum"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One house rule. `use` is what to write instead, as a template of the pattern; None where an editor finds the words."""

    name: str
    pattern: re.Pattern[str]
    reason: str
    wrong: str
    right: str
    use: str | None = None
    exact: bool = False

    def places(self, words: str) -> Iterator[re.Match[str]]:
        """Where `words` break the rule. Names are passed over, but for rules that mind capitals."""
        for match in self.pattern.finditer(words):
            if match.group() and (self.exact or not _NAMED.search(match.group())):
                yield match

    def instead(self, match: re.Match[str]) -> str | None:
        """What to write for one match, with its capital kept."""
        if self.use is None:
            return None
        words = match.expand(self.use)
        return words[:1].upper() + words[1:] if match.group()[:1].isupper() else words


def read_rules(path: Path | None = None) -> tuple[Rule, ...]:
    """The house rules: ours, changed by an outlet's own file where one is named. Raises BadInput for a file that is no such list."""
    ours = _rules(tomllib.loads((files("backread.check") / "style.toml").read_text("utf-8")), "style.toml")
    if path is None:
        return ours
    told = _told(path)
    theirs, off = _rules(told, str(path)), told.get("off", [])
    known = {rule.name for rule in (*ours, *theirs)}
    if not isinstance(off, list) or not all(name in known for name in off):
        raise BadInput(str(path), step=_STEP, hint="“off” is a list of names of rules; one of them is none.")
    merged = {rule.name: rule for rule in (*ours, *theirs)}
    return tuple(rule for name, rule in merged.items() if name not in off)


def house(rules: tuple[Rule, ...]) -> Check:
    """The check by these rules. Its version names them, so that findings by other rules are not kept for it."""

    def run(subject: Subject, context: Context) -> tuple[Finding, ...]:
        """Refuted with a mark for each place that breaks a rule, and a suggestion where it is safe."""
        sentence = context.sentence(subject)
        typed = context.story.kind_of(sentence) is BlockKind.STATEMENT
        words = "" if typed else own_words(sentence, context)
        marks = tuple(_marks(words, sentence.start, rules))
        return (check.says(subject, Outcome.REFUTED if marks else Outcome.NOTHING_TO_CHECK, *marks),)

    told = canonical_digest([[r.name, r.pattern.pattern, r.use, r.reason, r.exact] for r in rules])
    check = Check(
        name="style",
        kind=Kind.ADVICE,
        version=f"1 {told[:12]}",
        title="The house's own rules, each with a reason",
        run=run,
        outcomes=frozenset({Outcome.REFUTED, Outcome.NOTHING_TO_CHECK}),
    )
    return check


def in_house(checks: Iterable[Check], rules: tuple[Rule, ...]) -> tuple[Check, ...]:
    """The same checks, with the style check by these rules."""
    return tuple(house(rules) if check.name == "style" else check for check in checks)


def _marks(words: str, start: int, rules: tuple[Rule, ...]) -> Iterator[Mark]:
    """The places in order; where two rules meet, the one that begins first and then the longer holds."""
    found = [(m.start(), -m.end(), n) for n, rule in enumerate(rules) for m in rule.places(words)]
    done = 0
    for at, end, number in sorted(found):
        if at < done:
            continue
        done, rule = -end, rules[number]
        match = next(m for m in rule.places(words) if m.start() == at)
        yield Mark(
            start=start + at, end=start + done, message=f"{rule.name}: {rule.reason}", suggestion=rule.instead(match)
        )  # fmt: skip


def _told(path: Path) -> Mapping[str, Any]:
    try:
        if path.stat().st_size > _LARGEST:
            raise BadInput(str(path), step=_STEP, hint=f"It has more than {_LARGEST:,} bytes.")
        told = tomllib.loads(path.read_text("utf-8"))
    except OSError as err:
        raise BadInput(str(path), step=_STEP, hint="Is the file there, and may it be read?") from err
    except (ValueError, RecursionError) as err:
        raise BadInput(str(path), step=_STEP, hint="It is not valid TOML in UTF-8.") from err
    if not told or set(told) - {"rules", "off"}:
        raise BadInput(
            str(path), step=_STEP, hint="It holds [[rules]] tables, a list “off”, or both, and nothing else."
        )
    return told


def _rules(told: Mapping[str, Any], thing: str) -> tuple[Rule, ...]:
    entries = told.get("rules", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise BadInput(thing, step=_STEP, hint="Each rule is a [[rules]] table.")
    return tuple(_rule(entry, thing) for entry in entries)


def _rule(entry: Mapping[str, Any], thing: str) -> Rule:
    name = str(entry.get("name", "a rule without a name"))
    words = [entry.get(key) for key in ("name", "pattern", "reason", "wrong", "right")]
    use, exact = entry.get("use"), entry.get("exact", False)
    if not all(isinstance(w, str) and w for w in words) or not isinstance(use, str | None) or not isinstance(exact, bool):  # fmt: skip
        raise BadInput(f"{thing}: {name}", step=_STEP, hint="A rule needs name, pattern, reason, wrong and right in words.")  # fmt: skip
    try:
        pattern = re.compile(entry["pattern"], 0 if exact else re.IGNORECASE)
        rule = Rule(
            name=name, pattern=pattern, reason=entry["reason"], wrong=entry["wrong"], right=entry["right"], use=use, exact=exact
        )  # fmt: skip
        shown = [rule.instead(match) for match in rule.places(rule.wrong)]
    except (re.error, IndexError) as err:
        hint = "Its pattern, or what to use instead, is no regular expression."
        raise BadInput(f"{thing}: {name}", step=_STEP, hint=hint) from err
    if not shown or any(rule.places(rule.right)):
        hint = "Its pattern must find the wrong example and leave the right one alone."
        raise BadInput(f"{thing}: {name}", step=_STEP, hint=hint)
    return rule


RULES = read_rules()
"""The rules that ship with the engine."""

CHECK = house(RULES)

EXAMPLES: tuple[tuple[str, tuple[str, ...], Outcome], ...] = (
    ("The board met in order to vote.", (), Outcome.REFUTED),
    ("“We met in order to vote,” Orde said.", (), Outcome.NOTHING_TO_CHECK),
)
"""A sentence, the captures it rests on, and the outcome: one for each it can return."""
