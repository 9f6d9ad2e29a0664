"""Every door of the desk: who gets in, by which method, made from the table of routes."""

from __future__ import annotations

import pytest
from desk_newsroom import DOSSIER, PEOPLE, SLUG, Newsroom
from desk_stories import NOTICE
from django.urls import get_resolver, reverse

from backread.values.person import Role
from newsroom.desk import urls
from newsroom.desk.routes import BY_NAME, ROUTES, Route

PARTS = {"story": SLUG, "dossier": DOSSIER, "capture": NOTICE.id}


def _address(route: Route) -> str:
    return reverse(f"desk:{route.name}", kwargs={k: v for k, v in PARTS.items() if f":{k}>" in route.path})


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_who_gets_in(newsroom: Newsroom, route: Route) -> None:
    for who in [*PEOPLE, ""]:
        roles = frozenset(PEOPLE[who][1]) if who else frozenset[Role]()
        for method in ("GET", "POST", "PUT", "DELETE"):
            answer = newsroom.client(who).generic(method, _address(route))
            told = (who or "nobody", method, answer.status_code)
            if not who:
                assert answer.status_code == 302, told
                assert answer["Location"].startswith("/sign-in/"), told
            elif method not in route.may:
                assert answer.status_code == 405, told
            elif not roles & route.may[method]:
                assert answer.status_code == 403, told
            else:
                assert answer.status_code in (200, 302, 400, 409), told


@pytest.mark.parametrize("route", [r for r in ROUTES if "POST" in r.may], ids=lambda route: route.name)
def test_an_act_without_its_token_is_refused(newsroom: Newsroom, route: Route) -> None:
    who = next(w for w, (_, roles) in PEOPLE.items() if set(roles) & route.may["POST"])
    answer = newsroom.client(who, enforce_csrf_checks=True).post(_address(route))
    assert answer.status_code == 403


def test_every_address_has_a_rule_and_every_rule_an_address() -> None:
    served = {pattern.name: pattern.callback for pattern in urls.urlpatterns}
    assert set(served) == set(BY_NAME) == {route.name for route in ROUTES}
    assert len(BY_NAME) == len(ROUTES)
    for name, view in served.items():
        assert view.route is BY_NAME[name]  # type: ignore[union-attr]


def test_no_other_address_is_served_without_a_rule() -> None:
    """Beside the desk there are only the three pages of signing in and out."""
    outside = {p.name for p in get_resolver().url_patterns if hasattr(p, "name") and p.name}
    assert outside == {"account_login", "account_logout", "mfa_authenticate"}


def test_an_act_never_answers_to_get() -> None:
    both = {route.name for route in ROUTES if {"GET", "POST"} <= set(route.may)}
    assert both == {"write", "brief", "approve"}
    assert all(route.may and all(route.may.values()) for route in ROUTES)


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("/stories/none/", id="no such story"),
        pytest.param(f"/stories/{SLUG}/captures/{'0' * 64}/", id="no such capture"),
        pytest.param("/nowhere/", id="no such page"),
    ],
)
def test_what_is_not_there(newsroom: Newsroom, address: str) -> None:
    assert newsroom.client("edda").get(address).status_code == 404


def test_a_screen_may_load_nothing_from_elsewhere_and_run_nothing_inline(newsroom: Newsroom) -> None:
    answer = newsroom.client("edda").get(f"/stories/{SLUG}/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = answer.content.decode()
    assert "style=" not in page
    assert "onclick" not in page
    assert page.count("<script") == 1
