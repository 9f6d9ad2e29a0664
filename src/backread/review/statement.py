"""The statement about how a story was made: which clauses the record proves, and the only place with their words.

A clause is printed when its predicate is true of the record, and never otherwise; a record that lacks
something proves less. No S1 clause: no page. What it cannot see: whether a person's declaration is true; it
prints that the person states it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from types import MappingProxyType

from backread.review.refusal import Refusal
from backread.values.canonical import Digest
from backread.values.draft import Drafter, Hand
from backread.values.person import Level
from backread.values.publication import Approval
from backread.values.statement import Clause, ClauseId, Parameter, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What the person who supplied text states: `ai` is '' for "no AI used", else what was used for what.

    `at_desk`: of words changed at the desk, not of a text that came in. `taken_back`: the change was undone, and none
    of its words are in the version.
    """

    name: str
    ai: str = ""
    at_desk: bool = False
    taken_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """A source listed with the story. `cited`: a sentence of the version rests on it. `own`: the outlet's own note,
    interview or document, by `reporter`; it is never counted as public."""

    capture: str
    name: str
    cited: bool
    own: bool = False
    reporter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A correction that stands: when it was made public, and what it says."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the ledger and the version's rows say of one version.

    `drafting` are the drafting acts in order. `first` are the sentences as the first drafter handed them over,
    `final` those of this version. `undeclared` counts sentences of the version that a person changed and declared
    nothing about; `on_word` those that were taken over or overridden. `brief_by` names who signed a brief, '' for any
    other story.
    """

    outlet: str
    drafting: tuple[Drafter, ...]
    sources: tuple[Used, ...]
    first: tuple[str, ...]
    final: tuple[str, ...]
    declarations: tuple[Declaration, ...] = ()
    undeclared: int = 0
    on_word: int = 0
    brief_by: str = ""


def signed_clauses(record: Record) -> tuple[Clause, ...]:
    """The S1* and S3* clauses that are true of `record`, in printing order; they are signed with the words.

    Where a language model drafted, or somebody declared AI, and that cannot be said, no S1* is: the others alone would tell
    less of AI than there was.
    """
    by_machine = _by_language_model(record)
    is_hushed = by_machine is None and any(d.hand is Hand.LANGUAGE_MODEL for d in record.drafting)
    is_hushed |= any(d.ai and not _can_be_said(d) for d in _standing(record))
    found = (
        by_machine,
        _by_rule_from_prose(record),
        _by_rule_from_fields(record),
        *_supplied(record),
        _brief(record),
        _own_reporting(record),
        _changed(record),
        _on_word(record),
    )
    return tuple(c for c in found if c is not None and not (is_hushed and c.id.startswith("S1")))


def printed(
    signed: Iterable[Clause],
    *,
    outlet: str,
    digest: Digest,
    approvals: Iterable[Approval],
    zone: tzinfo,
    single_editor: bool = False,
    corrections: Iterable[Corrected] = (),
) -> Statement:
    """The statement as printed: the signed clauses, then S2*, S4 and S5 from the signed acts.

    Only approvals of `digest` count, the earliest of each person. Dates are local to `zone`.
    """
    signed = tuple(signed)
    mine = _of(digest, approvals)
    # What was not checked against sources is never called checked, whatever the approver saw.
    brief = any(clause.id is ClauseId.BRIEF for clause in signed)
    made = [c for c in signed if c.id.startswith("S1")]
    changed = [c for c in signed if c.id.startswith("S3")]
    fixed = [_corrected(c, zone) for c in corrections]
    return Statement(
        clauses=(*made, *_approved(mine, zone, single_editor, brief), *changed, *fixed, _record(outlet, mine))
    )


def words(clause: Clause) -> str:
    """What a clause says: one or two plain sentences, the same in every format."""
    return _WORDS[clause.id](clause.parameters)


def top(statement: Statement) -> tuple[Clause, ...]:
    """The clauses that stand by the headline: how it was made, who approved it, the record; corrections in their own line."""
    approved = (ClauseId.CHECKED_AND_APPROVED, ClauseId.APPROVED)
    made = [c for c in statement.clauses if c.id.startswith("S1") or c.id in approved]
    record = [c for c in statement.clauses if c.id is ClauseId.RECORD]
    return (*made, *record, *(c for c in statement.clauses if c.id is ClauseId.CORRECTED))


# Predicates: each answers with the clause it proves, or None.


def _clause(id_: ClauseId, **parameters: Parameter) -> Clause:
    return Clause(id=id_, parameters=MappingProxyType(parameters))


def _language_models(record: Record) -> tuple[str, ...]:
    names = (d.language_model for d in record.drafting if d.hand is Hand.LANGUAGE_MODEL)
    return tuple(dict.fromkeys(name for name in names if name))


def _public(record: Record) -> tuple[Used, ...]:
    return tuple({used.capture: used for used in record.sources if not used.own}.values())


def _all_cited(record: Record) -> bool:
    return bool(_public(record)) and all(used.cited for used in record.sources if not used.own)


def _machine_wrote(record: Record) -> bool:
    """Whether it did, or nobody has said that it did not."""
    told = any(d.ai for d in _standing(record))
    return told or record.undeclared > 0 or any(d.hand is Hand.LANGUAGE_MODEL for d in record.drafting)


def _standing(record: Record) -> tuple[Declaration, ...]:
    return tuple(d for d in record.declarations if not d.taken_back)


def _by_language_model(record: Record) -> Clause | None:
    names = _language_models(record)
    if not names or not _all_cited(record):
        return None
    exchanges = tuple(d.exchange for d in record.drafting if d.hand is Hand.LANGUAGE_MODEL and d.exchange)
    # Signed with the words, so that a recorded exchange can be shown to be the one that wrote them.
    told: dict[str, Parameter] = {"exchanges": exchanges} if exchanges else {}
    return _clause(ClauseId.AI, models=names, sources=len(_public(record)), **told)


def _by_rule_from_prose(record: Record) -> Clause | None:
    by_rule = any(d.hand is Hand.RULE_PROSE for d in record.drafting)
    if not by_rule or _machine_wrote(record) or not _all_cited(record):
        return None
    # A language model that was asked and answered badly was used, though none of its words are.
    undone = any(d.ai and d.taken_back for d in record.declarations)
    asked: dict[str, Parameter] = {"asked": 1} if undone or any(d.fallback for d in record.drafting) else {}
    return _clause(ClauseId.RULE_PROSE, sources=len(_public(record)), **asked)


def _by_rule_from_fields(record: Record) -> Clause | None:
    by_rule = any(d.hand is Hand.RULE_FIELDS for d in record.drafting)
    if not by_rule or _machine_wrote(record) or not _all_cited(record):
        return None
    names = tuple(dict.fromkeys(used.name for used in _public(record)))
    return _clause(ClauseId.RULE_FIELDS, names=names)


def _supplied(record: Record) -> Iterable[Clause]:
    """Who supplied text, and every use of AI that somebody declares. A change without AI is told by S3 alone."""
    standing = _standing(record)
    used = {told.name for told in standing if told.ai}
    # None of its words are in the story; that there was such a change is told all the same.
    undone: dict[str, Parameter] = (
        {"undone": 1} if any(d.ai and d.taken_back for d in record.declarations) else {}
    )
    for name, ai in dict.fromkeys((d.name, d.ai) for d in standing if d.ai or not d.at_desk):
        # Whoever declares a use of AI does not state that there was none; words nobody declared deny it for everyone.
        is_denied = not ai and (name in used or record.undeclared > 0)
        if not is_denied and _can_be_said(Declaration(name=name, ai=ai)):
            yield _clause(ClauseId.SUPPLIED, name=name, ai=ai, **({} if ai else undone))


def _can_be_said(told: Declaration) -> bool:
    """Whether there is somebody to name, and neither name nor words claim what nothing here can prove."""
    return bool(told.name.strip()) and boast(told.name) is None and boast(told.ai) is None


def _brief(record: Record) -> Clause | None:
    return _clause(ClauseId.BRIEF, name=record.brief_by) if record.brief_by else None


def _own_reporting(record: Record) -> Clause | None:
    own = (used.reporter for used in record.sources if used.own and used.cited)
    names = tuple(dict.fromkeys(name for name in own if name))
    return _clause(ClauseId.OWN_REPORTING, names=names) if names else None


def _changed(record: Record) -> Clause | None:
    kept = Counter(record.first) & Counter(record.final)
    count = len(record.final) - kept.total()
    return _clause(ClauseId.CHANGED, changed=count, sentences=len(record.final)) if count else None


def _on_word(record: Record) -> Clause | None:
    return _clause(ClauseId.TAKEN_OVER, sentences=record.on_word) if record.on_word > 0 else None


def _of(digest: Digest, approvals: Iterable[Approval]) -> tuple[Approval, ...]:
    first: dict[str, Approval] = {}
    for approval in sorted(approvals, key=lambda a: a.approved_at):
        if approval.digest == digest and approval.signature:
            first.setdefault(approval.approver, approval)
    return tuple(first.values())


def _approved(approvals: tuple[Approval, ...], zone: tzinfo, single: bool, brief: bool) -> Iterable[Clause]:
    if not approvals:
        return
    # The one who saw every sentence stands first: S2a is that person's claim and nobody else's.
    lead = next((a for a in approvals if a.reviewed), approvals[0])
    id_ = ClauseId.CHECKED_AND_APPROVED if lead.reviewed and not brief else ClauseId.APPROVED
    yield _clause(id_, name=lead.approver_name, role=lead.role, date=_day(lead.approved_at, zone))
    others = [a for a in approvals if a is not lead]
    for other in others:
        yield _clause(ClauseId.SECOND_APPROVAL, name=other.approver_name)
    if single and not others:
        yield _clause(ClauseId.SINGLE_EDITOR)


def _corrected(correction: Corrected, zone: tzinfo) -> Clause:
    return _clause(ClauseId.CORRECTED, date=_day(correction.at, zone), words=correction.words)


def _record(outlet: str, approvals: tuple[Approval, ...]) -> Clause:
    # Without an approval there is no stronger claim to make than the weaker one.
    own = not approvals or any(a.level is not Level.A for a in approvals)
    return _clause(ClauseId.RECORD, outlet=outlet if own else "")


def _day(moment: datetime, zone: tzinfo) -> str:
    return moment.astimezone(UTC).astimezone(zone).date().isoformat()


# Words. Nothing else in the house says these things.

_MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")


def _date(iso: object) -> str:
    day = date.fromisoformat(str(iso))
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def _names(names: object) -> str:
    told = [str(name) for name in names] if isinstance(names, tuple | list) else [str(names)]
    if len(told) < 3:
        return " and ".join(told)
    return f"{', '.join(told[:-1])} and {told[-1]}"


def _count(number: object, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _possessive(name: object) -> str:
    return f"{name}’" if str(name).endswith("s") else f"{name}’s"


def _said(p: Mapping[str, Parameter]) -> str:
    ai = str(p["ai"])
    stated = f"AI used: {ai.rstrip('.')}" if ai else "no AI used"
    undone = " A change made with AI at the desk was undone." if p.get("undone") else ""
    return f"Text supplied by {p['name']}, who states: {stated}.{undone}"


def _said_changed(p: Mapping[str, Parameter]) -> str:
    verb = "was" if p["changed"] == 1 else "were"
    return f"{p['changed']} of {_count(p['sentences'], 'sentence')} {verb} changed at the desk."


def _said_on_word(p: Mapping[str, Parameter]) -> str:
    one = p["sentences"] == 1
    return f"{_count(p['sentences'], 'sentence')} {'rests' if one else 'rest'} on the editor’s word and {'is' if one else 'are'} marked."


def _said_corrected(p: Mapping[str, Parameter]) -> str:
    told = str(p["words"]).strip()
    return f"Corrected on {_date(p['date'])}: {told}{'' if told.endswith(('.', '!', '?', '”')) else '.'}"


def _said_record(p: Mapping[str, Parameter]) -> str:
    own = f"All this is according to {_possessive(p['outlet'])} own record. " if p["outlet"] else ""
    return f"{own}Check this record"


def _said_approved(p: Mapping[str, Parameter], how: str) -> str:
    return f"{how} by {p['name']}, {p['role']}, on {_date(p['date'])}."


_WORDS = {
    ClauseId.AI: lambda p: (
        f"Drafted with AI ({_names(p['models'])}) from {_count(p['sources'], 'public source')}, listed below."
    ),
    ClauseId.RULE_PROSE: lambda p: (
        f"Assembled by rule from {_count(p['sources'], 'public source')}; "
        + ("no words of a language model are in it." if p.get("asked") else "no language model was used.")
    ),
    ClauseId.RULE_FIELDS: lambda p: f"Written by rule from official data ({_names(p['names'])}).",
    ClauseId.SUPPLIED: _said,
    ClauseId.BRIEF: lambda p: f"A brief by {p['name']}, not checked against archived sources.",
    ClauseId.OWN_REPORTING: lambda p: f"With own reporting by {_names(p['names'])}.",
    ClauseId.CHECKED_AND_APPROVED: lambda p: _said_approved(
        p, "Checked against its sources sentence by sentence and approved"
    ),
    ClauseId.APPROVED: lambda p: _said_approved(p, "Approved"),
    ClauseId.SECOND_APPROVAL: lambda p: f"Second approval by {p['name']}.",
    ClauseId.SINGLE_EDITOR: lambda p: "One editor works alone at this outlet.",
    ClauseId.CHANGED: _said_changed,
    ClauseId.TAKEN_OVER: _said_on_word,
    ClauseId.CORRECTED: _said_corrected,
    ClauseId.RECORD: _said_record,
}

REASONS: Mapping[ClauseId, str] = MappingProxyType(
    {
        ClauseId.AI: "The drafting act is in the ledger with the name the AI service gave; every source listed is cited by a sentence.",
        ClauseId.RULE_PROSE: "The drafting act is in the ledger; no words of a language model and no declaration of one that stands are.",
        ClauseId.RULE_FIELDS: "The drafting act is in the ledger; no words of a language model and no declaration of one that stands are.",
        ClauseId.SUPPLIED: "The person was asked when the text came in, or was changed at the desk; what was stated is in the ledger. It is not proven.",
        ClauseId.BRIEF: "The story was signed as a brief.",
        ClauseId.OWN_REPORTING: "A sentence rests on the outlet’s own note, interview or document.",
        ClauseId.CHECKED_AND_APPROVED: "Each sentence stood on the approver’s screen for its reading time, as the browser told it, and the approval of exactly these words is signed.",
        ClauseId.APPROVED: "The approval of exactly these words is signed.",
        ClauseId.SECOND_APPROVAL: "Another person’s approval of exactly these words is signed.",
        ClauseId.SINGLE_EDITOR: "The outlet has set it so; the setting is in the ledger.",
        ClauseId.CHANGED: "Counted from the first draft and the words approved.",
        ClauseId.TAKEN_OVER: "Counted from the decisions signed with the words.",
        ClauseId.CORRECTED: "A later publication superseded an earlier one and said why.",
        ClauseId.RECORD: "Always printed.",
    }
)
"""Why each clause may be printed, as the page says it beside the clause."""

# What an outlet may not say of itself.

_REGULATORS = (
    r"f\.?t\.?c|f\.?c\.?c|f\.?e\.?c|s\.?e\.?c|f\.?d\.?a|federal (trade|communications|election) commission"
    r"|ofcom|ipso|press council|european commission|eu ai act|ai act|data protection authority|regulators?"
    r"|attorney general"
)
_BOASTS = re.compile(
    rf"(?P<regulator>\b({_REGULATORS})\b)"
    r"|(?P<boast>\bcertif(y|ied|ies|icate|ication)\b|\bguarant(ee|eed|ees|y)\b"
    r"|\b(fact|facts)[\s-]*check(ed|ing|s|er|ers)?\b"
    r"|\bhuman[\s-]*(written|authored|made)\b|\b(written|authored) (only |entirely |solely )?by (a )?humans?\b)",
    re.IGNORECASE,
)


def outlet_text(text: str) -> Refusal | None:
    """Whether an outlet's own text (about page, theme, footer) claims what nothing here can prove; None when it does not.

    Names of regulators, and the words certified, guaranteed, fact-checked, human-written, in any spelling
    that reads the same: case, hyphens, wide letters and invisible characters do not hide them.
    """
    found = _BOASTS.search(_plainly(text))
    if found is None:
        return None
    said = found.group()
    if found.group("regulator"):
        return Refusal(
            words=f"“{said}” names a regulator: no rule of theirs proves this site right.", target="text"
        )
    return Refusal(words=f"“{said}” claims more than the record can prove.", target="text")


def boast(text: str) -> Refusal | None:
    """Whether what a person says of a text claims what nothing here can prove; None when it does not. Unlike an outlet's
    own text it may name a regulator: one may have supplied it."""
    found = next((m for m in _BOASTS.finditer(_plainly(text)) if m.group("boast")), None)
    if found is None:
        return None
    return Refusal(words=f"“{found.group()}” claims more than the record can prove.", target="text")


def _plainly(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    seen = (c for c in folded if unicodedata.category(c) not in ("Cf", "Mn"))
    return re.sub(r"[\u2010-\u2015\u2212_]", "-", re.sub(r"\s+", " ", "".join(seen)))
