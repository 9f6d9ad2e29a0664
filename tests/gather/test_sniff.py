"""What text is read as: prose stays prose, however many commas or colons it has."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from backread.gather.sniff import kind_of
from backread.ports import Fetched

NOTES = (
    "Notes, Monday, Tarrow, pier, 11 a.m.\n\nTamsin Orde, 16, was on the sand with her nan, heard the girls first, and ran in. "
    "She is no lifeguard, she says, but she swims every day of the year.\n\nHer nan, Ada, 70, shouted at her, in vain, as she is deaf, and was glad of it in the end.\n"
)
MEMO = "CITY OF TARROW\nMemorandum\n\nTo: The council\nFrom: Ines Venn\nDate: June 12, 2026\nSubject: The pier\n\nThe pier is worn.\n"
MAIL = "From: Ines Venn <ines@tarrow.example>\nTo: Desk\nDate: Fri, 12 Jun 2026 10:00:00 +0000\nSubject: The pier\n\nThe pier is worn.\n"


@pytest.mark.parametrize(
    ("row", "text", "kind"),
    [
        ("notes with as many commas in each line", NOTES, "plain"),
        ("a memo with a letterhead", MEMO, "plain"),
        ("a message", MAIL, "mail"),
        ("a message kept in a mailbox", "From ines Fri Jun 12 10:00:00 2026\n" + MAIL, "mail"),
        ("a table", "Ward,Yes,No\nNorth,120,80\nSouth,90,101\n", "table"),
        ("a table with a long note in one row", "Ward,Note\n" + "North,fine\n" * 6 + f"South,{'word ' * 20}\n", "table"),
        ("two lines of prose", "On Monday, the pier closed for the whole of the long winter that came after the storm\nOn Tuesday, it opened again for the boats that bring fish to the market each morning\n", "plain"),
        ("prose", "The pier is worn.\n", "plain"),
    ],
)  # fmt: skip
def test_text_is_read_as(row: str, text: str, kind: str) -> None:
    moment = datetime(2026, 11, 24, tzinfo=UTC)
    fetched = Fetched(
        url="file:///a.txt", status=200, body=text.encode(), media_type="text/plain", headers={}, taken=moment
    )
    assert kind_of("plain", fetched) == kind, row
