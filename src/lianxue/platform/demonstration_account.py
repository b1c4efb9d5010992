"""What `lianxue serve` prints about the accounts of the demonstration network."""

from typing import NotRequired, TypedDict


class DemonstrationAccount(TypedDict):
    username: str
    title: str
    password: NotRequired[str]
