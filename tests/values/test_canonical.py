"""Canonical bytes: one value, one digest, whatever order or Unicode form it came in."""

import pytest

from backread.values.canonical import canonical_bytes, canonical_digest


@pytest.mark.parametrize(
    ("value", "content"),
    [
        pytest.param({"b": 1, "a": [True, None, "x"]}, b'{"a":[true,null,"x"],"b":1}', id="keys in order"),
        pytest.param("e\u0301", '"\u00e9"'.encode(), id="NFC"),
        pytest.param((1, "2"), b'[1,"2"]', id="tuple as list"),
    ],
)
def test_canonical_bytes(value, content):
    assert canonical_bytes(value) == content


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(1.5, id="float"),
        pytest.param({1: "x"}, id="number as key"),
        pytest.param(b"x", id="bytes"),
    ],
)
def test_refused(value):
    with pytest.raises(TypeError):
        canonical_bytes(value)


def test_digest_ignores_key_order():
    assert canonical_digest({"a": 1, "b": 2}) == canonical_digest({"b": 2, "a": 1})
