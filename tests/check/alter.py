"""True sentences made false in one place, the way copy goes wrong: a digit, a day, a letter of a name, a quoted word.

Run as a program over a folder of real texts it prints, for each check, how often it is wrong on sentences that
cite their own document, and how often it notices an alteration:

    python tests/check/alter.py TEXTS.jsonl.gz 300
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from backread.text import dates, figures, names, quotations
from backread.text.dates import MONTHS, WEEKDAYS, MentionKind

_END = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘(\[]?[A-Z])")
_SHORT = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|St|Gov|Sen|Sens|Rep|Reps|Lt|Gen|Col|Sgt|Jr|Sr|Rev|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec|No|U\.S|[A-Z])\.\Z"
)
_SWAPS = {"and": "or", "the": "this", "will": "may", "is": "was", "not": "always", "we": "they", "have": "had", "are": "were",
          "to": "toward", "people": "voters", "that": "which", "it": "he", "can": "must", "of": "from", "a": "one"}  # fmt: skip


def sentences(paragraph: str) -> Iterator[str]:
    """A paragraph cut roughly into sentences."""
    start = 0
    for end in _END.finditer(paragraph):
        closing = end.start() + len(end.group()) - len(end.group().lstrip("\"”’')]"))
        if not _SHORT.search(paragraph[: end.start()]):
            yield paragraph[start:closing]
            start = end.end()
    if paragraph[start:].strip():
        yield paragraph[start:]


def number(sentence: str, plain: str, luck: random.Random) -> str | None:
    """The sentence with one figure in digits changed."""
    digits = [f for f in figures.find(plain) if f.digits and re.search(r"\d", f.words)]
    if not digits:
        return None
    figure = luck.choice(digits)
    places = [figure.start + m.start() for m in re.finditer(r"\d", figure.words)]
    at = luck.choice(places)
    changed = luck.choice([d for d in "123456789" if d != sentence[at]])
    return sentence[:at] + changed + sentence[at + 1 :]


def date(sentence: str, plain: str, luck: random.Random) -> str | None:
    """The sentence with one weekday, month or day of the month changed."""
    kinds = (MentionKind.ABSOLUTE, MentionKind.WEEKDAY)
    found = [m for m in dates.find(plain) if m.kind in kinds]
    if not found:
        return None
    mention = luck.choice(found)
    words = mention.words
    if mention.kind is MentionKind.WEEKDAY:
        changed = re.sub(
            "|".join(WEEKDAYS), lambda m: luck.choice([d for d in WEEKDAYS if d != m.group()]), words
        )
    elif re.search("|".join(MONTHS), words) and luck.random() < 0.5:
        changed = re.sub(
            "|".join(MONTHS), lambda m: luck.choice([d for d in MONTHS if d != m.group()]), words
        )
    else:
        day = str(mention.day)
        changed = re.sub(
            rf"\b{day}\b", str(luck.choice([d for d in range(2, 28) if d != mention.day])), words, count=1
        )
    return sentence[: mention.start] + changed + sentence[mention.end :] if changed != words else None


def name(sentence: str, plain: str, luck: random.Random) -> str | None:
    """The sentence with two letters of a name changed over or one replaced."""
    found = [n for n in names.find(plain) if re.fullmatch(r"[A-Za-z ]{6,}", n.words)]
    if not found:
        return None
    chosen = luck.choice(found)
    places = [m.start() + 1 for m in re.finditer(r"(?<=[A-Za-z])[a-z]{3,}", chosen.words)]
    if not places:
        return None
    at = chosen.start + luck.choice(places)
    if sentence[at] != sentence[at + 1] and luck.random() < 0.5:
        return sentence[:at] + sentence[at + 1] + sentence[at] + sentence[at + 2 :]
    return sentence[:at] + luck.choice([c for c in "aeiou" if c != sentence[at]]) + sentence[at + 1 :]


def quote(sentence: str, plain: str, luck: random.Random) -> str | None:
    """The sentence with one word of a quotation replaced; bracketed words are the writer's own."""
    found = [q for q in quotations.find(sentence) if len(q.words.split()) >= 4]
    if not found:
        return None
    chosen = luck.choice(found)
    bare = re.sub(r"\[[^\]]*\]", lambda m: " " * len(m.group()), chosen.words)
    words = [m for m in re.finditer(r"[A-Za-z]+", bare) if m.start() > 0]
    swappable = [m for m in words if m.group() in _SWAPS]
    if not words:
        return None
    word = luck.choice(swappable or words)
    instead = _SWAPS.get(word.group(), "somewhat")
    start = chosen.start + word.start()
    return sentence[:start] + instead + sentence[start + len(word.group()) :]


