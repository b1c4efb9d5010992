"""Copies that move on: from point to point, or back as surplus."""
