"""The desk's addresses: made from the table of routes, so that none is without a rule."""

from __future__ import annotations

from importlib import import_module

from django.urls import path

from newsroom.desk.routes import ROUTES, Route
from newsroom.desk.views.here import View, guarded


def _view(route: Route) -> View:
    module, name = route.view.rsplit(".", 1)
    return guarded(route, getattr(import_module(f"newsroom.desk.views.{module}"), name))


app_name = "desk"
urlpatterns = [path(route.path, _view(route), name=route.name) for route in ROUTES]
