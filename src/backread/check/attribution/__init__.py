"""Attribution: what somebody says stays somebody's; an accusation keeps its source and says how far it has gone.

Copy goes wrong quietly: a council member's view becomes a fact, a release's praise the paper's own, "investigators
believe" is lost on the way to the headline, and a man who was charged has "killed". Four things are looked for in the
sentence's own words, outside quotations, where it names nobody who says them: words that judge or adorn, what somebody
in the source boasts, promises, blames or believes, a crowd ("critics say") with nobody named in it, and a deed or a
standing (suspected, arrested, charged, convicted) that goes further than any capture does.

Refuted only where a capture has somebody say it, or has the matter less far; what stands nowhere is undecided. What a
public record says in its own voice is not doubted; a release's own voice is its sender's.

What it cannot see: opinion in words that are on no list, a claim in other words than the source's, irony, and a fact
that should have been attributed but reads like any other. A conviction of one person hides that another has none.
"""

from __future__ import annotations

from backread.check.attribution.crowds import crowds
from backread.check.attribution.standing import standings
from backread.check.attribution.voice import beliefs, blames, boasts, effects, opinions
from backread.check.base import Check, Context, Window
from backread.check.scope import findings
from backread.values.finding import Finding, Kind, Outcome, Subject


def run(subject: Subject, context: Context) -> tuple[Finding, ...]:
    """What every claim, crowd and accusation of the sentence came to."""
    sentence = context.sentence(subject)
    return findings(CHECK, subject, [verdict for look in LOOKS for verdict in look(sentence, context)])


LOOKS = (opinions, boasts, effects, blames, beliefs, crowds, standings)
"""What is looked for, in the order an editor is told."""


CHECK = Check(
    name="attribution",
    kind=Kind.PROOF,
    version="4",
    title="What a source claims stays a claim",
    run=run,
    window=Window.STORY,
)

EXAMPLES: tuple[tuple[str, tuple[str, ...], Outcome], ...] = (
    (
        "The sensible plan was approved.",
        ("The plan was approved. Orde called it a sensible plan.",),
        Outcome.REFUTED,
    ),
    ("Milo Stark stole the boat.", ("Milo Stark, 43, was charged with theft on Monday.",), Outcome.REFUTED),
    ("The long-overdue plan was approved.", ("The plan was approved.",), Outcome.UNDECIDED),
    ("Critics say the plan costs too much.", ("The plan was approved.",), Outcome.UNDECIDED),
    (
        "Milo Stark was charged with theft.",
        ("Milo Stark, 43, was charged with theft on Monday.",),
        Outcome.SUPPORTED,
    ),
    ("The plan was approved.", ("The plan was approved.",), Outcome.NOTHING_TO_CHECK),
)
"""A sentence, the captures it rests on, and the outcome: one for each it can return."""
