"""Notices: what people are told, in the platform, by mail, and in the group of their organisation."""
