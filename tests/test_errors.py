"""Every stated error is one clear sentence: the thing, the step, the next move."""

import pytest

from backread import errors

TREE = [
    value
    for value in vars(errors).values()
    if isinstance(value, type) and issubclass(value, errors.BackreadError)
]


@pytest.mark.parametrize("kind", [pytest.param(kind, id=kind.__name__) for kind in TREE])
def test_one_sentence(kind):
    err = kind("minutes.pdf", step="read it", hint="Save it again and retry.")
    assert str(err) == "minutes.pdf: could not read it. Save it again and retry."


@pytest.mark.parametrize("kind", [pytest.param(kind, id=kind.__name__) for kind in TREE])
def test_the_tree_in_the_docstring_is_complete(kind):
    assert kind.__name__ in (errors.__doc__ or "")
