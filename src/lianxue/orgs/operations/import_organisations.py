"""Registering many organisations from one table: all of them or none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.errors import Refused
from lianxue.kernel.operation import operation
from lianxue.orgs.enums import SYSTEM_OF_KIND, Chain, OrganisationKind
from lianxue.orgs.errors import ImportFaulty, RowFault
from lianxue.orgs.models import Actor, ChainNode, Division, Organisation
from lianxue.orgs.operations.register_organisation import register_organisation


@dataclass(frozen=True, kw_only=True)
class OrganisationRow:
    """One row of the table; ``number`` is its place in the sheet, ``superior`` the code of the organisation above."""

    number: int
    code: str
    name: str
    kind: OrganisationKind
    superior: str
    division: str = ""
    uscc: str = ""
    address: str = ""
    telephone: str = ""


@operation("orgs.import_organisations", label=_("Import organisations"))
def import_organisations(*, actor: Actor, at: datetime, rows: Sequence[OrganisationRow]) -> None:
    """Register all rows; an organisation above may stand in the same table, before or after those below it.

    Raise ``ImportFaulty`` with every fault by row and column; then nothing has been saved.
    """
    faults = list(_doubles(rows))
    ordered, lost = _superiors_first(rows)
    faults += [
        RowFault(row.number, "superior", _("There is no organisation with this code above it."))
        for row in lost
    ]
    for row in ordered:
        faults += _register(row, actor, at)
    if faults:
        raise ImportFaulty(sorted(faults, key=lambda fault: fault.row))
    audit.record(
        actor=actor,
        at=at,
        verb="orgs.import_organisations",
        subject=None,
        after={"organisations": len(rows)},
    )


def usual_places(kind: OrganisationKind, superior: Organisation) -> dict[Chain, Organisation | None]:
    """Return where an organisation of ``kind`` stands below ``superior``.

    Suppliers stand in the supply chain; all others in the distribution chain and, where the one above stands there
    too, in the system of their kind (S0-06).
    """
    if kind == OrganisationKind.SUPPLIER:
        return {Chain.SUPPLY: superior}
    places: dict[Chain, Organisation | None] = {Chain.DISTRIBUTION: superior}
    system = SYSTEM_OF_KIND.get(kind)
    if system and ChainNode.objects.filter(chain=system, organisation=superior).exists():
        places[system] = superior
    return places


def _doubles(rows: Sequence[OrganisationRow]) -> Iterator[RowFault]:
    seen: set[str] = set()
    for row in rows:
        if row.code in seen:
            yield RowFault(row.number, "code", _("This code stands in the table twice."))
        seen.add(row.code)


def _superiors_first(
    rows: Sequence[OrganisationRow],
) -> tuple[list[OrganisationRow], list[OrganisationRow]]:
    """Return the rows so that each comes after the one above it, and those whose superior is nowhere or in a circle."""
    known = set(
        Organisation.objects.filter(code__in={row.superior for row in rows}).values_list("code", flat=True)
    )
    unique = {row.code: row for row in reversed(rows)}
    waiting, ordered = list(reversed(unique.values())), list[OrganisationRow]()
    while True:
        ready = [row for row in waiting if row.superior in known]
        if not ready:
            return ordered, waiting
        ordered += ready
        known |= {row.code for row in ready}
        waiting = [row for row in waiting if row not in ready]


def _register(row: OrganisationRow, actor: Actor, at: datetime) -> list[RowFault]:
    superior = Organisation.objects.filter(code=row.superior).first()
    if superior is None:
        return []  # it stands in the table and is faulty itself
    division = Division.objects.filter(pk=row.division).first() if row.division else None
    if row.division and division is None:
        return [RowFault(row.number, "division", _("There is no division with this code."))]
    try:
        register_organisation(
            actor=actor,
            at=at,
            code=row.code,
            name=row.name,
            kind=row.kind,
            places=usual_places(row.kind, superior),
            division=division,
            uscc=row.uscc,
            address=row.address,
            telephone=row.telephone,
        )
    except Refused as refusal:
        named = refusal.fields or {"superior": refusal.message}
        return [RowFault(row.number, key, message) for key, message in named.items()]
    return []
