"""Distribution as a Django application."""

from django.apps import AppConfig


class DistributionConfig(AppConfig):
    name = "lianxue.distribution"
    label = "distribution"

    def ready(self) -> None:
        from lianxue.distribution import subscribers

        subscribers.connect()
