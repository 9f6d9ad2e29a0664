"""The desk in a real browser, on the real demo: a story settled by keyboard, approved with a code, read on the site."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from test_served import PASSWORD, Served

from newsroom.accounts import codes

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CHROMIUM = "/usr/bin/chromium"
ARGS = [
    "--no-sandbox", "--headless=new", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
SCREENS = (
    "budget/", "budget/?view=list", "wire/", "wire/?show=all", "published/", "corrections/", "sources/", "numbers/",
    "ledger/", "keys/", "stories/new/", "stories/brief/",
)  # fmt: skip
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
OTHER = {"light": "dark", "dark": "light"}
MOST_PRESSES = 20


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo newsroom as `backread newsroom run --demo` serves it."""
    room = Served(tmp_path_factory.mktemp("served") / "room")
    yield room
    if room.process.poll() is None:
        room.end(signal.SIGKILL)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"there is no {CHROMIUM}")
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield found
        found.close()


class Sitting:
    """A person before a screen: counts the keys they press, and looks at every screen for barriers."""

    def __init__(
        self, browser: Browser, served: Served, user: str, width: int, height: int, scheme: str
    ) -> None:
        self.served, self.user, self.presses = served, user, 0
        self.scheme = scheme
        self.page: Page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
        self.faults: list[str] = []
        self.page.on("pageerror", lambda err: self.faults.append(str(err)))
        self.page.on("console", self._hear)

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type == "error" and said.location["url"].startswith(self.served.desk_url):
            self.faults.append(said.text)

    def go(self, path: str) -> None:
        """Open a screen of the desk and look at it."""
        self.page.goto(f"{self.served.desk_url}/{path}")
        self.look(path)

    def look(self, name: str) -> None:
        """No barrier by day or by night, nothing sideways, no fault of a script."""
        self._ask_axe(name, RULES)
        other = OTHER[self.scheme]
        self.page.emulate_media(color_scheme=other)  # type: ignore[arg-type]
        self._ask_axe(f"{name} ({other})", COLOURS)
        self.page.emulate_media(color_scheme=self.scheme)  # type: ignore[arg-type]
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            f"{name} goes sideways"
        )
        assert self.faults == [], name

    def _ask_axe(self, name: str, rules: dict[str, object]) -> None:
        found = Axe().run(self.page, options=rules).response["violations"]
        assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == [], name

    def press(self, key: str) -> None:
        """One key, counted."""
        self.presses += 1
        self.page.keyboard.press(key)

    def sign_in(self) -> None:
        """Name and password, then the code."""
        page = self.page
        page.goto(f"{self.served.desk_url}/")
        self.look("sign in")
        page.fill("#id_login", self.user)
        page.fill("#id_password", dict(PASSWORD.findall(self.served.said.read_text()))[self.user])
        page.keyboard.press("Enter")
        page.wait_for_selector("#id_code")
        self.look("code")
        secret = codes.secret_file(self.served.home, self.user).read_text("ascii")
        page.fill("#id_code", codes.code(secret, page.evaluate("Math.floor(Date.now() / 30000)")))
        page.keyboard.press("Enter")
        page.wait_for_url("**/budget/")

    @property
    def settled(self) -> str:
        """How far the story is: "3/17"."""
        return str(self.page.evaluate("document.getElementById('main').dataset.look"))

    @property
    def is_done(self) -> bool:
        """Whether every sentence is settled."""
        done, total = self.settled.split("/")
        return done == total

    def wait_past(self, before: str) -> None:
        """Until a decision is in."""
        self.wait(lambda: self.settled != before)

    def wait(self, done: Callable[[], bool]) -> None:
        """Until `done`, asked from outside: the page's own policy lets nobody evaluate a string in it."""
        for _ in range(600):
            if done():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError("waited for half a minute")

    @property
    def had_time(self) -> bool:
        """Whether what is current has been on screen long enough to be read."""
        return self.page.locator("#stood.is-enough").count() == 1

    def scroll_until_read(self) -> None:
        """Look at every marked passage, as long as reading the sentence takes."""
        for _ in range(120):
            if self.had_time:
                return
            self.page.wait_for_timeout(250)
            if "out of view" in self.page.locator("#stood").inner_text():
                self.page.keyboard.press("Space")
        raise AssertionError("half a minute of scrolling was not enough")

    def read_by_keyboard(self) -> None:
        """Settle every sentence: a paragraph where its sentences are plainly proven, alone where they are not."""
        while not self.is_done:
            before = self.settled
            self.scroll_until_read()
            alone = self.page.locator('[data-key="y"][aria-disabled]').count()
            self.press("k" if alone else "y")
            self.wait_past(before)
            assert self.presses < 2 * MOST_PRESSES

    def read_by_thumb(self) -> None:
        """The same with taps, scrolling so that the passages come into view."""
        page = self.page
        while not self.is_done:
            before = self.settled
            alone = page.locator('[data-key="y"][aria-disabled]').count()
            self.scroll_until_read()
            page.locator(f'[data-key="{"k" if alone else "y"}"]').click()
            self.wait_past(before)

    def sign(self) -> None:
        """The code, not counted, and Enter, counted."""
        self.page.wait_for_url("**/approve/")
        self.look("approve")
        self.page.locator("#code").fill(self.served.code(self.user))
        self.press("Enter")
        self.page.wait_for_url("**/published/")
        self.look("published")


