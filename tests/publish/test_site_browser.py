"""The pages in a real browser: wide and narrow, light and dark, without script: nothing inaccessible, nothing sideways."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from backread.publish.site import build
from backread.values.publication import Withdrawal, WithdrawalKind
from publish.made import NOW, OUTLET, VOICE, desk, withdrawn

pytestmark = pytest.mark.browser
STORY = "2026/10/s1-line/"
PAGES = (
    "", STORY, f"{STORY}#e3", f"{STORY}#evidence", f"{STORY}receipt/", "2026/10/s2-line/", "corrections/", "how-we-use-ai/",
    "topics/shoreline/", "2026/10/", "404.html",
)  # fmt: skip


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a built site, served on loopback."""
    place = tmp_path_factory.mktemp("site")
    handler = partial(_Quiet, directory=str(place / "site"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    address = f"http://127.0.0.1:{server.server_port}"
    ours = desk(place / "home")
    trust = replace(ours.trust, outlet=replace(OUTLET, address=address))
    first = ours.publish(taken_over=[7], number=2, correction="It is 148, not 184.")
    second = ours.publish(name="s2")
    gone = Withdrawal(
        outlet=OUTLET.id, publication=second.publication.id, kind=WithdrawalKind.RETRACT, by="ada",
        by_name="Ada Quillfeather", reason="The memo was never adopted.", at=NOW,
    )  # fmt: skip
    built = build(
        [first, withdrawn(second, gone)],
        place / "site",
        trust=trust,
        voice=VOICE,
        now=NOW + timedelta(days=1),
    )
    assert built.refused == ()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield address
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    if not Path("/usr/bin/chromium").exists():
        pytest.skip("there is no /usr/bin/chromium")
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield found
        found.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360, 320])
def test_every_page_is_accessible_and_fits(site: str, browser: Browser, scheme: str, width: int) -> None:
    page = browser.new_page(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    found = []
    for path in PAGES:
        page.goto(f"{site}/{path}")
        result = Axe().run(page)
        found += [(path, v["id"], v["nodes"][0]["html"][:100]) for v in result.response["violations"]]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.close()
    assert found == []
    assert [url for url in asked if not url.startswith(site)] == []


def test_evidence_opens_without_script_and_moves_nothing(site: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{site}/{STORY}")
    mark = page.locator('a[href="#e3"]').first
    before = mark.bounding_box()
    assert not page.locator("#e3").is_visible()
    mark.click()
    assert (
        page.locator("#e3 mark").first.inner_text() == "In Tern County, 212 parcels lie seaward of the line."
    )
    assert before is not None
    assert mark.bounding_box() == before
    page.locator("#e3 a.shut").click()
    assert not page.locator("#e3").is_visible()
    context.close()


def test_the_statement_is_seen_with_the_headline_on_a_small_screen(site: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.goto(f"{site}/{STORY}")
    box = page.locator('[data-statement="top"] p').first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 640
    page.close()
