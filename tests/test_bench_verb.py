"""`backread bench` finds its commands by name, and says which there are."""

import pytest

from backread.errors import BadInput
from backread.verbs.bench import BENCHES, find


@pytest.mark.parametrize("name", BENCHES)
def test_listed_benches_exist(name):
    assert callable(find(name))


def test_an_unknown_name_lists_those_there_are():
    with pytest.raises(BadInput, match=r"There are: .*speed"):
        find("nope")
