"""The people of the demonstration who can be entered with one click."""

from dataclasses import dataclass

from lianxue.demo.toml_rows import read_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPost:
    """A role in an organisation, named by its code."""

    organisation: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleAccount:
    """One account. ``try_zh`` and ``try_en`` say in a line what is worth trying with it."""

    username: str
    full_name: str
    posts: tuple[AccountPost, ...]
    try_zh: str
    try_en: str


def read_accounts() -> tuple[SampleAccount, ...]:
    """Read the accounts in the order in which they are shown."""
    return tuple(
        SampleAccount(**row | {"posts": tuple(AccountPost(**post) for post in row["posts"])})
        for row in read_toml("accounts.toml")["account"]
    )
