"""The WARC file that stands in for the web: an answer, "not changed", or no such address."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backread.adapters.replay import WarcFetch
from backread.archive.warc import record_bytes
from backread.errors import Unreachable
from backread.ports import Fetched

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DATED = "Mon, 23 Nov 2026 10:00:00 GMT"
PAGE = Fetched(url="https://pier.example/", status=200, body=b"<p>Pier</p>", media_type="text/html", headers={"etag": '"1"', "last-modified": DATED}, taken=NOON)  # fmt: skip
BARE = replace(PAGE, url="https://pier.example/bare", headers={})


@pytest.fixture
def fetch(tmp_path: Path) -> WarcFetch:
    path = tmp_path / "web.warc.gz"
    path.write_bytes(record_bytes(PAGE) + record_bytes(BARE))
    return WarcFetch(path)


@pytest.mark.parametrize(
    ("url", "held", "status"),
    [
        pytest.param(PAGE.url, {}, 200, id="first look"),
        pytest.param(PAGE.url, {"etag": '"1"'}, 304, id="the same tag"),
        pytest.param(PAGE.url, {"etag": '"0"', "last_modified": DATED}, 200, id="another tag, the same date"),
        pytest.param(PAGE.url, {"last_modified": DATED}, 304, id="the same date"),
        pytest.param(PAGE.url, {"last_modified": "Sun, 22 Nov 2026 10:00:00 GMT"}, 200, id="another date"),
        pytest.param(BARE.url, {"etag": '"1"'}, 200, id="a page without a tag"),
        pytest.param(BARE.url, {"etag": "", "last_modified": ""}, 200, id="nothing held, nothing stated"),
    ],
)
def test_answers(fetch: WarcFetch, url: str, held: dict[str, str], status: int) -> None:
    found = fetch(url, **held)
    assert found.status == status
    assert found.body == (b"" if status == 304 else b"<p>Pier</p>")


def test_what_was_not_recorded_does_not_exist(fetch: WarcFetch) -> None:
    with pytest.raises(Unreachable, match="Only what was recorded"):
        fetch("https://pier.example/other")
