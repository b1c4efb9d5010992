"""Organisations as a Django application."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "lianxue.orgs"
    label = "orgs"

    def ready(self) -> None:
        from lianxue.orgs import subscribers

        subscribers.connect()
