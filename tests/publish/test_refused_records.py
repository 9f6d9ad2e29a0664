"""What the builder refuses: every lie a database could be made to tell, one row each, and the truth let through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from backread.errors import PublishError
from backread.ledger.entry import ActName, withdrawal_body
from backread.ledger.keys import KeyRole
from backread.ledger.receipt import Kept, Withheld
from backread.publish import verify
from backread.publish.record import PublicRecord, Standing
from backread.publish.site import build
from backread.values.canonical import digest_of
from backread.values.person import Level
from backread.values.publication import Entry, Withdrawal, WithdrawalKind
from backread.values.source import Terms
from backread.values.statement import Clause, ClauseId, Statement
from backread.values.words import Copy
from publish.made import MEMO, NOW, OUTLET, RIVAL, VOICE, Desk, desk, erased, erasure, kept, story, withdrawn

Fields = dict[str, Any]


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """One desk for all rows."""
    return desk(tmp_path_factory.mktemp("home"))


def test_a_true_record_is_let_through(ours: Desk) -> None:
    record = ours.publish()
    copy = verify.before(record, ours.trust, VOICE)
    assert copy is not None
    assert [s.text for s in copy.story.sentences] == [s.text for s in story().sentences]


def words(fields: Fields) -> None:
    """Other words under the same version."""
    fields["contents"] = Copy(story=story("Nothing happened")).contents()


def one_part(fields: Fields) -> None:
    fields["contents"] = fields["contents"] | {"byline": b'[["Somebody else"]]'}


def not_canonical(fields: Fields) -> None:
    content = fields["contents"]["body"] + b" "
    parts = dict(fields["version"].parts) | {"body": digest_of(content)}
    fields["contents"] = fields["contents"] | {"body": content}
    fields["version"] = replace(fields["version"], parts=parts)


def approval(**told: Any) -> Callable[[Fields], None]:
    def change(fields: Fields) -> None:
        fields["approvals"] = (replace(fields["approvals"][0], **told),)

    return change


def publication(**told: Any) -> Callable[[Fields], None]:
    def change(fields: Fields) -> None:
        fields["publication"] = replace(fields["publication"], **told)

    return change


def record(**told: Any) -> Callable[[Fields], None]:
    return lambda fields: fields.update(told)


def statement(change_clauses: Callable[[tuple[Clause, ...]], tuple[Clause, ...]]) -> Callable[[Fields], None]:
    def change(fields: Fields) -> None:
        fields["statement"] = Statement(clauses=change_clauses(fields["statement"].clauses))

    return change


def renamed(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    return tuple(
        replace(c, parameters={**c.parameters, "name": "Stan"})
        if c.id is ClauseId.CHECKED_AND_APPROVED
        else c
        for c in clauses
    )


def evidence(**told: Any) -> Callable[[Fields], None]:
    def change(fields: Fields) -> None:
        fields["evidence"] = (replace(fields["evidence"][0], **told), *fields["evidence"][1:])

    return change


def another_receipt(fields: Fields) -> None:
    fields["receipt"] = replace(fields["receipt"], logged=fields["receipt"].logged[:1])


AI = Clause(id=ClauseId.AI, parameters={"models": ("Lantern",), "sources": 2})


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param(words, "not those that were approved", id="other words"),
        pytest.param(one_part, "not those that were approved", id="another byline"),
        pytest.param(not_canonical, "not of this version", id="words in another form, digest and all"),
        pytest.param(approval(signature="AAAA"), "does not fit|not in the ledger", id="a forged signature"),
        pytest.param(approval(approver_name="Stan"), "rests on an approval", id="another name under the signature"),
        pytest.param(approval(digest=digest_of(b"x")), "rests on an approval", id="an approval of another digest"),
        pytest.param(approval(story="s9"), "rests on an approval", id="an approval from another story"),
        pytest.param(approval(level=Level.A), "rests on an approval", id="B dressed up as A"),
        pytest.param(record(approvals=()), "must approve", id="no approval"),
        pytest.param(approval(needed=0), "must approve", id="no approval needed"),
        pytest.param(approval(needed=2), "must approve", id="two needed, one there"),
        pytest.param(record(entries=()), "not in the ledger", id="no ledger entry"),
        pytest.param(record(entries=(b"garbage",)), "cannot be read", id="a garbled ledger entry"),
        pytest.param(publication(digest=digest_of(b"x")), "not of this version", id="a publication of another digest"),
        pytest.param(publication(correction="Better"), "corrected is not what was signed", id="a correction nobody signed"),
        pytest.param(approval(correction="Better"), "approval that is not here", id="a correction put into what was signed"),
        pytest.param(publication(not_before=NOW + timedelta(days=9)), "does not cover", id="set for after it expired"),
        pytest.param(publication(not_before=NOW - timedelta(days=9)), "does not cover", id="set for before it was approved"),
        pytest.param(statement(lambda c: (AI, *c)), "not the one that was signed", id="a clause more"),
        pytest.param(statement(lambda c: c[1:]), "how it was made", id="how it was made left out"),
        pytest.param(statement(renamed), "names an approval", id="another approver in the statement"),
        pytest.param(statement(lambda c: c[:-1]), "end with the record", id="no link to the record"),
        pytest.param(
            statement(lambda c: (*c[:-1], Clause(id=ClauseId.RECORD, parameters={"outlet": ""}))), "whose record", id="B printed as A"
        ),
        pytest.param(
            statement(lambda c: (*c[:-1], Clause(id=ClauseId.RECORD))), "whose record", id="the record's clause left empty"
        ),
        pytest.param(record(evidence=()), "its evidence", id="no evidence"),
        pytest.param(evidence(excerpts=()), "shows nothing", id="called proven, nothing shown"),
        pytest.param(evidence(standing=Standing.TAKEN_OVER), "whose or why", id="taken over by nobody"),
        pytest.param(
            evidence(standing=Standing.OVERRIDDEN, by_name="Ada", reason="so"), "counts other", id="overridden behind the statement"
        ),
        pytest.param(record(decided=b"[ ]"), "not those that were signed", id="other decisions than were signed"),
        pytest.param(record(sources=()), "names other copies", id="sources left out"),
        pytest.param(record(slug="../../etc"), "address", id="an address that climbs"),
        pytest.param(record(slug="s1-lies"), "another than that of the story", id="an address in other words"),
        pytest.param(record(topic="sport"), "topic", id="a topic the outlet does not have"),
        pytest.param(another_receipt, "receipt does not hold", id="a receipt without the publication"),
        pytest.param(
            record(
                withdrawal=Withdrawal(
                    outlet="packet", publication=digest_of(b"x"), kind=WithdrawalKind.RETRACT, by="ada", by_name="Ada", reason="so", at=NOW
                )
            ),
            "withdrawal is of another", id="another's withdrawal",
        ),
    ],
)  # fmt: skip
def test_a_lie_writes_no_file(ours: Desk, tmp_path: Path, change: Callable[[Fields], None], why: str) -> None:
    told = ours.publish(name=f"s{len(ours.entries)}", change=change)
    with pytest.raises(PublishError, match=why):
        verify.before(told, ours.trust, VOICE)
    built = build([told], tmp_path / "site", trust=ours.trust, voice=VOICE, now=NOW + timedelta(days=10))
    assert len(built.refused) == 1
    assert not [p for p in tmp_path.rglob("*") if "-line/" in str(p)]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param(approval(signature="AAAA"), "signature of Ada", id="signature"),
        pytest.param(approval(level=Level.A), "passkey", id="level"),
        pytest.param(approval(digest=digest_of(b"x")), "approval is of other words", id="digest"),
        pytest.param(record(approvals=()), "names an approval", id="statement"),
        pytest.param(publication(correction="Better"), "receipt is of another", id="receipt"),
        pytest.param(approval(nonce="again"), "receipt has other approvals", id="receipt's approvals"),
        pytest.param(statement(lambda c: c[:-1]), "another statement", id="receipt's statement"),
        pytest.param(
            statement(lambda c: (*c[:1], Clause(id=ClauseId.SECOND_APPROVAL), *c[1:])), "lacks what fills it", id="an empty clause"
        ),
    ],
)  # fmt: skip
def test_each_lie_is_seen_by_more_than_one_eye(
    ours: Desk, change: Callable[[Fields], None], why: str
) -> None:
    told = ours.publish(name=f"e{len(ours.entries)}", change=change)
    found = list(verify.wrongs(told, ours.trust, VOICE))
    assert [wrong for wrong in found if why in wrong]
    assert len(found) > 1


def test_words_in_another_form_are_not_read(ours: Desk) -> None:
    copy = Copy(story=story())
    with pytest.raises(ValueError, match="one form"):
        Copy.read(copy.contents() | {"links": b"[ ]"})
    for broken in (b"{}", b"[[1]]", b"not json", b"[" * 50_000):
        with pytest.raises(ValueError, match=r"words of a version|Expecting"):
            Copy.read(copy.contents() | {"body": broken})
    linked = Copy(story=story(), links=(("https://tern.example", "the memo"),))
    assert Copy.read(linked.contents()) == linked


GONE = Withdrawal(
    outlet="packet", publication=digest_of(b""), kind=WithdrawalKind.RETRACT, by="ada", by_name="Ada Quillfeather", reason="It was another pier.", at=NOW
)  # fmt: skip
Change = Callable[[PublicRecord], PublicRecord]


def ended(kind: WithdrawalKind = WithdrawalKind.RETRACT, **told: Any) -> Change:
    """Withdrawn, honestly but for `told`, which is changed after it was entered."""

    def change(record: PublicRecord) -> PublicRecord:
        gone = replace(GONE, kind=kind, publication=record.publication.id, at=NOW + timedelta(hours=1))
        done = withdrawn(record, gone)
        return replace(done, withdrawal=replace(done.withdrawal, **told)) if told else done

    return change


def unsigned(key: Callable[[PublicRecord], str] = lambda r: "", signature: str = "") -> Change:
    """Entered by hand with row and entry alike, and signed by nobody."""

    def change(record: PublicRecord) -> PublicRecord:
        done = ended()(record)
        assert done.withdrawal is not None
        gone = replace(done.withdrawal, reason="Ada is a liar.", key=key(record), signature=signature)
        entry = Entry(outlet=OUTLET.id, seq=99, at=gone.at, actor=gone.by, act=ActName.WITHDRAWAL, body=withdrawal_body(gone))  # fmt: skip
        return replace(done, withdrawal=gone, entries=(*record.entries, entry.content()))

    return change


def naming(what: Callable[[PublicRecord], Fields]) -> Change:
    """Taken down, and `what` is told all the same."""

    def change(record: PublicRecord) -> PublicRecord:
        return replace(ended(WithdrawalKind.TAKEDOWN)(record), **what(record))

    return change


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param(ended(), "", id="retracted as it was entered"),
        pytest.param(ended(WithdrawalKind.TAKEDOWN), "", id="taken down as it was entered"),
        pytest.param(ended(reason="Ada is a liar."), "not in the ledger", id="other words for the readers"),
        pytest.param(ended(by_name="Stan"), "not in the ledger", id="under another name"),
        pytest.param(ended(by="stan"), "not in the ledger", id="by another"),
        pytest.param(ended(at=NOW), "not in the ledger", id="dated back"),
        pytest.param(lambda r: replace(ended(WithdrawalKind.TAKEDOWN)(r), withdrawal=ended()(r).withdrawal), "not in the ledger", id="another kind"),
        pytest.param(ended(WithdrawalKind.CANCEL), "out before", id="cancelled after it was out"),
        pytest.param(unsigned(), "signed by nobody", id="entered by hand"),
        pytest.param(unsigned(lambda r: r.approvals[0].key, "AAAA"), "signed by nobody", id="entered by hand with a signature of nonsense"),
        pytest.param(unsigned(lambda r: r.approvals[0].key, "no base64"), "signed by nobody", id="entered by hand with something that is none"),
        pytest.param(unsigned(lambda r: r.receipt.keys.of(KeyRole.LOG)[0].id), "signed by nobody", id="entered by hand under the key of the log"),
        pytest.param(naming(lambda r: {"receipt": r.receipt}), "still names", id="taken down, its receipt names the captures"),
        pytest.param(naming(lambda r: {"receipt": replace(r.receipt, evidence=(kept(MEMO), *r.receipt.evidence[1:]))}), "still names", id="taken down, one capture named"),
        pytest.param(naming(lambda r: {"sources": (kept(MEMO),)}), "still names", id="taken down, its sources are listed"),
        pytest.param(naming(lambda r: {"evidence": r.evidence}), "still names", id="taken down, its passages are there"),
        pytest.param(naming(lambda r: {"receipt": replace(r.receipt, evidence=())}), "not what was approved", id="taken down, its evidence forgotten"),
        pytest.param(lambda r: erased(r, "body"), "", id="erased as it was entered"),
        pytest.param(lambda r: replace(erased(r, "body"), contents=r.contents), "are there again", id="erased, and there again"),
        pytest.param(lambda r: replace(r, contents={}), "no erasure of them", id="words lost"),
        pytest.param(lambda r: replace(erased(r, "body"), contents={}), "no erasure of them", id="more lost than was erased"),
    ],
)  # fmt: skip
def test_an_end_is_what_somebody_entered(ours: Desk, change: Change, why: str) -> None:
    told = change(ours.publish(name=f"g{len(ours.entries)}"))
    found = list(verify.wrongs(told, ours.trust, VOICE))
    assert [w for w in found if why in w] if why else found == []


def hidden(record: PublicRecord) -> PublicRecord:
    """The rival's copy was erased: neither named nor shown any more, and its entry says so."""
    entry = erasure(record, str(RIVAL.id), story="", capture=str(RIVAL.id))
    leaf = Withheld(leaf=kept(RIVAL).leaf)
    evidence = tuple(
        replace(e, excerpts=(), erased=True) if any(x.passage.capture == RIVAL.id for x in e.excerpts) else e
        for e in record.evidence
    )
    return replace(
        record,
        entries=(*record.entries, entry),
        evidence=evidence,
        sources=(record.sources[0], kept(RIVAL).remains),
        receipt=replace(record.receipt, evidence=(record.receipt.evidence[0], leaf)),
    )


