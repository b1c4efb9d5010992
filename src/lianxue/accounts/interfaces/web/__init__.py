"""Signing in, passwords and the second step, on top of django-allauth."""
