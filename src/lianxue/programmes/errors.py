"""What can go wrong in programmes."""

from django.core.exceptions import ImproperlyConfigured


class BadDefinitions(ImproperlyConfigured):
    """Definitions of programmes cannot be used: the message names every fault with file and line."""
