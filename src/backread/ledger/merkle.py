"""The Merkle tree over a ledger's entries: RFC 9162 hashing, with every full node stored.

Appending writes about log n nodes at most and reads as many; roots and proofs read about log n. `Nodes` answers
with the stored hash of a full subtree: level 0 is a leaf, and node (level, index) covers the leaves from
index x 2^level on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Nodes = Callable[[int, int], bytes]
"""(level, index) to 32 bytes."""

EMPTY = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A full subtree's hash, to be stored under (level, index)."""

    level: int
    index: int
    hash: bytes


def leaf_hash(content: bytes) -> bytes:
    """The hash of one entry's bytes as a leaf."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def append(nodes: Nodes, size: int, content: bytes) -> tuple[Node, ...]:
    """The nodes that become full when `content` is leaf number `size`: the leaf first, then upwards."""
    new = [Node(level=0, index=size, hash=leaf_hash(content))]
    while new[-1].index % 2:
        last = new[-1]
        joined = node_hash(nodes(last.level, last.index - 1), last.hash)
        new.append(Node(level=last.level + 1, index=last.index // 2, hash=joined))
    return tuple(new)


def root(nodes: Nodes, size: int) -> bytes:
    """The root over the first `size` leaves."""
    return _over(nodes, 0, size) if size else EMPTY


def inclusion(nodes: Nodes, index: int, size: int) -> tuple[bytes, ...]:
    """The proof that leaf `index` stands in the tree of `size`, from its sibling up. Raises ValueError outside it."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    return _path(nodes, index, 0, size)


def consistency(nodes: Nodes, old: int, new: int) -> tuple[bytes, ...]:
    """The proof that the tree of `old` leaves is the beginning of that of `new`. Raises ValueError for 0 or backwards."""
    if not 0 < old <= new:
        raise ValueError(f"no consistency from {old} to {new} leaves")
    return _grown(nodes, old, 0, new, whole=True) if old < new else ()


def holds_inclusion(content: bytes, index: int, size: int, proof: Sequence[bytes], told: bytes) -> bool:
    """Whether `proof` leads from `content` as leaf `index` to the root `told` of a tree of `size` leaves."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf_hash(content)
    for sibling in proof:
        if last == 0:
            return False
        if at % 2 or at == last:
            found = node_hash(sibling, found)
            while at % 2 == 0:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and found == told


def holds_consistency(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether `proof` shows that the tree of `old` leaves begins that of `new`."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        return False
    at, last = old - 1, new - 1
    while at % 2:
        at, last = at >> 1, last >> 1
    before = after = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if at % 2 or at == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while at and at % 2 == 0:
                at, last = at >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def _split(count: int) -> int:
    """The largest power of two below `count` (count of 2 or more)."""
    return 1 << ((count - 1).bit_length() - 1)


def _over(nodes: Nodes, start: int, end: int) -> bytes:
    count = end - start
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return nodes(level, start >> level)
    middle = start + _split(count)
    return node_hash(_over(nodes, start, middle), _over(nodes, middle, end))


def _path(nodes: Nodes, index: int, start: int, end: int) -> tuple[bytes, ...]:
    if end - start == 1:
        return ()
    middle = start + _split(end - start)
    if index < middle:
        return (*_path(nodes, index, start, middle), _over(nodes, middle, end))
    return (*_path(nodes, index, middle, end), _over(nodes, start, middle))


def _grown(nodes: Nodes, old: int, start: int, end: int, *, whole: bool) -> tuple[bytes, ...]:
    if old == end:
        return () if whole else (_over(nodes, start, end),)
    middle = start + _split(end - start)
    if old <= middle:
        return (*_grown(nodes, old, start, middle, whole=whole), _over(nodes, middle, end))
    return (*_grown(nodes, old, middle, end, whole=False), _over(nodes, start, middle))