def sources(**told: Any) -> Change:
    return lambda r: replace(hidden(r), sources=(r.sources[0], replace(hidden(r).sources[1], **told)))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param(hidden, "", id="as it was entered"),
        pytest.param(lambda r: replace(hidden(r), entries=r.entries), "The Inlet Observer” .* is called erased and was not", id="no entry of it"),
        pytest.param(
            lambda r: replace(hidden(r), entries=(*r.entries, erasure(r, str(RIVAL.id)))), "called erased and was not", id="an erasure of words that names it",
        ),
        pytest.param(lambda r: replace(hidden(r), sources=r.sources), "was and is named", id="its title and address are told"),
        pytest.param(sources(name="The Inlet Liar"), "not as it was signed", id="under another name"),
        pytest.param(sources(terms=Terms.PUBLIC_RECORD), "not as it was signed", id="on other terms"),
        pytest.param(sources(taken=NOW), "not as it was signed", id="seen at another time"),
        pytest.param(sources(reporter="Eve"), "not as it was signed", id="called somebody's"),
        pytest.param(sources(copy=digest_of(b"x")), "not as it was signed", id="of another copy"),
        pytest.param(lambda r: replace(hidden(r), evidence=r.evidence), "not what was approved", id="its passage is shown"),
        pytest.param(
            lambda r: replace(hidden(r), evidence=tuple(replace(e, erased=False) for e in hidden(r).evidence)),
            "called erased and was not, or was", id="a sentence that does not say so",
        ),
        pytest.param(
            lambda r: replace(r, evidence=(replace(r.evidence[0], excerpts=(), erased=True), *r.evidence[1:])),
            "called erased and was not, or was", id="a passage left out under its name",
        ),
    ],
)  # fmt: skip
def test_an_erased_copy_is_said_and_not_shown(ours: Desk, change: Change, why: str) -> None:
    told = change(ours.publish(name=f"h{len(ours.entries)}"))
    if not why:
        assert verify.before(told, ours.trust, VOICE) is not None
        return
    with pytest.raises(PublishError, match=why):
        verify.before(told, ours.trust, VOICE)


