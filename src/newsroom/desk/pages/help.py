"""The help sheet: every key and every mark, one list for the dialog and its page."""

from __future__ import annotations

KEYS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("N", "P"), "next, previous sentence that is open or not read yet"),
    (("↓", "↑"), "next, previous sentence"),
    (("K",), "keep, and go on; once there was time to read it"),
    (("Y",), "keep this paragraph’s proven sentences, at most five"),
    (("C",), "change in place"),
    (("U",), "use the suggestion"),
    (("S",), "strike"),
    (("T",), "take over, with a reason; override where refuted"),
    (("Z",), "undo the last decision"),
    (("E",), "search what was captured, cite a passage by hand"),
    (("F",), "false alarm: counts against the check, releases nothing"),
    (("Space",), "show the next marked passage that was not in view"),
    (("1", "9"), "open or close that capture"),
    (("V",), "what changed"),
    (("R",), "return the story, with a reason"),
    (("A",), "approve"),
    (("Esc",), "back, close"),
    (("Ctrl Enter",), "send the form you are in"),
)
TIMES = (
    "A sentence can be kept once it has been on screen, with its marked passages in full view, for as long as reading "
    "it takes: 600 words a minute. Only then may readers be told that the story was checked sentence by sentence."
)
"""Why K waits."""
MARKS: tuple[tuple[str, str], ...] = (
    ("refuted", "refuted: evidence says something else"),
    ("undecided", "undecided: nothing was found, or it cannot be told"),
    ("toread", "to read: proven, nobody has decided"),
    ("supported", "supported"),
    ("quoted", "quoted"),
    ("computed", "computed"),
    ("changed", "changed at the desk"),
    ("taken", "taken over"),
    ("overridden", "overridden"),
    ("alarm", "called a false alarm"),
    ("advice", "advice: holds nothing open"),
    ("flag", "source flagged: hidden text, words to an AI, a scan …"),
    ("two", "second approver"),
)
