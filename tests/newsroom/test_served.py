"""The newsroom as a newcomer meets it: `run --demo`, sign in over HTTP, approve a story, read it on the site with its receipt."""

from __future__ import annotations

import http.cookiejar
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsroom.accounts import codes

BACKREAD = Path(sys.executable).parent / "backread"
PASSWORD = re.compile(r"user (\w+), password (\S+)")


class Browser:
    """A browser without scripts: it keeps cookies and sends forms with their token."""

    def __init__(self, base: str) -> None:
        jar = http.cookiejar.CookieJar()
        self._base, self._jar = base, jar
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    def get(self, path: str) -> tuple[int, str]:
        """Status and text."""
        return self._ask(urllib.request.Request(self._base + path))

    def post(self, path: str, **form: str) -> tuple[int, str]:
        """Status and text of where it leads, the token filled in."""
        token = next((c.value for c in self._jar if c.name == "csrftoken"), "") or ""
        told = urllib.parse.urlencode(form | {"csrfmiddlewaretoken": token}).encode()
        asked = urllib.request.Request(self._base + path, told, {"Referer": self._base + path})
        return self._ask(asked)

    def _ask(self, asked: urllib.request.Request) -> tuple[int, str]:
        try:
            with self._opener.open(asked, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as err:
            with err:
                return err.code, err.read().decode()


class Served:
    """A newsroom that is being served, as a process of its own."""

    def __init__(self, home: Path, ports: tuple[int, int] | None = None) -> None:
        self.home, (self.desk, self.site) = home, ports or free_ports()
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("BACKREAD_", "DJANGO_"))}
        told = ["--desk-port", str(self.desk), "--site-port", str(self.site)]
        self.said = home.with_suffix(".said")
        with self.said.open("w") as out:
            self.process = subprocess.Popen(
                [str(BACKREAD), "newsroom", "run", "--demo", "--home", str(home), *told],
                stdout=subprocess.DEVNULL, stderr=out, env=environment, start_new_session=True,
            )  # fmt: skip
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + 90
        while time.monotonic() < until and self.process.poll() is None:
            try:
                if Browser(self.desk_url).get("/sign-in/")[0] == 200 and "Desk: " in self.said.read_text():
                    return
            except OSError:
                time.sleep(0.2)
        raise AssertionError(self.said.read_text())

    @property
    def desk_url(self) -> str:
        return f"http://localhost:{self.desk}"

    @property
    def site_url(self) -> str:
        return f"http://127.0.0.1:{self.site}"

    def code(self, user: str) -> str:
        """A code that was not used yet: this moment's, or the next one's, which is taken early."""
        step = int(datetime.now(UTC).timestamp()) // codes.STEP
        return codes.code(codes.secret_file(self.home, user).read_text("ascii"), step + 1)

    def sign_in(self, user: str) -> Browser:
        """A browser in which this person is signed in."""
        browser = Browser(self.desk_url)
        browser.get("/sign-in/")
        browser.post("/sign-in/", login=user, password=dict(PASSWORD.findall(self.said.read_text()))[user])
        step = int(datetime.now(UTC).timestamp()) // codes.STEP
        secret = codes.secret_file(self.home, user).read_text("ascii")
        status, told = browser.post("/sign-in/code/", code=codes.code(secret, step))
        assert status == 200, told
        return browser

    def end(self, how: int = signal.SIGINT) -> int:
        """End the process group as Ctrl-C (or worse) would; its exit code."""
        os.killpg(self.process.pid, how)
        return self.process.wait(timeout=20)