def test_an_excerpt_that_was_not_cited_is_refused(ours: Desk) -> None:
    told = ours.publish(name="s_ex".replace("_", ""))
    first = told.evidence[0]
    stray = replace(first.excerpts[0], passage=MEMO.passage(0, 9))
    spoiled = replace(told, evidence=(replace(first, excerpts=(stray,)), *told.evidence[1:]))
    with pytest.raises(PublishError, match="not what was approved"):
        verify.before(spoiled, ours.trust, VOICE)


def test_an_approval_replayed_on_another_story_is_refused(ours: Desk) -> None:
    first, second = ours.publish(name="a1"), ours.publish(name="a2")
    with pytest.raises(PublishError):
        verify.before(replace(second, approvals=first.approvals), ours.trust, VOICE)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        pytest.param({"level": Level.A}, "passkey", id="signed as A with the outlet's key"),
        pytest.param({"approved_at": NOW - timedelta(days=60), "expires_at": NOW + timedelta(days=1)}, "that time", id="before the key"),
        pytest.param({"story": "elsewhere"}, "other words", id="of another story, well signed"),
        pytest.param({"expires_at": NOW - timedelta(minutes=1)}, "does not cover", id="expired, well signed"),
        pytest.param({"evidence_root": digest_of(b"x")}, "evidence", id="of other evidence, well signed"),
        pytest.param({"needed": 2}, "1 more must approve", id="one of two, well signed"),
        pytest.param({"needed": 0}, "1 more must approve", id="nobody needed, well signed"),
    ],
)  # fmt: skip
def test_a_well_signed_approval_can_be_wrong(ours: Desk, told: dict[str, Any], why: str) -> None:
    spoiled = ours.publish(name=f"w{len(ours.entries)}", **told)
    with pytest.raises(PublishError, match=why):
        verify.before(spoiled, ours.trust, VOICE)


