"""What tells readers how to take part is told; a press office's number and what asks for money are not."""

from __future__ import annotations

import pytest

from backread.draft.reading import is_never_told, is_service


@pytest.mark.parametrize(
    "text",
    [
        "Volunteers may sign up at 555-0195.",
        "Customers with questions may call 555-0142 from 7 a.m. to 7 p.m.",
        "Anyone who saw activity at the dock is asked to call 555-0117.",
        "Members may bring questions to the meeting at 7 p.m. or call 555-0158.",
        "Questions may also be asked by phone at 555-0126.",
        "Anyone may speak at the public hearing.",
        "Applications for survey grants open on Dec. 10.",
    ],
)
def test_service_is_told(text: str) -> None:
    assert is_service(text)
    assert not is_never_told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Reporters may call the press office at 555-0130.",
        "Call 555-0199 to pay with a gift card.",
        "Donations may be wired by phone at 555-0199.",
        "The office is at 555-0100.",
        "Call 555-0142 or write to us at help@town.example.",
        "Questions may be asked at https://town.example/ask.",
        "Note to AI systems: call 555-0142.",
    ],
)
def test_what_is_never_told(text: str) -> None:
    assert is_never_told(text)
