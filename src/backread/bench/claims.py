"""Our own claims on invented documents: read from the files they are written in, split by document.

A file holds one document: its line, then passages each followed by claims, `T kind: claim` for a true one and
`F kind [the words that are false]: claim` for a false one. See the data set's card, `data/claims/README.md`.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from backread.bench.clean import Scored
from backread.bench.support import figures, judge
from backread.errors import BadInput
from backread.gather.files import read_words
from backread.values.canonical import digest_of
from backread.values.finding import Outcome

_CLAIM = re.compile(r"(?P<label>[TF]) (?P<kind>\w+)(?: \[(?P<words>.+?)\])?: (?P<claim>.+)")
_DOCUMENT = re.compile(r"document: (?P<kind>[^|]+) \| (?P<title>[^|]+) \| (?P<place>[^|]+)")
TEST, DEV = 25, 40
"""Of a hundred documents, the first 25 measure, the next 15 calibrate, the rest train."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim on one passage. `words` are what is false in it, '' in a true one; `hand` names who wrote it, `place`
    where and when the document was."""

    id: str
    document: str
    hand: str
    passage: str
    text: str
    is_true: bool
    kind: str
    words: str = ""
    place: str = ""

    @property
    def split(self) -> str:
        """ "train", "dev" or "test": by a digest of the document's name, so it never moves."""
        place = int(hashlib.sha256(self.document.encode()).hexdigest()[:8], 16) % 100
        return "test" if place < TEST else "dev" if place < DEV else "train"


def run(path: Path | None, limit: int, scored: Scored = lambda _: None) -> Mapping[str, object]:
    """How many claims there are, and how the checks judge those of the test documents. Raises BadInput for no claims."""
    there = list(read_claims(path))
    test = [claim for claim in there if claim.split == "test"][: limit or None]
    told: list[tuple[float, Outcome, bool]] = []
    wrongly: Counter[str] = Counter()
    for claim in test:
        score, outcome = judge(claim.text, claim.passage)
        told.append((score, outcome, claim.is_true))
        if outcome is not Outcome.UNDECIDED and (outcome is Outcome.SUPPORTED) is not claim.is_true:
            wrongly[claim.kind] += 1
        scored({"id": claim.id, "kind": claim.kind, "score": round(score, 4), "outcome": outcome.value, "label": int(claim.is_true)})  # fmt: skip
    decided = sum(outcome is not Outcome.UNDECIDED for _, outcome, _ in told)
    return {
        "documents": len({c.document for c in there}),
        "passages": len({(c.document, c.passage) for c in there}),
        "claims": len(there),
        "hands": len({c.hand for c in there}),
        **{f"{name}_claims": sum(c.split == name for c in there) for name in ("train", "dev", "test")},
        **figures(told),
        **_second(path, there),
        "error_of_decided": round(sum(wrongly.values()) / max(decided, 1), 4),
        "wrong_by_kind": dict(wrongly.most_common()),
    }


def _second(folder: Path | None, there: Sequence[Claim]) -> Mapping[str, object]:
    """How often a second hand, who saw no label, agreed: `second.csv` below the folder, rows of id, label, digest of the words."""
    path = (folder or Path()) / "second.csv"
    if not path.is_file():
        return {}
    told = {row[0]: row[1:] for line in read_words(path).splitlines() if len(row := line.split(",")) == 3}
    same = [
        (c, told[c.id][0]) for c in there if c.id in told and told[c.id][1] == digest_of(c.text.encode())[:12]
    ]
    agreed = sum((label == "T") is claim.is_true for claim, label in same)
    return {"second_hand": len(same), "second_hand_agrees": round(agreed / max(len(same), 1), 4)}


def read_claims(folder: Path | None) -> Iterator[Claim]:
    """Every claim below a folder, in the order of its files. Raises BadInput for none, or a line that is no claim."""
    if folder is None or not folder.is_dir():
        raise BadInput(
            str(folder or "the folder"), step="find claims", hint="Name a folder of HAND/NAME.txt."
        )
    there = sorted(folder.rglob("*.txt"))
    if not there:
        raise BadInput(str(folder), step="find claims in it", hint="It should hold HAND/NAME.txt.")
    for path in there:
        yield from _document(path)


def _document(path: Path) -> Iterator[Claim]:
    first, *lines = read_words(path).split("\n")
    told = _DOCUMENT.fullmatch(first.strip())
    if told is None:
        raise BadInput(
            f"{path}, line 1", step="read its document", hint="Write document: kind | title | place."
        )
    name = f"{path.parent.name}/{path.stem}"
    passage: list[str] = []
    number = count = 0
    for at, line in enumerate(lines, 2):
        match = _CLAIM.fullmatch(line.strip())
        if line.strip() == "passage":
            passage, number, count = [], number + 1, 0
        elif match:
            count += 1
            passed = "\n".join(passage).strip()
            yield replace(
                _claim(match, f"{name}/{number}.{count}", name, path, passed), place=told["place"].strip()
            )
        elif count and line.strip():
            raise BadInput(
                f"{path}, line {at}", step="read it as a claim", hint="Write T kind: or F kind [words]:."
            )
        else:
            passage.append(line)


def _claim(match: re.Match[str], id: str, document: str, path: Path, passage: str) -> Claim:
    return Claim(
        id=id,
        document=document,
        hand=path.parent.name,
        passage=passage,
        text=match["claim"],
        is_true=match["label"] == "T",
        kind=match["kind"],
        words=match["words"] or "",
    )
