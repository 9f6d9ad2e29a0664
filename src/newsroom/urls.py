"""Every address of the desk's server: signing in and out, and the desk's own table."""

from __future__ import annotations

from allauth.account.views import login, logout
from allauth.mfa.base.views import authenticate
from django.urls import URLPattern, URLResolver, include, path

handler400 = "newsroom.desk.answers.bad_request"
handler429 = "newsroom.desk.answers.too_often"

# The library has many more pages (sign up, mail, recovery). What is not listed here does not exist.
urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", login, name="account_login"),
    path("sign-out/", logout, name="account_logout"),
    path("sign-in/code/", authenticate, name="mfa_authenticate"),
    path("", include("newsroom.desk.urls")),
]
