"""Histories of stories, as plain facts: from a table for the golden file, at random for the oracle."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from backread.review import statement
from backread.review.statement import Corrected, Declaration, Record, Used
from backread.values.canonical import Digest, digest_of
from backread.values.draft import Drafter, Hand
from backread.values.person import Level
from backread.values.publication import Approval
from backread.values.statement import Statement

NOW = datetime(2026, 10, 17, 2, 30, tzinfo=UTC)
ZONE = ZoneInfo("America/New_York")
WORDS = digest_of(b"these words")
RULE = Drafter(hand=Hand.RULE_PROSE, name="rule")
FIELDS = Drafter(hand=Hand.RULE_FIELDS, name="rule")
PERSON = Drafter(hand=Hand.PERSON, name="Rhoda Pike")


def machine(name: str) -> Drafter:
    """A drafting act of a language model."""
    return Drafter(hand=Hand.LANGUAGE_MODEL, name="prose", language_model=name)


def signed(name: str, *, minutes: int = 0, reviewed: bool = True, level: Level = Level.B, digest: Digest = WORDS,
           signature: str = "signed") -> Approval:  # fmt: skip
    """An approval by `name`."""
    none = Digest("0" * 64)
    return Approval(
        outlet="packet", story="s1", version=1, digest=digest, approver=name.lower(), approver_name=name, role="editor",
        level=level, evidence_root=none, checks_digest=none, decisions_digest=none, ledger_head=none, nonce=name,
        approved_at=NOW + timedelta(minutes=minutes), expires_at=NOW + timedelta(days=1), reviewed=reviewed,
        signature=signature,
    )  # fmt: skip


@dataclass(frozen=True)
class History:
    """Everything that happened to one version."""

    record: Record
    approvals: tuple[Approval, ...] = field(default=(signed("Ada Quillfeather"),))
    single: bool = False
    corrections: tuple[Corrected, ...] = ()

    def printed(self) -> Statement:
        """What the page says."""
        return statement.printed(
            statement.signed_clauses(self.record),
            outlet=self.record.outlet,
            digest=WORDS,
            approvals=self.approvals,
            zone=ZONE,
            single_editor=self.single,
            corrections=self.corrections,
        )


def public(*names: str, cited: bool = True) -> tuple[Used, ...]:
    """Public sources."""
    return tuple(Used(capture=f"c-{name}", name=name, cited=cited) for name in names)


def record(*drafting: Drafter, **told: object) -> Record:
    """A record with two public sources and three untouched sentences, unless told otherwise."""
    fields: dict[str, object] = {
        "outlet": "The Tern Packet", "drafting": drafting, "sources": public("County memo", "State page"),
        "first": ("One.", "Two.", "Three."), "final": ("One.", "Two.", "Three."),
    } | told  # fmt: skip
    return Record(**fields)  # type: ignore[arg-type]


def changed(name: str, ai: str = "", *, undone: bool = False) -> Declaration:
    """What somebody declares who changed words at the desk."""
    return Declaration(name=name, ai=ai, at_desk=True, taken_back=undone)


OTHER = ("One.", "Two, changed.", "Three.")
"""The sentences after a change of one."""
OWN = Used(capture="n1", name="Interview", cited=True, own=True, reporter="Rhoda Pike")
FIX = Corrected(at=NOW, words="The hearing is on Nov. 10, not Nov. 9")

HISTORIES: dict[str, History] = {
    "drafted by a language model": History(record(machine("Lantern 8B"))),
    "drafted by two, one source": History(record(machine("Lantern 8B"), machine("Otter"), sources=public("Memo"))),
    "drafted by a language model, a listed source not cited": History(
        record(machine("Lantern 8B"), sources=(*public("Memo"), *public("Other", cited=False)))
    ),
    "drafted by a language model from nothing": History(record(machine("Lantern 8B"), sources=())),
    "assembled by rule": History(record(RULE)),
    "assembled by rule after a refused draft": History(record(replace(RULE, fallback="It was refused."))),
    "assembled by rule from one source": History(record(RULE, sources=public("Memo"))),
    "rule first, then a language model": History(record(RULE, machine("Lantern 8B"))),
    "written by rule from fields": History(record(FIELDS, sources=public("National Weather Desk"))),
    "written by rule from three": History(record(FIELDS, sources=public("A", "B", "C"))),
    "pasted, no AI": History(record(PERSON, declarations=(Declaration(name="Rhoda Pike"),))),
    "pasted, AI used": History(record(PERSON, declarations=(Declaration(name="Rhoda Pike", ai="a chatbot for the headline."),))),
    "rule, then pasted with AI": History(record(RULE, declarations=(Declaration(name="Rhoda Pike", ai="a chatbot"),))),
    "typed and nothing declared": History(record(PERSON)),
    "changed at the desk without AI": History(record(RULE, PERSON, final=OTHER, declarations=(changed("Rhoda Pike"),))),
    "changed at the desk with AI": History(record(RULE, PERSON, final=OTHER, declarations=(changed("Rhoda Pike", "a chatbot to shorten one sentence"),))),
    "changed by two, one with AI": History(
        record(RULE, PERSON, final=OTHER, declarations=(changed("Ada Quillfeather"), changed("Rhoda Pike", "a chatbot"), changed("Ada Quillfeather")))
    ),
    "changed with AI, undone": History(record(RULE, PERSON, declarations=(changed("Rhoda Pike", "a chatbot", undone=True),))),
    "fields, changed with AI": History(record(FIELDS, PERSON, final=OTHER, declarations=(changed("Rhoda Pike", "a chatbot"),))),
    "changed at the desk, nothing declared": History(record(RULE, PERSON, final=OTHER, undeclared=1)),
    "fields, changed at the desk, nothing declared": History(record(FIELDS, PERSON, final=OTHER, undeclared=1)),
    "drafted by a language model, changed with another": History(
        record(machine("Lantern 8B"), PERSON, final=OTHER, declarations=(changed("Rhoda Pike", "a chatbot"),))
    ),
    "pasted, no AI, then changed with AI by the same": History(
        record(PERSON, final=OTHER, declarations=(Declaration(name="Rhoda Pike"), changed("Rhoda Pike", "a chatbot")))
    ),
    "pasted, no AI, then changed with AI by another": History(
        record(PERSON, final=OTHER, declarations=(Declaration(name="Rhoda Pike"), changed("Ada Quillfeather", "a chatbot")))
    ),
    "pasted, no AI, then changed with AI, undone": History(
        record(PERSON, PERSON, declarations=(Declaration(name="Rhoda Pike"), changed("Jo", "a chatbot", undone=True)))
    ),
    "pasted, no AI, then changed and nothing declared": History(
        record(PERSON, final=OTHER, declarations=(Declaration(name="Rhoda Pike"),), undeclared=1)
    ),
    "a brief": History(
        record(PERSON, declarations=(Declaration(name="Ada Quillfeather"),), brief_by="Ada Quillfeather", on_word=3, sources=()),
        approvals=(signed("Ada Quillfeather", reviewed=False),), single=True,
    ),
    "own reporting": History(record(RULE, sources=(*public("Memo"), OWN))),
    "own reporting that nothing rests on": History(record(RULE, sources=(*public("Memo"), replace(OWN, cited=False)))),
    "approved without seeing all": History(record(RULE), approvals=(signed("Ada Quillfeather", reviewed=False),)),
    "two approvals": History(record(RULE), approvals=(signed("Ada Quillfeather"), signed("Stan Merriweather", minutes=5))),
    "the second one saw all": History(
        record(RULE), approvals=(signed("Ada Quillfeather", reviewed=False), signed("Stan Merriweather", minutes=5))
    ),
    "approved twice by one": History(record(RULE), approvals=(signed("Ada Quillfeather"), signed("Ada Quillfeather", minutes=5))),
    "approval of other words": History(record(RULE), approvals=(signed("Ada Quillfeather", digest=digest_of(b"others")),)),
    "approval not signed": History(record(RULE), approvals=(signed("Ada Quillfeather", signature=""),)),
    "own key": History(record(RULE), approvals=(signed("Ada Quillfeather", level=Level.A),)),
    "one editor alone": History(record(RULE), single=True),
    "one editor alone, but two signed": History(
        record(RULE), single=True, approvals=(signed("Ada Quillfeather"), signed("Stan Merriweather", minutes=5))
    ),
    "one sentence changed": History(record(RULE, final=("One.", "Two, changed.", "Three."))),
    "two changed, one added, one on her word": History(record(RULE, final=("1.", "2.", "Three.", "4."), on_word=1)),
    "only struck": History(record(RULE, final=("One.",))),
    "two on her word": History(record(RULE, on_word=2)),
    "corrected": History(record(RULE), corrections=(FIX,)),
    "corrected twice": History(record(RULE), corrections=(FIX, Corrected(at=NOW, words="It was “the line.”"))),
    "an outlet whose name ends in s": History(record(RULE, outlet="Harbor Times")),
}  # fmt: skip
"""One history of each kind, by name."""


def at_random(dice: random.Random) -> History:
    """Any history at all, likely or not."""
    fallen = replace(RULE, fallback="It was refused.")
    drafting = [machine("Lantern 8B"), machine("Otter"), machine(""), RULE, fallen, FIELDS, PERSON]
    used = [
        Used(
            capture=f"c{dice.randrange(5)}", name=dice.choice("ABC"), cited=dice.random() < 0.9,
            own=dice.random() < 0.25, reporter=dice.choice(["Rhoda Pike", "Ada", ""]),
        )
        for _ in range(dice.randrange(5))
    ]  # fmt: skip
    told = [
        Declaration(
            name=dice.choice(["Rhoda Pike", "Ada", ""]), ai=dice.choice(["", "", "a chatbot"]),
            at_desk=dice.random() < 0.5, taken_back=dice.random() < 0.25,
        )
        for _ in range(dice.choice([0, 0, 0, 1, 2, 3]))
    ]  # fmt: skip
    made = record(
        *dice.sample(drafting, dice.randrange(4)),
        sources=tuple(used),
        declarations=tuple(told),
        undeclared=dice.choice([0, 0, 0, 1]),
        first=tuple(dice.choice("abcde") for _ in range(dice.randrange(6))),
        final=tuple(dice.choice("abcde") for _ in range(dice.randrange(6))),
        on_word=dice.choice([0, 0, 1, 2]),
        brief_by=dice.choice(["", "", "Ada"]),
    )
    approvals = tuple(
        signed(
            dice.choice(["Ada", "Stan", "Rhoda"]), minutes=dice.randrange(60), reviewed=dice.random() < 0.5,
            level=dice.choice(list(Level)), digest=dice.choice([WORDS, WORDS, digest_of(b"others")]),
            signature=dice.choice(["signed", "signed", ""]),
        )
        for _ in range(dice.randrange(4))
    )  # fmt: skip
    fixes = tuple(FIX for _ in range(dice.choice([0, 0, 1, 2])))
    return History(made, approvals=approvals, single=dice.random() < 0.3, corrections=fixes)
