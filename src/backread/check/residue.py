"""Residue: nothing of the tools that made the copy is left in it.

Chat phrases, refusals, placeholders, template brackets, markup and invisible characters have stood in print, and
each time readers learned that nobody had read the story. Every block is looked at, credit and alt text too.

What it cannot see: residue that reads like news copy. Words inside quotation marks are looked at as well: a source
may say "as an AI", but then an editor should see it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from backread.check.base import Check, Context
from backread.values.finding import Finding, Kind, Mark, Outcome, Scope, Subject

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a placeholder was left in", re.compile(r"\[\[[^\]\n]{0,80}\]\]|\{\{[^}\n]{0,80}\}\}|\{[A-Za-z_ ]{2,40}\}|<[A-Z_ ]{3,40}>|\[(?:insert|your|name|date|city|link|source|add|tk)\b[^\]\n]{0,60}\]|\bTK\s?TK\b|\bTKTK\b|lorem ipsum|\bXX+\b(?=\s|[.,])|%[sd]\b|\$\{[^}\n]{1,40}\}", re.IGNORECASE)),
    ("this is a chatbot speaking", re.compile(r"\bas an? (?:AI|artificial intelligence|large language)\b|\blanguage model\b(?=.{0,30}\b(?:i|my|cannot|can't)\b)|\bif you(?:'d| would)? (?:want|like),? (?:I|we) can\b|\b(?:here(?:'s| is)|below is) (?:a|an|the|your) (?:(?:\w+ ){0,3})(?:version|draft|article|rewrite|summary|story)\b(?=.{0,40}:)|\blet me know if you\b|\bI hope this helps\b|\b(?:would|do) you (?:like|want) me to\b|\b(?:certainly|sure|of course)!|\bfeel free to (?:ask|let me)\b|\bI(?:'d| would) be happy to\b|\b(?:word count|tone):\s", re.IGNORECASE)),
    ("this is a chatbot refusing", re.compile(r"\bI(?:'m| am) (?:sorry|unable),? (?:but )?(?:I )?(?:can(?:'|no)t|to)\b|\bI can(?:'t|not) (?:help|assist|provide|verify|browse|access|fulfill)\b|\bmy (?:knowledge cutoff|training data)\b|\bI do(?: not|n't) have (?:access to )?(?:real-time|enough information|browsing)\b", re.IGNORECASE)),
    ("words to whoever pasted the sources in", re.compile(r"\b(?:based on|according to|from|in|per) the (?:provided|supplied|given|attached|pasted|above|following) (?:\w+ )?(?:memo|text|document|article|source|context|information|material|excerpt|passage|transcript|release|report)s?\b(?! (?:by|to) )|\bthe (?:source|provided|supplied) (?:text|documents?|materials?|context|passages?) (?:says?|states?|mentions?|do(?:es)? not)\b", re.IGNORECASE)),
    ("markup was left in", re.compile(r"\*\*[^*\n]{1,200}\*\*|^#{1,6}\s|```|</?(?:p|b|i|em|strong|div|span|br|a|h[1-6]|ul|li|script|style|img|table)\b[^>\n]{0,200}>|&(?:amp|lt|gt|quot|nbsp|#\d{2,5});|\]\(https?:", re.IGNORECASE | re.MULTILINE)),
    ("a citation mark of a tool was left in", re.compile(r"【[^】\n]{0,60}】|\bturn\d+(?:search|view)\d+\b|\boaicite\b|:contentReference\b|utm_source=|\[\^?\d+\](?!\w)", re.IGNORECASE)),
    ("an invisible character was left in", re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\U000e0000-\U000e007f\ufffd\x00-\x08\x0b\x0c\x0e-\x1f]")),
)  # fmt: skip
"""What is looked for, with the words an editor is told."""


def run(subject: Subject, context: Context) -> tuple[Finding, ...]:
    """Refuted with a mark for each place where residue stands."""
    place = context.sentence(subject) if subject.scope is Scope.SENTENCE else context.block(subject)
    marks = tuple(_marks(context.story.text[place.start : place.end], place.start))
    return (CHECK.says(subject, Outcome.REFUTED if marks else Outcome.NOTHING_TO_CHECK, *marks),)


def _marks(words: str, start: int) -> Iterator[Mark]:
    for message, pattern in PATTERNS:
        for match in pattern.finditer(words.replace("’", "'")):
            yield Mark(start=start + match.start(), end=start + match.end(), message=message)


CHECK = Check(
    name="residue",
    kind=Kind.POLICY,
    version="3",
    title="Nothing of the tools that made the copy is left in it",
    run=run,
    scopes=(Scope.SENTENCE, Scope.BLOCK),
    outcomes=frozenset({Outcome.REFUTED, Outcome.NOTHING_TO_CHECK}),
)

EXAMPLES: tuple[tuple[str, tuple[str, ...], Outcome], ...] = (
    ("The [[MASCOT]] won the game.", (), Outcome.REFUTED),
    ("The Herons won the game.", (), Outcome.NOTHING_TO_CHECK),
)
"""A sentence, the captures it rests on, and the outcome: one for each it can return."""
