"""Entering the demonstration as one of its people."""
