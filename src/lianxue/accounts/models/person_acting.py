"""A person who acts for themself, outside any post: signing in and out, changing the password."""

from dataclasses import dataclass

from lianxue.accounts.models.person import Person


@dataclass(frozen=True, slots=True)
class PersonActing:
    """What the audit trail needs to know of somebody before a post has been chosen."""

    person_id: int | None
    label: str
    remote_address: str | None
    organisation_id: int | None = None
    organisation_label: str = ""

    @classmethod
    def as_person(cls, person: Person, remote_address: str | None) -> "PersonActing":
        """Return ``person`` acting from ``remote_address``."""
        return cls(person.pk, str(person), remote_address)
