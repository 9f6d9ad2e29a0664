"""How well quotations and their speakers are found, on articles with annotated attributions (as in PolNeAR).

Counted are contents that are fully quoted: every stretch stands between its own quotation marks. A stretch is found
when a quotation begins and ends where it does, marks aside; precision is the share of quotations of more than
three words that overlap any annotated content. A speaker is right when the mention overlaps the annotated source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from backread.bench.clean import Scored
from backread.bench.rows import read_rows
from backread.text.speech import Speech, attribute

Stretch = tuple[int, int]


def run(path: Path | None, limit: int, scored: Scored = lambda _: None) -> Mapping[str, object]:
    """Attribute every quotation of every article. Raises BadInput for a file that holds no such rows."""
    found = spans = right = asked = answered = quotes = told = 0
    for row in read_rows(path, limit, ("id", "text", "attributions")):
        if row.get("primary") is False:
            continue
        speeches = attribute(row["text"])
        contents = [stretch for a in row["attributions"] for stretch in a["content"]]
        long = [s for s in speeches if len(s.quotation.words.split()) > 3]
        quotes += len(long)
        told += sum(any(_overlap(_of(s), stretch) for stretch in contents) for s in long)
        for number, stretch, source in quoted(row):
            spans += 1
            speech = next((s for s in speeches if _same(_of(s), stretch, row["text"])), None)
            found += speech is not None
            if not source:
                continue
            asked += 1
            answered += bool(speech and speech.speaker)
            is_right = bool(speech and speech.speaker and any(_overlap((speech.speaker.start, speech.speaker.end), s) for s in source))  # fmt: skip
            right += is_right
            scored(_row(row, number, stretch, speech, is_right))
    return {
        "n": spans,
        "span_recall": _share(found, spans),
        "span_precision": _share(told, quotes),
        "speaker_accuracy": _share(right, asked),
        "speaker_accuracy_answered": _share(right, answered),
    }


def quoted(row: Mapping[str, Any]) -> Iterator[tuple[str, Stretch, list[Stretch]]]:
    """Each stretch of fully quoted content, with the stretches of its source."""
    for number, told in enumerate(row["attributions"]):
        stretches = [tuple(stretch) for stretch in told["content"]]
        if stretches and all(is_quoted(row["text"][s:e]) for s, e in stretches):
            for place, stretch in enumerate(stretches):
                yield f"{number}.{place}", stretch, [tuple(s) for s in told["source"]]


def is_quoted(words: str) -> bool:
    """Whether words stand between one pair of quotation marks, a full stop or comma after them at most."""
    bare = words.strip()
    marks = sum(bare.count(mark) for mark in '"“”„')
    return marks == 2 and bare[0] in '"“”„' and bare.rstrip(".,;")[-1:] in '"”“'


def _of(speech: Speech) -> Stretch:
    return speech.quotation.start, speech.quotation.end


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _same(one: Stretch, other: Stretch, text: str) -> bool:
    """Equal but for marks, spaces and closing signs."""
    return _bare(one, text) == _bare(other, text)


def _bare(stretch: Stretch, text: str) -> Stretch:
    start, end = stretch
    start += len(re.match(r"[\s\"“”„…]*", text[start:end]).group())  # type: ignore[union-attr]
    return start, start + len(text[start:end].rstrip(' \u00a0\n"“”„.,;'))


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _row(row: Mapping[str, Any], number: str, stretch: Stretch, speech: Speech | None, is_right: bool) -> Mapping[str, object]:  # fmt: skip
    speaker = speech.speaker if speech else None
    return {
        "id": f"{row['id']}/{number}",
        "quotation": row["text"][stretch[0] : stretch[1]],
        "speaker": speaker.words if speaker else "",
        "score": round(speech.share, 4) if speech else 0.0,
        "outcome": "right" if is_right else "wrong" if speaker else "unanswered",
    }
