"""Titles of the demonstration catalogue and what the points contribute to it, read from tables."""

from dataclasses import dataclass

from lianxue.demo.toml_rows import read_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A subject category; the five top classes have no parent."""

    code: str
    name: str
    name_en: str
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """One title of the catalogue. ``supplier`` is the code of the organisation that delivers it."""

    code: str
    title: str
    kind: str
    creator: str
    publisher: str
    year: int
    category: str
    audience: str
    supplier: str
    description: str
    keywords: tuple[str, ...]
    online_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleContribution:
    """A piece of work of a point, to be offered to the city (S0-40). ``point_kind`` is where it is at home."""

    title: str
    point_kind: str
    kind: str
    creator: str
    year: int
    category: str
    audience: str
    description: str
    keywords: tuple[str, ...]
    copies_offered: int
    rights_holder: str
    online_url: str = ""


def read_categories() -> tuple[Category, ...]:
    """Read the categories, parents first."""
    return tuple(Category(**row) for row in read_toml("categories.toml")["category"])


def read_titles() -> tuple[Title, ...]:
    """Read the titles in the order of their codes."""
    return tuple(Title(**row) for row in read_toml("titles.toml")["title"])


def read_contributions() -> tuple[SampleContribution, ...]:
    """Read the contributions in the order of the file."""
    return tuple(SampleContribution(**row) for row in read_toml("contributions.toml")["contribution"])
