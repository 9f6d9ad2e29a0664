"""How a proven sentence is proven, said no more strongly than it is: word for word, its quotation, or following."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from backread.text import quotations
from backread.text.fold import find
from backread.values.capture import Capture
from backread.values.finding import Basis
from backread.values.report import Checked, State

WORD_FOR_WORD = "word for word in its source"
QUOTED = "the quoted words stand word for word, the rest follows from its sources"
FOLLOWS = "follows from its sources"
COMPUTED = "computed from its source"
_ENDS = " .,;:!?"


def proof(checked: Checked, captures: Iterable[Capture]) -> str:
    """How it is proven, as a line under the sentence; '' for one that is open or has no basis.

    The support check calls a sentence verbatim when only "she said" was put in another's words; for a reader
    that is not word for word, so the whole sentence is looked for in what it cites.
    """
    if checked.state is not State.PROVEN or not checked.basis:
        return ""
    if checked.basis is Basis.COMPUTED:
        return COMPUTED
    cited = {p.capture for p in checked.sentence.passages}
    texts = [capture.text for capture in captures if capture.id in cited]
    if _stands(checked.sentence.text, texts):
        return WORD_FOR_WORD
    quoted = quotations.find(checked.sentence.text)
    return QUOTED if quoted and all(_stands(q.words, texts) for q in quoted) else FOLLOWS


def together(unit: Sequence[Checked], captures: Iterable[Capture]) -> str:
    """The same of several sentences: "2 and 4: word for word in its source. 3: follows from its sources."."""
    captures, told = tuple(captures), {}
    for checked in unit:
        told.setdefault(proof(checked, captures), []).append(str(checked.sentence.index + 1))
    if len(told) == 1:
        (words,) = told
        return f"Each {words}." if words.startswith("follows") else f"Each of them: {words}."
    return " ".join(f"{_joined(numbers)}: {words}." for words, numbers in told.items())


def _stands(words: str, texts: Iterable[str]) -> bool:
    return any(find(words.strip(_ENDS), text) is not None for text in texts)


def _joined(numbers: Sequence[str]) -> str:
    return " and ".join(numbers) if len(numbers) < 3 else f"{', '.join(numbers[:-1])} and {numbers[-1]}"
