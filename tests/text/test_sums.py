"""Sums done again: what gives a figure, and what does not."""

from __future__ import annotations

import pytest

from backread.text import sums
from backread.text.figures import find
from backread.text.sums import Sum

MOTORS = "$9,800, $9,100 and $8,500"


@pytest.mark.parametrize(
    ("claim", "evidence", "shown"),
    [
        pytest.param("$27,400", MOTORS, "$9,800 + $9,100 + $8,500 = $27,400", id="total"),
        pytest.param("$27,500", MOTORS, None, id="wrong total"),
        pytest.param("5 herons", "2 gulls and 3 boats", None, id="other things"),
        pytest.param("30 percent", "10 percent and 20 percent", None, id="percentages are not added"),
        pytest.param("3 days", "1 day and 48 hours", "1 day + 48 hours = 3 days", id="days and hours"),
    ],
)
def test_a_total(claim: str, evidence: str, shown: str | None) -> None:
    assert _shown(sums.total(find(claim)[0], find(evidence))) == shown


@pytest.mark.parametrize(
    ("claim", "evidence", "shown"),
    [
        pytest.param("64 homes", "212 homes and 148 homes", "212 − 148 = 64", id="difference"),
        pytest.param("65 homes", "212 homes and 148 homes", None, id="wrong difference"),
        pytest.param("24 cents", "6.42 dollars, up from 6.18 dollars", "6.42 dollars − 6.18 dollars = 24 cents", id="in cents"),
        pytest.param("about 1,500 votes", "9,480 | 7,968", "9,480 − 7,968 = 1,500", id="rounded, of a table"),
        pytest.param("more than 1,500 votes", "9,480 | 7,968", "9,480 − 7,968 = 1,500", id="at least so many"),
        pytest.param("nearly 1,500 votes", "9,480 | 7,968", None, id="not so few"),
    ],
)  # fmt: skip
def test_a_difference(claim: str, evidence: str, shown: str | None) -> None:
    assert _shown(sums.difference(find(claim)[0], find(evidence))) == shown


@pytest.mark.parametrize(
    ("claim", "told", "evidence", "adds", "shown"),
    [
        pytest.param("$18", "$230", "$310, $212 to $230", False, "$230 − $212 = $18", id="less what is told"),
        pytest.param("$19", "$230", "$310, $212 to $230", False, None, id="another"),
        pytest.param("$98", "$15", "$310, $212 to $230", False, None, id="nothing of it is told"),
        pytest.param(
            "80 crew", "58", "22 of our own and 58 from others", True, "58 + 22 = 80", id="with what is told"
        ),
        pytest.param("81 crew", "58", "22 | 58", True, None, id="another sum"),
    ],
)
def test_a_sum_bound_to_what_is_told(
    claim: str, told: str, evidence: str, adds: bool, shown: str | None
) -> None:
    bare = evidence.replace("of our own", "crew").replace("from others", "crew")
    assert _shown(sums.bound(find(claim)[0], find(bare), find(told), adds=adds)) == shown


@pytest.mark.parametrize(
    ("claim", "told", "evidence", "of_rest", "shown"),
    [
        pytest.param("25 percent", "", "31 homes of 124 homes", False, "31 of 124 is 25 percent", id="share"),
        pytest.param("60%", "1,940", "1,940 replies, 1,164 in favor, 70 minutes", False, "1,164 of 1,940 is 60%", id="of what is told"),
        pytest.param("61%", "1,940", "1,940 replies, 1,164 in favor, 70 minutes", False, None, id="another share"),
        pytest.param("60%", "", "1,940 replies, 1,164 in favor, 19 speakers", False, None, id="of many, bound to none"),
        pytest.param("close to 90%", "", "84,000 bushels, 9,000 bushels", True, "all but 9,000 of 84,000 is 90%", id="what is left"),
        pytest.param("close to 80%", "", "84,000 bushels, 9,000 bushels", True, None, id="not what is left"),
        pytest.param("about four in five", "71", "71 banded bats, 58 in all, 120 more", False, "58 of 71 is four in five", id="so many in so many"),
        pytest.param("at least half", "", "5 boats of 10 boats", False, "5 of 10 is half", id="at least, just so much"),
        pytest.param("at most half", "", "5 boats of 10 boats", False, "5 of 10 is half", id="at most, just so much"),
        pytest.param("a dozen", "", "5 boats of 10 boats", False, None, id="no share at all"),
    ],
)  # fmt: skip
def test_a_share(claim: str, told: str, evidence: str, of_rest: bool, shown: str | None) -> None:
    assert _shown(sums.share(find(claim)[0], find(evidence), find(told), of_rest=of_rest)) == shown


@pytest.mark.parametrize(
    ("claim", "told", "evidence", "grown", "shown"),
    [
        pytest.param("$300", "$10,000", "2.25% and 3.00%", False, "3.00% of $10,000 is $300", id="interest"),
        pytest.param("$301", "$10,000", "2.25% and 3.00%", False, None, id="wrong interest"),
        pytest.param("$10,300", "$10,000", "2.25% and 3.00%", True, "$10,000 and 3.00% of $10,000 is $10,300", id="with what was put in"),
        pytest.param("700,000 bushels", "1.4 million", "50 percent", False, "50 percent of 1.4 million is 700,000", id="a part of a crop"),
    ],
)  # fmt: skip
def test_a_product(claim: str, told: str, evidence: str, grown: bool, shown: str | None) -> None:
    assert _shown(sums.product(find(claim)[0], find(evidence), find(told), grown=grown)) == shown


def _shown(found: Sum | None) -> str | None:
    return found.shown if found else None