def test_a_key_of_somebody_else_is_no_key(ours: Desk, tmp_path: Path) -> None:
    stranger = desk(tmp_path / "stranger")
    with pytest.raises(PublishError, match="not one of this outlet"):
        verify.before(stranger.publish(), ours.trust, VOICE)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        pytest.param({"responsible": " "}, "responsible", id="nobody is responsible"),
        pytest.param({"about": ("All stories are fact-checked.",)}, "fact-checked", id="it boasts"),
        pytest.param({"name": "The Guaranteed Packet"}, "Guaranteed", id="its name boasts"),
        pytest.param({"topics": {"../x": "X"}}, "slug", id="a topic that climbs"),
    ],
)
def test_an_outlet_that_may_not_publish(ours: Desk, tmp_path: Path, told: dict[str, Any], why: str) -> None:
    trust = replace(ours.trust, outlet=replace(OUTLET, **told))
    with pytest.raises(PublishError, match=why):
        build([], tmp_path / "site", trust=trust, voice=VOICE, now=NOW)
    assert not (tmp_path / "site").exists()


def test_the_capture_of_a_listed_source_was_approved(ours: Desk) -> None:
    told = ours.publish(name="lst")
    stray = replace(told.sources[0], capture=digest_of(b"stray"))
    with pytest.raises(PublishError, match="was not approved"):
        verify.before(replace(told, sources=(*told.sources, stray)), ours.trust, VOICE)
    assert RIVAL.id in {s.capture for s in told.sources}


