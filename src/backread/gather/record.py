"""Structured documents of no kind we know (JSON, XML): their values as readable lines, in the document's order.

Agency sites hand out meetings as JSON or XML of their own making. What they say is kept word for word; what it
means is not guessed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from backread.gather.decode import decoded, stated_type
from backread.gather.markup import TooMuch, html_tree, local, xml_tree
from backread.gather.reading import TRUNCATED, Reading, Sheet, capture_of, one_line, tidy
from backread.gather.walk import told_flags, words_of
from backread.ports import Fetched
from backread.values.source import Source

EXTRACTOR = "record 1"
DEEPEST, MOST_LINES, LONGEST_NUMBER = 60, 50_000, 400
Line = tuple[int, str, str]


class TooDeep(ValueError):
    """JSON nested deeper than is read."""


def read(source: Source, fetched: Fetched) -> Reading:
    """One capture of a JSON or XML document's values."""
    try:
        lines = list(_of_json(load(fetched)) if is_json(fetched.body) else _of_xml(fetched))
    except (TooMuch, ValueError) as err:
        return Reading(refusal=f"The document cannot be read. {err}")
    if not any(value for _, _, value in lines):
        return Reading(refusal="The document holds no words.")
    sheet = _sheet(lines[:MOST_LINES])
    flags = told_flags(sheet.text) | frozenset({TRUNCATED} if len(lines) > MOST_LINES else ())
    capture = capture_of(source, fetched, sheet.text, EXTRACTOR, fields=tuple(sheet.fields), flags=flags)
    return Reading(captures=(capture,))


def is_json(body: bytes) -> bool:
    """Whether bytes begin as a JSON object or list."""
    return body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def load(fetched: Fetched) -> Any:
    """The JSON of a fetch. Raises ValueError (or TooDeep) with words for a refusal."""
    text = decoded(fetched.body, stated_type(fetched))
    if len(text) > 30_000_000:
        raise TooDeep("It is larger than is read as JSON.")
    if _depth(text) > DEEPEST:
        raise TooDeep(f"It is nested more than {DEEPEST} deep.")
    try:
        return json.loads(text, parse_int=_number, parse_float=_number, parse_constant=str, strict=False)
    except RecursionError as err:
        raise TooDeep("It is nested too deep.") from err
    except json.JSONDecodeError as err:
        raise ValueError(f"It is not whole JSON: it breaks off or goes wrong in line {err.lineno}.") from err


def _number(digits: str) -> str:
    """Numbers stay as they are written: nothing is rounded, and a million digits are no work."""
    return digits[:LONGEST_NUMBER]


def _depth(text: str) -> int:
    deepest = depth = 0
    in_string = escaped = False
    for char in text:
        if in_string:
            if escaped:
                escaped = False
            elif char == "\\":
                escaped = True
            elif char == '"':
                in_string = False
        elif char == '"':
            in_string = True
        elif char in "[{":
            depth += 1
            deepest = max(deepest, depth)
            if deepest > DEEPEST:
                return deepest
        elif char in "]}":
            depth -= 1
    return deepest


def _of_json(told: Any) -> Iterator[Line]:
    """(record, name, value) for every value; the entries of the outermost list are the records."""
    stack: list[tuple[Any, str, int, int]] = [(told, "", 0, 0)]
    records = 0
    while stack:
        thing, name, record, depth = stack.pop()
        if isinstance(thing, dict):
            stack.extend((value, str(key), record, depth + 1) for key, value in reversed(thing.items()))
        elif isinstance(thing, list):
            outer = record == 0 and any(isinstance(entry, dict) for entry in thing)
            numbered = [
                (e, name, records + n if outer else record, depth + 1) for n, e in enumerate(thing, 1)
            ]
            records += len(thing) if outer else 0
            stack.extend(reversed(numbered))
        elif isinstance(thing, str) and thing.strip():
            yield record, name, _plain(thing)
        elif isinstance(thing, bool):
            yield record, name, "yes" if thing else "no"


def _plain(value: str) -> str:
    if "<" in value and ">" in value:
        try:
            return words_of(html_tree(value))
        except TooMuch:
            return tidy(value)
    return tidy(value)


def _of_xml(fetched: Fetched) -> Iterator[Line]:
    root = xml_tree(fetched.body, stated_type(fetched))
    for record, child in enumerate(root, 1):
        for element in child.iter():
            name = local(element)
            if not name:
                continue
            for key, value in element.attrib.items():
                if " " in value.strip() and not value.startswith("http"):
                    yield record, one_line(str(key).rpartition("}")[2]), _plain(value)
            if (element.text or "").strip():
                yield record, name, _plain(element.text)
    if len(root) == 0 and (root.text or "").strip():
        yield 0, local(root), _plain(root.text)


def _sheet(lines: list[Line]) -> Sheet:
    sheet, last = Sheet(), 0
    for record, name, value in lines:
        if record != last and sheet.fields:
            sheet.write("\n")
        last = record
        label = one_line(name)[:60]
        sheet.state(label or "value", value, record=record, label=f"{label}: " if label else "")
    return sheet
