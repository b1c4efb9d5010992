"""Accounts as a Django application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lianxue.accounts"
    label = "accounts"

    def ready(self) -> None:
        from lianxue.accounts import subscribers

        subscribers.connect()
