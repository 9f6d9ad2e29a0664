"""Signing in with allauth: password, then the one-time code of `codes`, for everybody and always.

The library brings the form, the stages, the limits on guessing and the session; which code is right is said by
`codes` alone, so that one code is good once, whether for signing in or for signing a story.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context, ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.internal.flows import check_rate_limit
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from backread.errors import ConfigError
from newsroom.accounts import codes
from newsroom.accounts.models import Person


def may_guess(request: HttpRequest, person: Person) -> bool:
    """Whether another code of this person is looked at: wrong ones are counted, for signing in and signing a story together."""
    return bool(ratelimit.consume(request, action="login_failed", key=_guesses(person), dry_run=True))


def guessed_wrong(request: HttpRequest, person: Person) -> None:
    """Count a wrong code."""
    ratelimit.consume(request, action="login_failed", key=_guesses(person))


def _guesses(person: Person) -> str:
    # As the library calls it where a code is asked for at signing in.
    return f"mfa-auth-user-{person.pk}"


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: people are made by whoever runs the newsroom."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def respond_user_inactive(self, request: HttpRequest, user: object) -> HttpResponse:
        """Back to the first page: whoever left is not told more than a stranger."""
        return redirect("account_login")

    def add_message(self, *args: Any, **told: Any) -> None:
        """Say nothing: the screens themselves show who is signed in."""


class CodeAdapter(DefaultMFAAdapter):
    """A code is asked of everybody; whoever has no secret cannot sign in at all."""

    def is_mfa_enabled(self, user: Person, types: object = None) -> bool:
        """Always, for a person."""
        return not user.is_anonymous


class CodeForm(forms.Form):
    """The second page of signing in."""

    code = forms.CharField(
        label="One-time code",
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
    )

    def __init__(self, *args: Any, user: Person, **told: Any) -> None:
        self.user = user
        super().__init__(*args, **told)

    def clean_code(self) -> str:
        """The code, used up. Raises ValidationError when it is wrong, late or was used before."""
        forgive = check_rate_limit(self.user)
        told = str(self.cleaned_data["code"])
        try:
            right = codes.accept(self.user, told, home=settings.HOME, now=datetime.now(UTC))
        except ConfigError:
            # Without a secret no code is right; the page must not say who has one.
            right = False
        if not right:
            raise forms.ValidationError("This code is wrong, too late, or was used before.")
        forgive()
        return told

    def save(self) -> None:
        """Note in the session that the code was given."""
        record_authentication(context.request, self.user, "mfa", type="totp")