def _open(sitting: Sitting, title: str) -> str:
    sitting.go("budget/")
    sitting.page.get_by_role("link", name=re.compile(f"^{title}")).first.click()
    sitting.page.wait_for_selector("main.read")
    sitting.look("backread")
    return str(sitting.page.evaluate("document.getElementById('main').dataset.story"))


def _read_as_a_reader(sitting: Sitting, story: str, statement: str) -> None:
    """The page with its statement twice, a passage one click away, the feed's item, the receipt."""
    page, site = sitting.page, sitting.served.site_url
    page.goto(f"{site}/")
    page.locator(f'a[href*="{story}"]').first.click()
    sitting.look("story")
    assert page.get_by_text(statement).count() >= 2
    page.locator('a[href="#e3"]').first.click()
    assert page.locator("#e3 blockquote").first.is_visible()
    sitting.look("evidence")
    feed = page.request.get(f"{site}/feed.rss").text()
    assert story in feed
    assert statement in feed
    page.goto(f"{page.url.split('#')[0]}receipt/")
    sitting.look("receipt")
    assert "proof" in page.request.get(f"{page.url.removesuffix('receipt/')}receipt.json").text()


def _leave_and_come_back(sitting: Sitting) -> None:
    """Escape works from the field for the code too; these keys are not of the count."""
    page = sitting.page
    page.wait_for_url("**/approve/")
    page.locator("#code").focus()
    page.keyboard.press("Escape")
    page.locator("main.read").wait_for()
    page.keyboard.press("a")


def test_at_a_desk(browser: Browser, served: Served) -> None:
    sitting = Sitting(browser, served, "thea", 1280, 800, "light")
    sitting.sign_in()
    for screen in SCREENS:
        sitting.go(screen)
    story = _open(sitting, "Pellam County commissioners set")
    settled, _, total = sitting.settled.partition("/")
    assert settled == "0"
    sitting.press("a")
    sitting.look("unread")
    assert "not read yet" in sitting.page.locator("#told").inner_text()
    assert sitting.page.url.endswith("#rail")
    sitting.read_by_keyboard()
    sitting.press("a")
    _leave_and_come_back(sitting)
    sitting.sign()
    # Seventeen sentences in under twenty, and no more for each one more.
    assert sitting.presses < MOST_PRESSES + max(0, int(total) - 17), sitting.presses
    print(f"{total} sentences in {sitting.presses} key presses")
    _read_as_a_reader(
        sitting, story, "Checked against its sources sentence by sentence and approved by Thea Marrable"
    )


def test_on_a_phone(browser: Browser, served: Served) -> None:
    sitting = Sitting(browser, served, "ambrose", 360, 740, "dark")
    sitting.sign_in()
    for screen in SCREENS:
        sitting.go(screen)
    story = _open(sitting, "Fuel dock")
    sitting.read_by_thumb()
    sitting.look("settled")
    sitting.page.locator(".to-rail").click()
    sitting.look("what is open")
    sitting.page.locator('#rail [data-key="a"]').click()
    sitting.sign()
    _read_as_a_reader(
        sitting, story, "Checked against its sources sentence by sentence and approved by Ambrose Kincaid"
    )


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        pytest.param("?", "dialog[open]", id="help"),
        pytest.param("c", ".s-edit textarea", id="change in place"),
        pytest.param("e", "#passage", id="cite by hand"),
    ],
)
def test_a_form_opens_by_its_key_and_leaves_by_escape(
    browser: Browser, served: Served, keys: str, shown: str
) -> None:
    sitting = _signed_in(browser, served)
    _open(sitting, "Boil-water")
    sitting.page.keyboard.press(keys)
    sitting.page.locator(shown).wait_for()
    sitting.look(keys)
    sitting.page.keyboard.press("Escape")
    sitting.page.locator(shown).wait_for(state="hidden")


