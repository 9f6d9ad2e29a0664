"""The desk as a Django app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The screens an editor works at."""

    name = "newsroom.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
