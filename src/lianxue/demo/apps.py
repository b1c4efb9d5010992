"""The feature as a Django application."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "lianxue.demo"
    label = "demo"
