"""The help sheet: every key and every mark, one list for the dialog and its page."""

from __future__ import annotations

KEYS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("N", "P"), "next, previous sentence that asks something"),
    (("↓", "↑"), "next, previous sentence"),
    (("K",), "keep, and go on"),
    (("Y",), "keep this paragraph’s proven sentences, at most five"),
    (("C",), "change in place"),
    (("U",), "use the suggestion"),
    (("S",), "strike"),
    (("T",), "take over, with a reason; override where refuted"),
    (("Z",), "undo the last decision"),
    (("E",), "cite a passage by hand"),
    (("F",), "false alarm: the sentence is right"),
    (("1", "9"), "open or close that capture"),
    (("V",), "what changed"),
    (("R",), "return the story, with a reason"),
    (("A",), "approve"),
    (("Esc",), "back, close"),
    (("Ctrl Enter",), "send the form you are in"),
)
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
    ("flag", "source flagged"),
    ("two", "second approver"),
)
