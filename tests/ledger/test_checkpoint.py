"""Signed notes and proofs: ours are read again, others are refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from backread.errors import LedgerError
from backread.ledger import checkpoint
from backread.ledger.checkpoint import Checkpoint, Proof
from backread.ledger.entry import ActName
from publish import made
from publish.made import Desk, desk


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with three entries."""
    made_desk = desk(tmp_path_factory.mktemp("home"))
    for number in range(3):
        made_desk.enter(ActName.EDIT, {"n": number}, made.NOW)
    return made_desk


def test_a_note_is_read_again_and_names_its_key(ours: Desk) -> None:
    note = ours.note()
    told = checkpoint.read(note)
    assert (told.origin, told.size) == (ours.origin, 3)
    assert checkpoint.signed_by(note, [ours.site.key, ours.log.key]) == ours.log.key
    assert checkpoint.signed_by(note, [ours.site.key]) is None
    assert note.startswith(f"{ours.origin}\n3\n")
    assert checkpoint.verifier_key(ours.origin, ours.log.key).count("+") >= 2


@pytest.mark.parametrize(
    "touch",
    [
        pytest.param(lambda n: n.replace("\n3\n", "\n4\n"), id="another size"),
        pytest.param(lambda n: n.replace("\n3\n", "\n03\n"), id="a size with a zero before"),
        pytest.param(lambda n: n.replace("/ledger\n3", "/other\n3"), id="another origin"),
        pytest.param(lambda n: n.replace("—", "-"), id="no dash"),
        pytest.param(lambda n: n.rstrip("\n"), id="cut short"),
        pytest.param(lambda n: n.split("\n\n")[0], id="no signature"),
        pytest.param(lambda n: n.replace("\n3\n", "\n3\nextra\n"), id="a line more"),
        pytest.param(lambda n: n + "x" * 200_000, id="too long"),
        pytest.param(lambda n: n.replace("— ", "— a "), id="another name signs"),
        pytest.param(lambda n: "", id="nothing"),
    ],
)
def test_a_touched_note_is_signed_by_nobody(ours: Desk, touch: Callable[[str], str]) -> None:
    assert checkpoint.signed_by(touch(ours.note()), [ours.log.key]) is None


def test_a_proof_is_read_again_and_holds(ours: Desk) -> None:
    logged = ours.proof(ours.entries[1])
    proof = Proof.parse(logged.proof)
    assert proof.text() == logged.proof
    assert proof.holds(logged.entry, checkpoint.read(proof.note))
    assert not proof.holds(ours.entries[0].content(), checkpoint.read(proof.note))


@pytest.mark.parametrize(
    "touch",
    [
        pytest.param(lambda t: t.replace("@v1", "@v2"), id="another form"),
        pytest.param(lambda t: t.replace("index 1", "index 01"), id="a zero before the index"),
        pytest.param(lambda t: t.replace("index 1", "place 1"), id="no index"),
        pytest.param(lambda t: t.replace("index 1\n", "index 1\nshort\n"), id="a hash that is none"),
        pytest.param(lambda t: t.replace("index 1\n", "index 1\nAAAA\n"), id="a hash too short"),
        pytest.param(lambda t: t.split("\n")[0], id="only its first line"),
    ],
)
def test_a_touched_proof_is_not_read(ours: Desk, touch: Callable[[str], str]) -> None:
    with pytest.raises(ValueError, match=r"proof|hash|Incorrect|padding|base64"):
        Proof.parse(touch(ours.proof(ours.entries[1]).proof))


def test_an_origin_with_a_space_signs_nothing(ours: Desk) -> None:
    with pytest.raises(LedgerError, match="checkpoint"):
        checkpoint.sign(Checkpoint(origin="two words", size=0, root=b"\0" * 32), ours.log)


def test_the_desk_keeps_its_keys(tmp_path: Path) -> None:
    assert desk(tmp_path).site.key == desk(tmp_path).site.key
