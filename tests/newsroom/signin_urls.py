"""The pages of signing in, and one page that says who is signed in; for tests of signing in alone."""

from __future__ import annotations

from allauth.account.views import login, logout
from allauth.mfa.base.views import authenticate
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def home(request: HttpRequest) -> HttpResponse:
    """Who is signed in."""
    return HttpResponse(request.user.get_username() or "nobody")


urlpatterns = [
    path("sign-in/", login, name="account_login"),
    path("sign-out/", logout, name="account_logout"),
    path("sign-in/code/", authenticate, name="mfa_authenticate"),
    path("", include(([path("", home, name="home"), path("keys/", home, name="keys")], "desk"))),
]
