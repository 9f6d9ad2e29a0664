"""Every address of the desk's server: signing in and out, and the desk's own table."""

from __future__ import annotations

from allauth.account.views import login, logout
from allauth.mfa.base.views import authenticate
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_http_methods

handler400 = "newsroom.desk.answers.bad_request"
handler429 = "newsroom.desk.answers.too_often"
_form = require_http_methods(["GET", "HEAD", "POST"])
"""The library’s own pages would take a PUT for a POST."""

# The library has many more pages (sign up, mail, recovery). What is not listed here does not exist.
urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", _form(login), name="account_login"),
    path("sign-out/", _form(logout), name="account_logout"),
    path("sign-in/code/", _form(authenticate), name="mfa_authenticate"),
    path("", include("newsroom.desk.urls")),
]
