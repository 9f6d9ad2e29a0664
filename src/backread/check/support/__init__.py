"""Support: the sentence, word by word, follows from the passages it cites.

Copy fails readers in small ways: a dropped "not", a "may" that became "will", two names that changed places, an adjective
nobody said. So a sentence is first looked for as a rule's rendering of fields, then word for word; what is neither is laid
beside its passages word by word. Quotations, figures and dates are left to their own checks, which must agree. What nothing
covers is the question an editor is asked.

Words that stand there prove nothing where a governing word turns them ("denied", "if", "was asked to") or their order is another.

A sentence is called wrong only where one source sentence is its twin but for the word that turns it; a passage that merely
seems to say the reverse leaves it open.

What is told in other words a trained verifier reads beside its evidence, and `stack` weighs what it says with the features
that can be counted. It proves what no rule contradicts, and takes back what only stands there word by word where it is
nearly sure of the reverse. It never calls a sentence wrong.

What it cannot see: without a verifier, a paraphrase in other words (undecided, never wrong by itself); with one, the subtle
turn of a sense that it was not taught. The measured table says how often.
"""

from __future__ import annotations

from backread.check.base import Check, Context
from backread.check.scope import Stretch, cited
from backread.check.support.contradictions import contradictions
from backread.check.support.doubts import doubts
from backread.check.support.weighed import Weighed, weigh
from backread.check.support.wordwise import missing, not_so, stands_verbatim
from backread.text import forms
from backread.values.capture import Passage
from backread.values.finding import Basis, Finding, Kind, Mark, Outcome, Subject
from backread.values.story import Sentence


def run(subject: Subject, context: Context) -> tuple[Finding, ...]:
    """Supported with its basis, refuted with what the source says instead, or undecided with what nothing covers."""
    sentence = context.sentence(subject)
    stretches = cited(sentence, context)
    if not stretches:
        return (_says(subject, Outcome.UNDECIDED, _mark(sentence, "nothing kept says this")),)
    if rendered := _computed(sentence, context):
        return (
            _says(
                subject,
                Outcome.SUPPORTED,
                _mark(sentence, "follows from the fields", rendered),
                Basis.COMPUTED,
            ),
        )
    if found := stands_verbatim(sentence.text, stretches):
        mark = _mark(sentence, "stands there word for word", found)
        return (_says(subject, Outcome.SUPPORTED, mark, Basis.VERBATIM),)
    if against := contradictions(sentence, stretches):
        return (CHECK.says(subject, Outcome.REFUTED, *against),)
    return (_weighed(subject, sentence, stretches, context),)


def _weighed(
    subject: Subject, sentence: Sentence, stretches: tuple[Stretch, ...], context: Context
) -> Finding:
    """By word where nothing is against it, else by what the verifier makes of it; else the question for an editor."""
    weighed = weigh(sentence, context)
    against = doubts(sentence, stretches) or _unsaid(sentence, stretches, context)
    if not against and not weighed.refutes:
        evidence = tuple(p for p in sentence.passages if p.capture in context.by_id)
        mark = _mark(sentence, "its passages say it in this order, nothing turned", evidence)
    elif weighed.proves:
        mark = _mark(sentence, "the verifier finds it in these passages", weighed.evidence)
    else:
        marks = against if not weighed.refutes else _questioned(sentence, weighed) or against
        whole = _mark(sentence, "do these passages say this?", weighed.evidence)
        return CHECK.says(subject, Outcome.UNDECIDED, *(marks or (whole,)), permille=weighed.permille)
    return CHECK.says(subject, Outcome.SUPPORTED, mark, basis=Basis.ENTAILED, permille=weighed.permille)


def _unsaid(sentence: Sentence, stretches: tuple[Stretch, ...], context: Context) -> tuple[Mark, ...]:
    """What an editor is asked about the words that no passage has, or has in another sense."""
    spans = missing(sentence.text, stretches, context)
    turned = () if spans else not_so(sentence.text, stretches, context)
    evidence = tuple(p for p in sentence.passages if p.capture in context.by_id)
    told = [(start, end, f"no cited passage says “{sentence.text[start:end]}”") for start, end in spans]
    told += [(start, end, _in_the_way(word)) for start, end, word in turned]
    return tuple(_at(sentence, start, end, message, evidence) for start, end, message in told)


def _questioned(sentence: Sentence, weighed: Weighed) -> tuple[Mark, ...]:
    """What an editor is asked about the words at which the verifier stops."""
    return tuple(
        _at(
            sentence,
            start,
            end,
            f"the passages seem to say something else than “{sentence.text[start:end]}”",
            weighed.evidence,
        )
        for start, end in weighed.uncovered
    )


def _at(sentence: Sentence, start: int, end: int, message: str, evidence: tuple[Passage, ...]) -> Mark:
    return Mark(start=sentence.start + start, end=sentence.start + end, message=message, evidence=evidence)


def _in_the_way(word: str) -> str:
    """What an editor is told when the words are there and the sense may not be."""
    if not word:
        return "these words stand in the passages, but not together in this order: do they say this?"
    return f"the passages have “{word}” with these words: do they say this?"


def _computed(sentence: Sentence, context: Context) -> tuple[Passage, ...]:
    """The words of the fields a form's sentence was made from; empty when no form gives it."""
    if context.story.date is None:
        return ()
    found = forms.computed(sentence.text, context.cited(sentence), context.story.date, context.area)
    if found is None:
        return ()
    capture, rendered = found
    spans = {(f.start, f.end) for f in rendered.fields if 0 <= f.start < f.end <= len(capture.text)}
    return tuple(capture.passage(*span) for span in sorted(spans)) or sentence.passages


def _mark(sentence: Sentence, message: str, evidence: tuple[Passage, ...] = ()) -> Mark:
    return Mark(start=sentence.start, end=sentence.end, message=message, evidence=evidence)


def _says(subject: Subject, outcome: Outcome, mark: Mark, basis: Basis = Basis.NONE) -> Finding:
    return CHECK.says(subject, outcome, mark, basis=basis)


CHECK = Check(
    name="support",
    kind=Kind.PROOF,
    version="4",
    title="The sentence follows from the passages it cites",
    run=run,
    outcomes=frozenset({Outcome.REFUTED, Outcome.UNDECIDED, Outcome.SUPPORTED}),
)

EXAMPLES: tuple[tuple[str, tuple[str, ...], Outcome], ...] = (
    ("The pier will close on Monday.", ("The pier will close on Monday.",), Outcome.SUPPORTED),
    ("The pier will close on Monday.", ("The pier will not close on Monday.",), Outcome.REFUTED),
    ("The beloved pier will close on Monday.", ("The pier will close on Monday.",), Outcome.UNDECIDED),
)
"""A sentence, the captures it rests on, and the outcome: one for each it can return."""
