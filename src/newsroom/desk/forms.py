"""The forms of the desk that are more than a button: starting by hand, and a brief."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from backread.review.statement import boast
from newsroom.desk.fields import NONE, SOME, unseen

USED = ((NONE, "no AI was used"), (SOME, "AI was used, for this:"))
LONGEST = 60_000
"""Characters: ten thousand words. More is no story, and takes longer to check than a person waits."""


class Declared(forms.Form):
    """A form that asks whether AI was used. Without an answer nothing is taken in."""

    used = forms.ChoiceField(
        choices=USED,
        widget=forms.RadioSelect,
        label="Was AI used in writing this?",
        error_messages={"invalid_choice": "Choose one of the two answers."},
    )
    which = forms.CharField(
        required=False,
        max_length=300,
        label="Which AI, for what",
        help_text="Say it as readers will read it.",
    )

    @property
    def ai(self) -> str:
        """What the declaration says: '' for no AI, else which and for what."""
        return str(self.cleaned_data["which"]) if self.cleaned_data["used"] == SOME else ""

    def clean(self) -> dict[str, Any]:
        """Both answers have to agree."""
        told = super().clean() or {}
        for name, words in list(told.items()):
            if isinstance(words, str) and (why := unseen(words)):
                self.add_error(name, f"It holds {why}: type it anew.")
        told = self.cleaned_data
        used, which = told.get("used"), (told.get("which") or "").strip()
        for name in ("which", "supplied_by"):
            if refusal := boast(str(told.get(name) or "")):
                self.add_error(name, f"{refusal.words} Readers are told this word for word: say it plainly.")
        if used == SOME and not which:
            self.add_error("which", "Say which AI was used, and for what.")
        if used == NONE and which:
            self.add_error("used", "You name an AI below: then AI was used.")
        return told | {"which": which}


class WriteForm(Declared):
    """A story started by hand: words pasted or written, and who supplies them."""

    field_order: ClassVar[list[str]] = ["headline", "deck", "body", "supplied_by", "used", "which"]
    headline = forms.CharField(max_length=300)
    deck = forms.CharField(max_length=400, required=False)
    body = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 14, "class": "copy"}),
        max_length=LONGEST,
        label="Text",
        help_text="Paragraphs with an empty line between them.",
    )
    supplied_by = forms.CharField(max_length=120, label="Supplied by")


class BriefForm(Declared):
    """A brief: up to five sentences, and nothing that a brief may not hold (the gate says what)."""

    field_order: ClassVar[list[str]] = ["headline", "body", "used", "which"]
    headline = forms.CharField(max_length=300)
    body = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 6, "class": "copy"}),
        max_length=4000,
        label="Up to five sentences",
    )