def free_ports() -> tuple[int, int]:
    """Two ports nobody holds."""
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A demo newsroom, made and served."""
    yield from _served(tmp_path / "room")


@pytest.fixture
def served_again(demo: Path, tmp_path: Path) -> Iterator[Served]:
    """A demo newsroom that was made before, served."""
    yield from _served(Path(shutil.copytree(demo, tmp_path / "room")))


def _served(home: Path) -> Iterator[Served]:
    room = Served(home)
    yield room
    if room.process.poll() is None:
        room.end(signal.SIGKILL)


def approve(browser: Browser, served: Served, story: str, user: str) -> tuple[int, str]:
    """Sign what the approval page shows."""
    _, page = browser.get(f"/stories/{story}/approve/")
    digest = re.search(r'name="saw" value="([0-9a-f]{64})"', page)
    assert digest, page
    return browser.post(f"/stories/{story}/approve/", saw=digest[1], version="1", code=served.code(user))


@pytest.mark.slow
def test_from_run_to_a_page_with_its_receipt(served: Served) -> None:
    reader = Browser(served.site_url)
    status, empty = reader.get("/")
    assert (status, "oil-water" in empty) == (200, False), "a front page, and no story on it"
    browser = served.sign_in("thea")
    status, budget = browser.get("/budget/")
    assert status == 200
    story = next(
        slug for slug in re.findall(r"/stories/([a-z0-9-]+)/", budget) if slug.startswith("boil-water")
    )
    assert browser.get(f"/stories/{story}/")[0] == 200
    assert reader.get("/") == (200, empty)
    status, told = approve(browser, served, story, "thea")
    assert status == 200, told
    status, front = reader.get("/")
    assert status == 200
    path = re.search(r'href="(?:\./|/)?(\d{4}/\d\d/boil-water[^"]*/)"', front)
    assert path, front
    status, page = reader.get(f"/{path[1]}")
    assert status == 200
    assert "Approved by Thea Marrable, editor" in page
    receipt = served.home.with_suffix(".receipt.json")
    receipt.write_text(reader.get(f"/{path[1]}receipt.json")[1])
    verified = subprocess.run(
        [str(BACKREAD), "verify", str(receipt)], capture_output=True, text=True, check=False
    )
    assert "a key you have not met" in verified.stdout + verified.stderr
    assert [
        name for name in ("feed.rss", "feed.atom", "feed.json") if "oil" not in reader.get(f"/{name}")[1]
    ] == []
    assert served.end() == 0


@pytest.mark.slow
def test_killed_outright_the_next_run_serves_the_same_newsroom(served_again: Served) -> None:
    served = served_again
    browser = served.sign_in("thea")
    _, budget = browser.get("/budget/")
    story = next(
        slug for slug in re.findall(r"/stories/([a-z0-9-]+)/", budget) if slug.startswith("boil-water")
    )
    assert approve(browser, served, story, "thea")[0] == 200
    files = {p: p.read_bytes() for p in (served.home / "site").rglob("*") if p.is_file()}
    # Only the one process, as the kernel would when memory runs out: whoever it started must not live on.
    served.process.kill()
    served.process.wait(timeout=10)
    started = time.monotonic()
    again = Served(served.home, ports=(served.desk, served.site))
    try:
        assert time.monotonic() - started < 10
        assert {p: p.read_bytes() for p in (served.home / "site").rglob("*") if p.is_file()} == files
        assert again.sign_in("ambrose").get("/published/")[0] == 200
    finally:
        again.end(signal.SIGKILL)


@pytest.mark.slow
def test_the_site_hands_out_its_files_and_nothing_else(served_again: Served) -> None:
    served, reader = served_again, Browser(served_again.site_url)
    for path in (
        "/../newsroom.sqlite3",
        "/%2e%2e/newsroom.sqlite3",
        "/.half",
        "/x.html.half",
        "/site/",
        "//etc/passwd",
    ):
        assert reader.get(path)[0] == 404, path
    with urllib.request.urlopen(f"{served.desk_url}/sign-in/", timeout=10) as answer:
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    other = urllib.request.Request(f"http://127.0.0.1:{served.desk}/sign-in/")
    with pytest.raises(urllib.error.HTTPError, match="400") as refused:
        urllib.request.urlopen(other, timeout=10)
    refused.value.close()
