"""The pages that show many stories, or count them: front page, topics, months, corrections, how we use AI, nothing there.

Each is made of stories as they are listed, and no more of them than it shows: an older archive makes no page slower.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from backread.publish import views
from backread.publish.listed import MADE, NEWEST, Listed
from backread.publish.render import Press
from backread.publish.views import View
from backread.publish.voice import Speech
from backread.values.publication import WithdrawalKind

FIXED = 5
"""So many corrections on the front page."""
_RESTS = ("verbatim", "computed", "entailed", "taken_over", "overridden")


def front_page(
    press: Press, stories: Sequence[Listed], fixed: Sequence[Listed], months: Iterable[str]
) -> bytes:
    """The newest story as lead, the newest after it, the newest that were corrected, and the months."""
    outlet, speech = press.trust.outlet, press.speech()
    items = [views.item(story, speech, outlet) for story in stories[:NEWEST]]
    view = views.frame(outlet, speech, root="", title="")
    view |= {
        "address": f"{outlet.address}/",
        # The day of the newest story, not of the build: building again changes nothing.
        "today": speech.long_day(stories[0].modified) if stories else "",
        "lead": items[0] if items else None,
        "items": items[1:],
        "fixes": [views.item(story, speech, outlet) for story in fixed[:FIXED]],
        "months": [{"key": key, "name": speech.month(key)} for key in sorted(months, reverse=True)],
    }
    return press.page("front.html", speech, "", view)[0]


def list_page(press: Press, path: str, heading: str, stories: Sequence[Listed]) -> bytes:
    """A topic or a month: its stories, newest first. `heading` is “2026/10” for a month, else a topic's name."""
    outlet, speech = press.trust.outlet, press.speech()
    name = speech.month(heading) if heading == path.rstrip("/") else speech.say(heading)
    view = views.frame(outlet, speech, root="../" * path.count("/"), title=name)
    listed = [story for story in stories if story.has_words]
    view |= {"heading": name, "items": [views.item(story, speech, outlet) for story in listed]}
    return press.page("list.html", speech, path, view)[0]


def corrections_page(press: Press, stories: Sequence[Listed]) -> bytes:
    """Every correction and withdrawal, newest first. `stories` are those that have one."""
    outlet, speech = press.trust.outlet, press.speech()
    rows = [row for story in stories for row in _fixes(story, speech)]
    view = views.frame(outlet, speech, root="../", title=speech.t("corrections"))
    view |= {"fixes": sorted(rows, key=lambda row: str(row["iso"]), reverse=True)}
    return press.page("corrections.html", speech, "corrections/", view)[0]


def _fixes(story: Listed, speech: Speech) -> Iterable[View]:
    gone = story.gone
    taken_down = gone is not None and gone.kind is WithdrawalKind.TAKEDOWN
    headline = speech.t("removed") if taken_down or not story.has_words else speech.say(story.headline)
    for at, words in story.fixes:
        yield _fix(story, speech, "kind_corrected", headline, speech.say(words), at)
    if gone is not None:
        kind = "kind_takedown" if taken_down else "kind_retracted"
        words = speech.t("removed_words") if taken_down else speech.say(gone.reason)
        yield _fix(story, speech, kind, headline, words, gone.at)


def _fix(story: Listed, speech: Speech, kind: str, headline: str, words: str, at: datetime) -> View:
    return {
        "kind": speech.t(kind),
        "gone": kind != "kind_corrected",
        "headline": headline,
        "words": words,
        "path": story.path,
        "day": speech.day(at),
        "iso": at.isoformat(),
    }


def how_page(press: Press, counts: Mapping[str, int]) -> bytes:
    """How the outlet uses AI, counted from the records themselves (`listed.total`)."""
    speech, counted = press.speech(), Counter(counts)
    view = views.frame(press.trust.outlet, speech, root="../", title=speech.t("how_we_use_ai"))
    made = [(name, counted[name]) for name in MADE]
    view |= {
        "count": counted["stories"],
        "made": _bars(made, speech),
        "sentences": _bars([(f"tally_{name}", counted[f"tally_{name}"]) for name in _RESTS], speech),
        "approvals": _bars([(name, counted[name]) for name in ("how_one", "how_other")], speech),
        "fixes": _bars([(f"how_{name}", counted[name]) for name in ("corrections", "withdrawn")], speech),
    }
    return press.page("how.html", speech, "how-we-use-ai/", view)[0]


def _bars(rows: Sequence[tuple[str, int]], speech: Speech) -> list[View]:
    most = max((count for _, count in rows), default=0) or 1
    return [{"words": speech.t(name), "count": count, "share": count * 100 // most} for name, count in rows]


def missing_page(press: Press) -> bytes:
    """The page for an address that is not there; its links are whole, for it can stand at any depth."""
    speech = press.speech()
    root = f"{press.trust.outlet.address}/"
    view = views.frame(press.trust.outlet, speech, root=root, title=speech.t("missing"))
    return press.page("missing.html", speech, "404.html", view)[0]