ALTERATIONS = {"numbers": number, "dates": date, "names": name, "quotes": quote}


def measure(documents: Sequence[tuple[str, dt.date]], luck: random.Random) -> dict[str, Counter[str]]:
    """By check: sentences, those it had business in, false alarms, alterations made, and those noticed."""
    from check.stories import capture

    counts: dict[str, Counter[str]] = {name: Counter() for name in ALTERATIONS}
    for text, day in documents:
        source = capture(text, published=day)
        for paragraph in text.split("\n\n"):
            # A table's cell or a line of a menu is no sentence.
            if len(paragraph.split()) >= 4:
                _paragraph(paragraph.strip(), source, day, counts, luck)
    return counts


def _paragraph(
    paragraph: str, source: object, day: dt.date, counts: dict[str, Counter[str]], luck: random.Random
) -> None:
    from backread.check import dates as dates_check
    from backread.check import names as names_check
    from backread.check import numbers, quotes

    checks = {
        "numbers": numbers.CHECK,
        "dates": dates_check.CHECK,
        "names": names_check.CHECK,
        "quotes": quotes.CHECK,
    }
    cut = list(sentences(paragraph))
    for index, sentence in enumerate(cut):
        for kind, check in checks.items():
            told = _run(check, cut, index, paragraph, source, day)
            counts[kind]["sentences"] += 1
            bad = [f for f in told if f.blocks]
            counts[kind]["business"] += any(f.outcome.value != "nothing to check" for f in told)
            counts[kind]["false alarms"] += bool(bad)
            if bad and "-v" in sys.argv:
                for mark in bad[0].marks[:2]:
                    print(
                        kind, bad[0].outcome.value, "|", mark.message, "|", sentence[:300].replace("\n", " ")
                    )
            changed = ALTERATIONS[kind](sentence, _plain(cut, index), luck) if not bad else None
            if changed and changed != sentence:
                counts[kind]["altered"] += 1
                noticed = any(
                    f.blocks
                    for f in _run(
                        check, [*cut[:index], changed, *cut[index + 1 :]], index, paragraph, source, day
                    )
                )
                counts[kind]["noticed"] += noticed
                if not noticed and "-m" in sys.argv:
                    print("MISSED", kind, "|", changed[:300].replace("\n", " "), "| WAS", sentence[:200])


def _plain(cut: Sequence[str], index: int) -> str:
    """The sentence with what its paragraph quotes blanked out."""
    start = sum(len(s) + 1 for s in cut[:index])
    return quotations.outside(" ".join(cut))[start : start + len(cut[index])]


def _run(
    check: object, cut: Sequence[str], index: int, paragraph: str, source: object, day: dt.date
) -> tuple[object, ...]:
    from backread.check.base import Context
    from backread.values.finding import Scope, Subject
    from backread.values.story import BlockKind, Citation, Origin, Story, Words

    start = source.text.index(paragraph)  # type: ignore[attr-defined]
    at = start + paragraph.index(cut[index]) if cut[index] in paragraph else start
    size = len(cut[index]) if cut[index] in paragraph else len(paragraph)
    passage = source.passage(at, min(at + size, len(source.text)))  # type: ignore[attr-defined]
    words = [Words(text=s, citations=(Citation(passage=passage, origin=Origin.FOUND),)) for s in cut]
    story = Story.of([(BlockKind.PARAGRAPH, words)], date=day)
    context = Context(story=story, captures=(source,))  # type: ignore[arg-type]
    return check.run(Subject(scope=Scope.SENTENCE, index=index), context)  # type: ignore[attr-defined,no-any-return]


def read(path: Path, limit: int) -> list[tuple[str, dt.date]]:
    """Texts and their days from a gzipped file of JSON lines with `text` and `date`."""
    found: list[tuple[str, dt.date]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row.get("primary", True):
                found.append((row["text"], dt.date.fromisoformat(row["date"])))
            if len(found) >= limit:
                break
    return found


def main() -> None:
    """Print the table."""
    path, limit = Path(sys.argv[1]), int(sys.argv[2])
    print(
        f"{'check':9}{'sentences':>10}{'business':>9}{'false':>7}{'%':>7}{'altered':>9}{'noticed':>9}{'%':>7}"
    )
    for name, c in measure(read(path, limit), random.Random(7)).items():
        print(
            f"{name:9}{c['sentences']:>10}{c['business']:>9}{c['false alarms']:>7}{100 * c['false alarms'] / max(1, c['sentences']):>7.2f}"
            f"{c['altered']:>9}{c['noticed']:>9}{100 * c['noticed'] / max(1, c['altered']):>7.1f}"
        )


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    main()
