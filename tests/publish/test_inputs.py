"""Whatever a page shows is in the digest of what it is made from: a field that is left out would leave an old page standing."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest

from backread.ledger.receipt import Kept, Remains
from backread.publish.inputs import inputs_of
from backread.publish.listed import Told
from backread.publish.record import (
    Earlier,
    Evidence,
    Excerpt,
    Outlet,
    Past,
    PublicRecord,
    Standing,
)
from backread.values.canonical import digest_of
from backread.values.capture import Passage
from backread.values.finding import Basis
from backread.values.publication import Withdrawal, WithdrawalKind
from backread.values.source import Terms
from publish.made import MEMO, NOW, OUTLET, RIVAL, desk, kept

RECEIPT = digest_of(b"receipt")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> PublicRecord:
    """One public record with everything a record can have."""
    made = desk(tmp_path_factory.mktemp("home")).publish()
    earlier = replace(made.publication, digest=digest_of(b"1"), not_before=NOW - timedelta(hours=1), correction="It is 148.")  # fmt: skip
    gone = Withdrawal(
        outlet=OUTLET.id, publication=made.publication.id, kind=WithdrawalKind.RETRACT, by="ada", by_name="Ada",
        reason="It was not so.", at=NOW,
    )  # fmt: skip
    both = (kept(MEMO), kept(RIVAL).remains)
    return replace(made, past=(Past(publication=earlier),), withdrawal=gone, sources=both)


def other(value: Any) -> Any:
    """Another value of the same sort."""
    found: dict[Any, Any] = {
        Standing.PROVEN: Standing.OVERRIDDEN, Terms.PUBLIC_RECORD: Terms.WIRE, Terms.NEWSROOM: Terms.WIRE, WithdrawalKind.RETRACT: WithdrawalKind.TAKEDOWN,
        Basis.VERBATIM: Basis.NONE, Basis.ENTAILED: Basis.NONE,
    }  # fmt: skip
    if value in list(found):
        return found[value]
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return f"{value}x" if len(value) != 64 else digest_of(b"other")
    if isinstance(value, tuple):
        return value[:-1] if value else ("x",)
    return value + timedelta(seconds=1)


def changed(record: PublicRecord, sort: type, name: str) -> PublicRecord:
    """The record with one field of its first evidence, excerpt, source, earlier publication or withdrawal changed."""
    if sort is Evidence:
        first = record.evidence[0]
        return replace(record, evidence=(replace(first, **{name: other(getattr(first, name))}), *record.evidence[1:]))  # fmt: skip
    if sort is Excerpt:
        first, excerpt = record.evidence[0], record.evidence[0].excerpts[0]
        if name == "passage":
            new = replace(excerpt, passage=Passage(capture=excerpt.passage.capture, start=0, text="Another."))
        else:
            new = replace(excerpt, **{name: other(getattr(excerpt, name))})
        return replace(record, evidence=(replace(first, excerpts=(new,)), *record.evidence[1:]))
    if sort in (Kept, Remains):
        return replace(record, sources=tuple(replace(s, **{name: other(getattr(s, name))}) if isinstance(s, sort) else s for s in record.sources))  # fmt: skip
    if sort is Earlier:
        made, part = record.past[0].publication, "not_before" if name == "published" else name
        return replace(record, past=(Past(publication=replace(made, **{part: other(getattr(made, part))})),))
    assert record.withdrawal is not None
    return replace(record, withdrawal=replace(record.withdrawal, **{name: other(getattr(record.withdrawal, name))}))  # fmt: skip


HIDDEN = {
    (Withdrawal, "outlet"),
    (Withdrawal, "publication"),
    (Withdrawal, "by"),
    (Withdrawal, "key"),
    (Withdrawal, "signature"),
}
"""What no page shows: ids and signatures that the record is held together by; the builder refuses a record in which they differ."""


@pytest.mark.parametrize(
    ("sort", "name"),
    [
        pytest.param(sort, field.name, id=f"{sort.__name__} {field.name}")
        for sort in (Evidence, Excerpt, Kept, Remains, Earlier, Withdrawal)
        for field in fields(sort)
        if (sort, field.name) not in HIDDEN
    ],
)
def test_every_field_a_page_shows_counts(record: PublicRecord, sort: type, name: str) -> None:
    new = changed(record, sort, name)
    assert new != record
    made = [inputs_of(Told(record=r, copy=None), OUTLET, RECEIPT) for r in (record, new)]
    assert made[0] != made[1]


@pytest.mark.parametrize("name", [field.name for field in fields(Outlet)])
def test_everything_of_the_outlet_counts(record: PublicRecord, name: str) -> None:
    told = {"y": "Y"} if name == "topics" else other(getattr(OUTLET, name))
    made = [inputs_of(Told(record=record, copy=None), o, RECEIPT) for o in (OUTLET, replace(OUTLET, **{name: told}))]  # fmt: skip
    assert made[0] != made[1]
