"""Named things that features add at start-up and others look up: policies, home-page cards, formats."""

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """A mapping that is filled once and refuses to be filled twice under one name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._items: dict[str, T] = {}

    def register(self, key: str, item: T) -> T:
        """Add ``item`` under ``key``; raise ``ValueError`` when the key is taken."""
        if key in self._items:
            raise ValueError(f"{self.name} already holds {key!r}")
        self._items[key] = item
        return item

    def __getitem__(self, key: str) -> T:
        return self._items[key]

    def get(self, key: str, otherwise: T) -> T:
        """Return the item under ``key``, or ``otherwise`` when nothing was registered."""
        return self._items.get(key, otherwise)

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def items(self) -> list[tuple[str, T]]:
        """Return all pairs in the order in which they were registered."""
        return list(self._items.items())

    def values(self) -> list[T]:
        """Return all items in the order in which they were registered."""
        return list(self._items.values())
