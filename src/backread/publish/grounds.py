"""What the sentences of a page rest on, held to what was signed with them: sources, passages, and people's word.

Whatever a page tells of a source stands in its leaf, which the approval signs; whatever it tells of a decision stands in
the decisions, which the approval signs too. A row that says another thing makes another digest, and no page.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache

from backread.ledger.receipt import Kept, Shown
from backread.publish.record import Evidence, Excerpt, PublicRecord, Standing
from backread.values.canonical import Digest, digest_of
from backread.values.decision import Act, decision_key
from backread.values.publication import Version
from backread.values.source import Terms
from backread.values.statement import Clause, ClauseId
from backread.values.words import Copy

BRIEF = "A brief, signed as a whole."
"""Why the sentences of a brief stand on a person's word."""
ON_WORD: Mapping[str, Standing] = {Act.TAKE_OVER: Standing.TAKEN_OVER, Act.OVERRIDE: Standing.OVERRIDDEN}
"""The decisions after which a sentence stands on a person's word, and how."""
NOTE = "note:"
"""How the address of an own note begins."""


def wrongs(record: PublicRecord, copy: Copy, gone: frozenset[str]) -> Iterable[str]:
    """Everything about the evidence of `record` that does not fit, in words; `gone` are the captures whose erasure was
    signed and is in the ledger, by id. The receipt was held to the approvals before."""
    if [e.sentence for e in record.evidence] != [s.index for s in copy.story.sentences]:
        yield "not every sentence has its evidence"
        return
    yield from _bad_sources(record, gone)
    for evidence, sentence in zip(record.evidence, copy.story.sentences, strict=True):
        listed = {s.capture: s for s in record.sources}
        passages = {p: str(p.capture) in gone for p in sentence.passages}
        shown = {excerpt.passage for excerpt in evidence.excerpts}
        number, lost = sentence.index + 1, any(passages.values())
        if not shown <= {p for p in passages if not passages[p] and str(p.capture) in listed}:
            yield f"the evidence of sentence {number} is not what was approved"
        elif not all(
            _is_whole(excerpt, listed[str(excerpt.passage.capture)]) for excerpt in evidence.excerpts
        ):
            yield f"the words around a passage of sentence {number} are not those of its copy"
        if evidence.erased != lost:
            yield f"the evidence of sentence {number} is called erased and was not, or was"
        if evidence.standing is Standing.PROVEN and not shown and not lost:
            yield f"sentence {number} is called proven and shows nothing"
        if evidence.standing is not Standing.PROVEN and not (evidence.by_name and evidence.reason):
            yield f"sentence {number} rests on somebody's word, and it is not said whose or why"
    on_word = sum(e.standing is not Standing.PROVEN for e in record.evidence)
    told = [c.parameters["sentences"] for c in record.version.clauses if c.id is ClauseId.TAKEN_OVER]
    if told != ([on_word] if on_word else []):
        yield "the statement counts other sentences taken over than there are"
    yield from _bad_decided(record, copy)


def _bad_sources(record: PublicRecord, gone: frozenset[str]) -> Iterable[str]:
    """What is told of a source is what was signed of it, to the letter: its name, terms, title, address and time."""
    for source in (s for s in record.sources if s.is_erased != (s.capture in gone)):
        yield (
            f"the source “{source.name[:80]}” (capture {source.capture[:12]}) is called erased and was not, or was and is named"
        )
    yield from _bad_own(record)
    signed = {k.leaf for k in record.receipt.evidence}
    for source in record.sources:
        if source.leaf not in signed:
            yield (
                f"what is told of the source “{source.name[:80]}” (capture {source.capture[:12]}) was not approved: its name, terms, title,"
                " address, time or copy is not as it was signed"
            )
    named = {k.leaf for k in record.receipt.evidence if isinstance(k, Kept)}
    if {s.leaf for s in record.sources if isinstance(s, Kept) and s.terms is not Terms.OWN} != named:
        yield "its receipt names other copies than the page"


def _bad_own(record: PublicRecord) -> Iterable[str]:
    """Of own reporting only whose it is may be told, and that was signed; what is called otherwise would be shown."""
    if any(
        s.url.startswith(NOTE) and s.terms is not Terms.OWN for s in record.sources if isinstance(s, Kept)
    ):
        yield "an own note is called something else"
    told = {n for c in record.version.clauses if c.id is ClauseId.OWN_REPORTING for n in _names(c)}
    own = {s.reporter for s in record.sources if s.terms is Terms.OWN and s.reporter}
    is_whole = not any(s.is_erased for s in record.sources)
    if own - told or (is_whole and told - own):
        yield "its own reporting is not by those who were signed for"


def _names(clause: Clause) -> tuple[str, ...]:
    names = clause.parameters.get("names", ())
    return names if isinstance(names, tuple) else ()


def _is_whole(excerpt: Excerpt, source: Shown) -> bool:
    """Whether the passage with the words around it is the text that was signed, and stands where it was cited."""
    whole = f"{excerpt.before}{excerpt.passage.text}{excerpt.after}"
    at_its_place = len(excerpt.before) == excerpt.passage.start
    return isinstance(source, Kept) and at_its_place and _digest(whole) == source.text


@lru_cache(maxsize=64)
def _digest(text: str) -> Digest:
    # A story cites one copy many times.
    return digest_of(text.encode())


def _bad_decided(record: PublicRecord, copy: Copy) -> Iterable[str]:
    """Whose word a sentence stands on, and why, is what that one said, and was signed with the words."""
    rests = next((a for a in record.approvals if a.id == record.publication.approval), None)
    if rests is None or digest_of(record.decided) != rests.decisions_digest:
        yield "the decisions on its sentences are not those that were signed"
        return
    approvers = {a.approver: a.approver_name for a in record.approvals}
    author = brief_by(record.version)
    decided = {d["key"]: d for d in json.loads(record.decided)}
    for evidence, sentence in zip(record.evidence, copy.story.sentences, strict=True):
        if evidence.standing is Standing.PROVEN and author is None:
            continue
        d = decided.get(decision_key(sentence), {})
        # A decision of before says by whom, not under which name; an approver's name was signed all the same.
        name = d.get("by_name") or approvers.get(d.get("by", ""), "")
        said = (ON_WORD.get(d.get("act", "")), d.get("reason"), name)
        if _said(evidence) != (said if author is None else (Standing.TAKEN_OVER, BRIEF, author)):
            yield f"sentence {sentence.index + 1} rests on another word than was signed"


def brief_by(version: Version) -> str | None:
    """Who signed for a brief as a whole, by the clause that was signed; None for a story that is none."""
    told = (str(c.parameters.get("name", "")) for c in version.clauses if c.id is ClauseId.BRIEF)
    return next(told, None)


def _said(evidence: Evidence) -> tuple[Standing, str, str]:
    return evidence.standing, evidence.reason, evidence.by_name
