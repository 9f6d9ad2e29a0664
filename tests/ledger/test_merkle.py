"""The tree against a plain recursion over the leaves, for every size up to 33."""

from __future__ import annotations

import hashlib

import pytest

from backread.ledger import merkle

SIZES = range(1, 34)


def leaf(number: int) -> bytes:
    """The bytes of one entry."""
    return f"entry {number}".encode()


def plainly(leaves: list[bytes]) -> bytes:
    """RFC 9162, 2.1.1, as it stands there."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + plainly(leaves[:k]) + plainly(leaves[k:])).digest()


class Stored:
    """Nodes as rows would keep them, counting what is read."""

    def __init__(self, size: int) -> None:
        self.rows: dict[tuple[int, int], bytes] = {}
        self.reads = 0
        for number in range(size):
            for node in merkle.append(self, number, leaf(number)):
                assert (node.level, node.index) not in self.rows
                self.rows[node.level, node.index] = node.hash

    def __call__(self, level: int, index: int) -> bytes:
        self.reads += 1
        return self.rows[level, index]


def test_roots_are_those_of_the_plain_recursion() -> None:
    nodes = Stored(33)
    assert [merkle.root(nodes, n) for n in range(34)] == [
        plainly([leaf(i) for i in range(n)]) for n in range(34)
    ]


def test_every_leaf_is_proven_and_nothing_else() -> None:
    nodes = Stored(33)
    for size in SIZES:
        root = merkle.root(nodes, size)
        for index in range(size):
            proof = merkle.inclusion(nodes, index, size)
            assert merkle.holds_inclusion(leaf(index), index, size, proof, root)
            assert not merkle.holds_inclusion(b"forged", index, size, proof, root)
            assert not merkle.holds_inclusion(leaf(index), index + 1, size, proof, root)
            assert not merkle.holds_inclusion(leaf(index), index, size, (*proof, root), root)
            assert not proof or not merkle.holds_inclusion(leaf(index), index, size, proof[:-1], root)


def test_every_growth_is_proven_and_nothing_else() -> None:
    nodes = Stored(33)
    for new in SIZES:
        for old in range(1, new + 1):
            proof = merkle.consistency(nodes, old, new)
            before, after = merkle.root(nodes, old), merkle.root(nodes, new)
            assert merkle.holds_consistency(old, before, new, after, proof)
            assert not merkle.holds_consistency(old, b"\0" * 32, new, after, proof)
            assert not merkle.holds_consistency(old, before, new, b"\0" * 32, proof)
            assert not merkle.holds_consistency(old, before, new, after, (*proof, before))
            assert not proof or not merkle.holds_consistency(old, before, new, after, proof[:-1])


def test_an_append_costs_the_logarithm() -> None:
    nodes = Stored(4_095)
    nodes.reads = 0
    assert len(merkle.append(nodes, 4_095, leaf(4_095))) == 13
    assert nodes.reads == 12
    nodes.reads = 0
    merkle.inclusion(nodes, 1_000, 4_095)
    assert nodes.reads < 80


@pytest.mark.parametrize(("index", "size"), [(-1, 4), (4, 4), (0, 0)])
def test_no_proof_outside_the_tree(index: int, size: int) -> None:
    assert not merkle.holds_inclusion(leaf(0), index, size, (), merkle.EMPTY)
    with pytest.raises(ValueError, match="no leaf"):
        merkle.inclusion(Stored(4), index, size)


@pytest.mark.parametrize(("old", "new"), [(0, 4), (5, 4)])
def test_no_growth_from_nothing_or_backwards(old: int, new: int) -> None:
    assert not merkle.holds_consistency(old, merkle.EMPTY, new, merkle.EMPTY, ())
    with pytest.raises(ValueError, match="no consistency"):
        merkle.consistency(Stored(4), old, new)
