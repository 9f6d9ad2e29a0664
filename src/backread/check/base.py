"""What every check is: a name, a kind, what it looks at, how far it reads, and a function that always answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from backread.ports import Verifier
from backread.values.area import Area
from backread.values.capture import Capture, CaptureId, by_id
from backread.values.finding import Basis, Finding, Kind, Mark, Outcome, Scope, Subject
from backread.values.picture import Picture, Provenance
from backread.values.story import Block, Sentence, Story


class Window(StrEnum):
    """How much around its subject a check reads; what it reads decides when its finding is stale."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    STORY = "story"


@dataclass(frozen=True, kw_only=True)
class Context:
    """Everything a check may look at. Nothing here changes while checks run.

    `captures` are the dossier's: what a sentence may rest on. `area` is None when no coverage area was
    given. `outlet` holds the outlet's own names, which are no evidence. `provenances` tells by file name how a
    picture came to be, for the files that are there.
    """

    story: Story
    captures: tuple[Capture, ...]
    area: Area | None = None
    verifier: Verifier | None = None
    pictures: tuple[Picture, ...] = ()
    outlet: tuple[str, ...] = ()
    provenances: Mapping[str, Provenance] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> Mapping[CaptureId, Capture]:
        """The captures by id."""
        return by_id(self.captures)

    def sentence(self, subject: Subject) -> Sentence:
        """The sentence a subject names."""
        return self.story.sentences[subject.index]

    def block(self, subject: Subject) -> Block:
        """The block a subject names."""
        return self.story.blocks[subject.index]

    def cited(self, sentence: Sentence) -> tuple[Capture, ...]:
        """The captures a sentence cites that exist, each once, in order."""
        ids = dict.fromkeys(p.capture for p in sentence.passages)
        return tuple(self.by_id[i] for i in ids if i in self.by_id)


Run = Callable[[Subject, Context], tuple[Finding, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check. `version` changes whenever its answers may; `run` is never silent.

    `built` is False for a check that is listed but cannot run yet: it answers undecided, as advice, and is
    never counted as run.
    """

    name: str
    kind: Kind
    version: str
    title: str
    run: Run
    scopes: tuple[Scope, ...] = (Scope.SENTENCE,)
    window: Window = Window.SENTENCE
    outcomes: frozenset[Outcome] = field(default_factory=lambda: frozenset(Outcome))
    built: bool = True

    def says(
        self,
        subject: Subject,
        outcome: Outcome,
        *marks: Mark,
        basis: Basis = Basis.NONE,
        permille: int | None = None,
    ) -> Finding:
        """A finding of this check."""
        return Finding(
            check=self.name, kind=self.kind, subject=subject, outcome=outcome, marks=marks, basis=basis, permille=permille,
        )  # fmt: skip


def not_built(name: str, title: str) -> Check:
    """A place kept for a check that comes later; its answer is advice and counts as not run."""

    def run(subject: Subject, context: Context) -> tuple[Finding, ...]:
        return (Finding(check=name, kind=Kind.ADVICE, subject=subject, outcome=Outcome.UNDECIDED),)

    return Check(
        name=name, kind=Kind.ADVICE, version="0", title=title, run=run, scopes=(Scope.STORY,), built=False
    )