def changed(**told: Any) -> Change:
    """The first source told otherwise than it was signed, in page and receipt alike."""

    def change(record: PublicRecord) -> PublicRecord:
        source = replace(record.sources[0], **told)
        return replace(record, sources=(source, *record.sources[1:]))

    return change


def around(**told: str) -> Change:
    """Other words around the first passage."""

    def change(record: PublicRecord) -> PublicRecord:
        first = record.evidence[0]
        new = replace(first.excerpts[0], **told)
        return replace(
            record, evidence=(replace(first, excerpts=(new, *first.excerpts[1:])), *record.evidence[1:])
        )

    return change


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param(lambda r: r, "", id="as it was signed"),
        pytest.param(changed(name="The mayor"), "source “The mayor”", id="under another name"),
        pytest.param(changed(terms=Terms.RELEASE), "not as it was signed", id="on other terms"),
        pytest.param(changed(title="The mayor lied"), "not as it was signed", id="under another title"),
        pytest.param(changed(url="https://evil.example"), "not as it was signed", id="at another address"),
        pytest.param(changed(taken=NOW), "not as it was signed", id="seen at another time"),
        pytest.param(changed(payload=digest_of(b"x")), "not as it was signed", id="of another body"),
        pytest.param(changed(text=digest_of(b"x")), "not as it was signed", id="of another text"),
        pytest.param(changed(reporter="Eve"), "not as it was signed", id="called somebody's"),
        pytest.param(lambda r: replace(r, sources=(*r.sources, r.sources[0].remains)), "called erased", id="called erased as well"),
        pytest.param(around(before="The mayor lied. "), "words around", id="other words before a passage"),
        pytest.param(around(after=" The mayor lied."), "words around", id="other words after it"),
        pytest.param(around(before="", after=""), "words around", id="no words around it"),
    ],
)  # fmt: skip
def test_of_a_source_is_told_what_was_signed(ours: Desk, change: Change, why: str) -> None:
    told = change(ours.publish(name=f"p{len(ours.entries)}"))
    if not why:
        assert verify.before(told, ours.trust, VOICE) is not None
        return
    with pytest.raises(PublishError, match=why):
        verify.before(told, ours.trust, VOICE)


