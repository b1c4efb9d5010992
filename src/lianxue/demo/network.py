"""The published Shanghai network of resource distribution, read from two tables (S0-20…28).

``organisations.csv`` names the nodes and ``chain_places.csv`` says where each stands. Nothing here touches the
database: loading the rows is one operation call for each organisation, in the order given.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkOrganisation:
    """One node. ``superiors`` maps each chain it stands in to the code directly above, or None at the top.

    ``name_source`` tells where the name comes from: ``S0`` (the source document), ``public`` (publicly known),
    ``division`` (a real street or town with the usual word for its school), ``inferred`` (a real place; that it is
    one of the 217 is our reading), ``unconfirmed`` (known, but not checked), ``sample`` (made up). The last three
    are marked ``is_sample``. Positions are approximate; None where the body serves the whole city.
    """

    code: str
    name: str
    kind: str
    division_code: str
    is_sample: bool
    name_source: str
    latitude: float | None
    longitude: float | None
    superiors: Mapping[str, str | None]


def read_network(folder: Path = DATA) -> tuple[NetworkOrganisation, ...]:
    """Read all organisations, superiors before those below them in every chain.

    Raise ``ValueError`` naming the file and the code when a superior is missing or comes later.
    """
    superiors: dict[str, dict[str, str | None]] = defaultdict(dict)
    for row in _rows(folder / "chain_places.csv"):
        superiors[row["organisation"]][row["chain"]] = row["superior"] or None
    organisations: dict[str, NetworkOrganisation] = {}
    for row in _rows(folder / "organisations.csv"):
        organisation = _organisation(row, superiors[row["code"]])
        for chain, superior in organisation.superiors.items():
            above = organisations.get(superior) if superior else None
            if superior and (above is None or chain not in above.superiors):
                raise ValueError(
                    f"chain_places.csv: {organisation.code} has no {superior} above it in {chain}"
                )
        if organisation.code in organisations:
            raise ValueError(f"organisations.csv: {organisation.code} stands twice")
        organisations[organisation.code] = organisation
    if strays := superiors.keys() - organisations.keys():
        raise ValueError(f"chain_places.csv: unknown organisation {min(strays)}")
    return tuple(organisations.values())


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _organisation(row: Mapping[str, str], superiors: Mapping[str, str | None]) -> NetworkOrganisation:
    return NetworkOrganisation(
        code=row["code"],
        name=row["name"],
        kind=row["kind"],
        division_code=row["division_code"],
        is_sample=row["is_sample"] == "true",
        name_source=row["name_source"],
        latitude=float(row["latitude"]) if row["latitude"] else None,
        longitude=float(row["longitude"]) if row["longitude"] else None,
        superiors=MappingProxyType(dict(superiors)),
    )
