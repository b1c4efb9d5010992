"""Registering many organisations from one table: all of them or none, in few statements for each level of the tree."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.errors import Text
from lianxue.kernel.operation import operation
from lianxue.orgs.enums import SYSTEM_OF_KIND, TREE_OF_KIND, Chain, OrganisationKind
from lianxue.orgs.errors import BadPlace, CodeTaken, CreditCodeTaken, ImportFaulty, NotAbove, RowFault
from lianxue.orgs.models import Actor, ChainNode, Division, Organisation
from lianxue.orgs.operations.organisation_checks import organisation_faults
from lianxue.orgs.operations.register_organisation import node_beneath, what_is_registered
from lianxue.orgs.rules import may_place

ROWS_AT_ONCE = 2000

Places = dict[Chain, Organisation]


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
    is_sample: bool = False


@operation("orgs.import_organisations", label=_("Import organisations"))
def import_organisations(*, actor: Actor, at: datetime, rows: Sequence[OrganisationRow]) -> None:
    """Register all rows; an organisation above may stand in the same table, before or after those below it.

    Raise ``ImportFaulty`` with every fault by row and column; then nothing has been saved.
    """
    faults = list(_doubles(rows))
    levels, lost = _superiors_first(rows)
    faults += [
        RowFault(row.number, "superior", _("There is no organisation with this code above it."))
        for row in lost
    ]
    for level in levels:
        faults += _Level(level, actor).register(at)
    if faults:
        raise ImportFaulty(sorted(faults, key=lambda fault: fault.row))
    audit.record(
        actor=actor,
        at=at,
        verb="orgs.import_organisations",
        subject=None,
        after={"organisations": len(rows)},
    )


def usual_places(kind: OrganisationKind, superior: Organisation) -> Places:
    """Return where an organisation of ``kind`` stands below ``superior``.

    Suppliers stand in the supply chain; authorities, streets, technology centres and schools in the tree of their kind,
    where the one above stands in it (S1-40, S2-03); all others in the distribution chain and, where the one above
    stands there too, in the system of their kind (S0-06).
    """
    return _usual_places(kind, superior, superior.places.values_list("chain", flat=True))


def _usual_places(kind: OrganisationKind, superior: Organisation, chains: Collection[str]) -> Places:
    if kind == OrganisationKind.SUPPLIER:
        return {Chain.SUPPLY: superior}
    tree = TREE_OF_KIND.get(kind)
    if tree and tree in chains:
        return {tree: superior}
    places = {Chain.DISTRIBUTION: superior}
    system = SYSTEM_OF_KIND.get(kind)
    if system and system in chains:
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
) -> tuple[list[list[OrganisationRow]], list[OrganisationRow]]:
    """Return the rows level by level, each after the one above it, and those whose superior is nowhere or in a circle."""
    known = set(
        Organisation.objects.filter(code__in={row.superior for row in rows}).values_list("code", flat=True)
    )
    unique = {row.code: row for row in reversed(rows)}
    waiting, levels = list(reversed(unique.values())), list[list[OrganisationRow]]()
    while ready := [row for row in waiting if row.superior in known]:
        waiting = [row for row in waiting if row.superior not in known]
        levels.append(ready)
        known |= {row.code for row in ready}
    return levels, waiting


class _Level:
    """Rows whose superiors are registered by now, with all that is asked of the database about them, asked once."""

    def __init__(self, rows: Sequence[OrganisationRow], actor: Actor) -> None:
        self.actor = actor
        self.superiors = Organisation.objects.in_bulk({row.superior for row in rows}, field_name="code")
        self.may_place = {code: may_place(actor, one) for code, one in self.superiors.items()}
        self.nodes: dict[int, dict[str, ChainNode]] = defaultdict(dict)
        for node in ChainNode.objects.filter(organisation__in=list(self.superiors.values())):
            self.nodes[node.organisation_id][node.chain] = node
        self.divisions = Division.objects.in_bulk({row.division for row in rows if row.division})
        self.rows = [(row, _organisation(row, self.divisions.get(row.division))) for row in rows]
        sound = [one for _row, one in self.rows if not organisation_faults(one)]
        self.codes = _taken("code", {one.code for one in sound})
        self.credit_codes = _taken("uscc", {one.uscc for one in sound if one.uscc})

    def register(self, at: datetime) -> list[RowFault]:
        """Write the rows that are in order and return the faults of the others."""
        good: list[tuple[Organisation, Places]] = []
        faults: list[RowFault] = []
        for row, made in self.rows:
            superior = self.superiors.get(row.superior)
            if superior is None:
                continue  # it stands in the table and is faulty itself
            places = _usual_places(row.kind, superior, self.nodes[superior.pk])
            if found := self._check(row, made, places):
                faults += [RowFault(row.number, key, message) for key, message in found.items()]
                continue
            self.codes.add(made.code)
            self.credit_codes |= {made.uscc} - {""}
            good.append((made, places))
        self._write(good, at)
        return faults

    def _check(self, row: OrganisationRow, made: Organisation, places: Places) -> Mapping[str, Text]:
        """Return what is wrong with a row, by column; the first of it, as for an organisation registered by itself."""
        if row.division and made.division is None:
            return {"division": _("There is no division with this code.")}
        if not self.may_place[row.superior]:
            return {"superior": NotAbove.default_message}
        if faults := organisation_faults(made):
            return faults
        if made.code in self.codes:
            return {"code": CodeTaken.default_message}
        if made.uscc in self.credit_codes:
            return {"uscc": CreditCodeTaken.default_message}
        if not places.keys() <= self.nodes[self.superiors[row.superior].pk].keys():
            return {"superior": BadPlace.default_message}
        return {}

    def _write(self, good: Sequence[tuple[Organisation, Places]], at: datetime) -> None:
        Organisation.objects.bulk_create([made for made, _places in good], batch_size=ROWS_AT_ONCE)
        ChainNode.objects.bulk_create(
            [
                node_beneath(self.nodes[superior.pk][chain], made)
                for made, places in good
                for chain, superior in places.items()
            ],
            batch_size=ROWS_AT_ONCE,
        )
        audit.record_many(
            actor=self.actor,
            at=at,
            verb="orgs.register_organisation",
            changes=(audit.Change(made, after=what_is_registered(made, places)) for made, places in good),
        )


def _taken(column: str, values: Collection[str]) -> set[str]:
    """Return which of these values another organisation has in ``column``."""
    return set(Organisation.objects.filter(**{f"{column}__in": values}).values_list(column, flat=True))


def _organisation(row: OrganisationRow, division: Division | None) -> Organisation:
    return Organisation(
        code=row.code.strip(),
        name=row.name.strip(),
        kind=row.kind,
        division=division,
        uscc=row.uscc.strip().upper(),
        address=row.address.strip(),
        telephone=row.telephone.strip(),
        is_sample=row.is_sample,
    )
