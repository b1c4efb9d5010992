"""Who is answerable for an act: what the audit trail needs to know of an actor."""

from typing import Protocol


class Accountable(Protocol):
    """Anyone, or anything, that can be written into the audit trail as the one who acted."""

    @property
    def person_id(self) -> int | None: ...

    @property
    def label(self) -> str: ...

    @property
    def organisation_id(self) -> int | None: ...

    @property
    def organisation_label(self) -> str: ...

    @property
    def remote_address(self) -> str | None: ...
