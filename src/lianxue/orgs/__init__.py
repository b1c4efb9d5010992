"""Divisions, organisations, their chains, and posts: who works where and with what authority."""
