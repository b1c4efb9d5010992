"""Organisations as a Django application."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "lianxue.orgs"
    label = "orgs"

    def ready(self) -> None:
        from lianxue.kernel.search import add_words
        from lianxue.orgs import subscribers
        from lianxue.orgs.operations.load_divisions import bundled_names

        add_words(bundled_names)
        subscribers.connect()