def test_of_two_notes_each_is_its_reporters(ours: Desk) -> None:
    """Both names were signed for; which note is whose was signed as well."""
    told = ours.publish(name="nt", reporter="Rhoda Pike")
    assert verify.before(told, ours.trust, VOICE) is not None
    spoiled = replace(
        told, sources=(replace(told.sources[0], name="Rhoda Pike’s other notes"), told.sources[1])
    )
    with pytest.raises(PublishError, match="not as it was signed"):
        verify.before(spoiled, ours.trust, VOICE)


def test_an_own_note_is_not_named_in_the_receipt(ours: Desk) -> None:
    told = ours.publish(name="nn", reporter="Rhoda Pike")
    named = tuple(s for s in told.sources if isinstance(s, Kept))
    with pytest.raises(PublishError, match="receipt names other copies"):
        verify.before(replace(told, receipt=replace(told.receipt, evidence=named)), ours.trust, VOICE)


@pytest.mark.parametrize(
    ("decider", "told", "why"),
    [
        pytest.param(("bo", "Bo Tamm"), "Bo Tamm", "", id="who decided and did not approve"),
        pytest.param(("bo", "Bo Tamm"), "Eve", "another word", id="under another name"),
        pytest.param(("bo", ""), "Eve", "another word", id="whose name nobody signed"),
        pytest.param(("ada", ""), "Ada Quillfeather", "", id="an approver, decided before names were signed"),
        pytest.param(("ada", ""), "Eve", "another word", id="an approver under another name"),
    ],
)  # fmt: skip
def test_a_decision_is_told_under_the_name_that_was_signed(
    ours: Desk, decider: tuple[str, str], told: str, why: str
) -> None:
    record = ours.publish(name=f"d{len(ours.entries)}", taken_over=[1], decider=decider)
    evidence = tuple(
        replace(e, by_name=told) if e.standing is Standing.TAKEN_OVER else e for e in record.evidence
    )
    spoiled = replace(record, evidence=evidence)
    if not why:
        assert verify.before(spoiled, ours.trust, VOICE) is not None
        return
    with pytest.raises(PublishError, match=why):
        verify.before(spoiled, ours.trust, VOICE)