def test_the_archive_is_searched_from_a_sentence(browser: Browser, served: Served) -> None:
    sitting = _signed_in(browser, served)
    _open(sitting, "Boil-water")
    page = sitting.page
    page.keyboard.press("e")
    page.locator("#q").fill("parcels seaward")
    page.keyboard.press("Enter")
    page.locator(".hits li").first.wait_for()
    assert "not yet among this story’s sources" in page.locator(".hits li").first.inner_text()
    sitting.look("found")
    page.locator("#q").focus()
    page.keyboard.press("Escape")
    page.locator("#q").wait_for(state="hidden")


def test_what_is_pressed_too_early_is_not_done_now_or_later(browser: Browser, served: Served) -> None:
    sitting = _signed_in(browser, served)
    _open(sitting, "Gull Creek")
    page = sitting.page
    page.keyboard.press("ArrowDown")
    page.locator("#s2.is-current").wait_for()
    before = sitting.settled
    page.keyboard.press("k")
    told = page.locator("#told")
    assert "s more. Then press K again." in told.inner_text()
    sitting.look("too early")
    sitting.wait(lambda: sitting.had_time)
    page.wait_for_timeout(400)
    assert sitting.settled == before
    assert told.inner_text() == "Now K keeps it."
    page.keyboard.press("k")
    sitting.wait_past(before)
    assert "s=3" in page.url
    page.keyboard.press("z")
    sitting.wait(lambda: sitting.settled == before)
    page.keyboard.press("ArrowDown")
    page.locator("#s4.is-current").wait_for()
    page.keyboard.press("k")
    page.get_by_role("button", name="Keep it without that").click()
    sitting.wait_past(before)
    page.keyboard.press("z")
    sitting.wait(lambda: sitting.settled == before)


def test_a_refused_key_says_why_next_to_the_sentence(browser: Browser, served: Served) -> None:
    sitting = _signed_in(browser, served)
    _open(sitting, "Heron Key")
    page = sitting.page
    page.keyboard.press("t")
    told = page.locator(".is-current #told")
    assert told.inner_text() == "Take over: not now. The sentence has its source: keep, change or strike it."
    assert told.get_attribute("role") == "status"
    assert "told" not in page.url


def test_what_is_changed_wrongly_is_refused_in_place_and_put_back(browser: Browser, served: Served) -> None:
    sitting = _signed_in(browser, served)
    _open(sitting, "Boil-water")
    page = sitting.page
    page.keyboard.press("ArrowDown")
    sitting.wait(lambda: page.evaluate("document.getElementById('main').dataset.number") == "2")
    before = page.locator(".is-current .s-text").inner_text()
    page.keyboard.press("c")
    page.locator("#words").fill("At least 99 homes lost water for a year.")
    sitting.look("change")
    page.keyboard.press("Control+Enter")
    # Nothing is sent without an answer to who wrote the words; the focus is on the question, and one key answers it.
    assert page.evaluate("document.activeElement.name") == "used"
    assert not page.locator("#which").is_visible()
    page.keyboard.press("ArrowDown")
    assert page.locator("#which").is_visible()
    page.keyboard.press("ArrowUp")
    assert page.locator("[name=used][value=none]").is_checked()
    page.keyboard.press("Control+Enter")
    page.locator(".is-current .s-why").wait_for()
    sitting.look("refuted")
    assert "Not yet, because" in page.locator("#rail").inner_text()
    page.keyboard.press("z")
    page.locator(".is-current .s-why").wait_for(state="detached")
    assert page.locator(".is-current .s-text").inner_text() == before


_SESSIONS: dict[int, list[dict[str, object]]] = {}


def _signed_in(browser: Browser, served: Served) -> Sitting:
    """The reporter's session of before, so that no test has to wait for the next code."""
    sitting = Sitting(browser, served, "lila", 1280, 800, "light")
    if served.desk in _SESSIONS:
        sitting.page.context.add_cookies(_SESSIONS[served.desk])  # type: ignore[arg-type]
    else:
        sitting.sign_in()
        _SESSIONS[served.desk] = sitting.page.context.cookies()  # type: ignore[assignment]
    return sitting
