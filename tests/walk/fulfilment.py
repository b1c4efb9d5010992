"""The addresses of shipments, display corners, the desk, registers, reports, stock and the way of a lot."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from lianxue.distribution.enums import Audience
from lianxue.distribution.models import AllocationLine, DisplayPhoto, EffectReport, Issue, Loan, Shipment
from lianxue.distribution.operations.desk.issue import issue
from lianxue.distribution.operations.desk.lend import lend
from lianxue.distribution.operations.display.corner import set_up_corner
from lianxue.distribution.operations.display.photographs import add_display_photo
from lianxue.distribution.operations.reports.pictures import add_report_picture
from lianxue.distribution.operations.reports.save_effect_report import save_effect_report
from lianxue.distribution.operations.reports.submit_effect_report import submit_effect_report
from lianxue.kernel import clock
from lianxue.orgs.public import Chain, Organisation, OrganisationKind
from tests.factories.distribution_stock import StockedRound, delivered_round, dispatched_round, packed_round
from tests.factories.orgs import make_organisation
from tests.factories.resources import make_picture
from tests.walk.rounds import decided
from tests.walk.world import COLLEGE, DESK, OFFICE, POINT, SUPPLIER, UNIVERSITY, Address, Kwargs, World

STAFF = frozenset({POINT, DESK})
ABOVE = frozenset({OFFICE, COLLEGE, UNIVERSITY})
IN_NETWORK = STAFF | ABOVE
CONCERNED = IN_NETWORK | {SUPPLIER}
READERS = ABOVE | {POINT}


@dataclass
class AtPoint:
    """One of everything at one point."""

    point: Organisation
    shipment: Shipment
    loan: Loan
    issue: Issue
    photo: DisplayPhoto
    report: EffectReport


def _where_copies_are(world: World) -> StockedRound:
    """Return a round that was received at a point of each college."""
    points = [world.network.points[number] for number in (0, 3, 5)]
    return world.once("received", lambda: delivered_round(world.network, (6,), points=points, at=clock.now()))


def at_point(world: World, point: Organisation) -> AtPoint:
    """Return one of everything at ``point``."""

    def make() -> AtPoint:
        stocked, at, admin = _where_copies_are(world), clock.now(), world.network.actor(point)
        desk: dict[str, Any] = {"actor": admin, "at": at, "point": point, "entry": stocked.entry}
        set_up_corner(actor=admin, at=at, point=point, location="二楼")
        year = clock.today().year
        texts = dict.fromkeys(("recipients", "forms", "effects", "suggestions"), "文字")
        report = save_effect_report(actor=admin, at=at, point=point, year=year, version=0, texts=texts)
        add_report_picture(
            actor=admin, at=at, point=point, year=year, upload=make_picture(), caption="展示区"
        )
        report.refresh_from_db()
        return AtPoint(
            point=point,
            shipment=next(s for s in stocked.shipments if s.point_id == point.pk),
            loan=lend(**desk, borrower_name="王小明"),
            issue=issue(**desk, recipient_name="李老师", audience=Audience.TEACHER),
            photo=add_display_photo(actor=admin, at=at, point=point, upload=make_picture()),
            report=submit_effect_report(actor=admin, at=at, report=report, version=report.version),
        )

    return world.once(f"everything at {point.pk}", make)


def _of_another_supplier(world: World) -> Shipment:
    def make() -> Shipment:
        network = world.network
        other = make_organisation(
            "supplier-2", OrganisationKind.SUPPLIER, network.office, name="另一供应商", chain=Chain.SUPPLY
        )
        return packed_round(replace(network, supplier=other), (1,), points=[network.points[3]]).shipments[0]

    return world.once("of another supplier", make)


def thing(**names: Callable[[AtPoint], object]) -> Callable[[World, str, bool], Kwargs | None]:
    """Return an example of something at a point that is the role's own or lies below it, or at a foreign one."""

    def example(world: World, role: str, own: bool) -> Kwargs | None:
        point = world.point(role, own)
        if point is None:
            return None
        return {name: value(at_point(world, point)) for name, value in names.items()}

    return example


def shipment(world: World, role: str, own: bool) -> Kwargs | None:
    if role == SUPPLIER and not own:
        return {"pk": _of_another_supplier(world).pk}
    return thing(pk=lambda there: there.shipment.pk)(world, role, own)


def lot(world: World, role: str, own: bool) -> Kwargs | None:
    if role == SUPPLIER and not own:
        return {"lot_id": _of_another_supplier(world).lines.get().pk}
    return thing(lot_id=lambda there: there.shipment.lines.get().pk)(world, role, own)


def on_its_way(world: World, role: str, own: bool) -> Kwargs | None:
    """Return a shipment that waits to be checked at the role's point, or at a foreign one."""
    points = [world.network.points[number] for number in (0, 3, 5)]
    sent = world.once(
        "on its way", lambda: dispatched_round(world.network, (2,), points=points, at=clock.now())
    )
    point = world.point(role, own)
    return next(({"pk": s.pk} for s in sent.shipments if point and s.point_id == point.pk), None)


def scanned(world: World, role: str, own: bool) -> Kwargs | None:
    found = shipment(world, role, own)
    return {"token": Shipment.objects.get(pk=found["pk"]).token} if found else None


def decided_line(world: World, role: str, own: bool) -> Kwargs | None:
    point = world.point(role, own)
    if point is None or (role == SUPPLIER and not own):
        return None
    line = AllocationLine.objects.get(allocation=decided(world), demand_line__request__point=point)
    return {"line_id": line.pk}


def fixed(**values: object) -> Callable[[World, str, bool], Kwargs | None]:
    """Return an example that is the same for everybody."""
    return lambda _world, _role, own: dict(values) if own else None


def beside_the_corner(world: World, role: str, own: bool) -> Kwargs | None:
    """Make sure that there is a corner to be photographed."""
    return thing()(world, role, own) if own else None


def _pressed(opens_to: frozenset[str], example: Any) -> Address:
    """An address that only takes a press: looking at it is no press, whoever's it is."""
    return Address(opens_to=opens_to, example=example, answer=405, foreign_answer=405)


a_point = thing(point_id=lambda there: there.point.pk)
a_photo = thing(pk=lambda there: there.photo.pk)
a_report = thing(pk=lambda there: there.report.pk)
a_report_picture = thing(pk=lambda there: there.report.pictures.get().pk)
a_report_file = thing(pk=lambda there: there.report.pk, ending=lambda _there: "docx")
a_title = thing(point_id=lambda there: there.point.pk, entry_id=lambda there: there.loan.title.entry_id)

ADDRESSES = {
    "distribution:reports": Address(opens_to=READERS),
    "distribution:report-write": Address(opens_to=frozenset({POINT}), example=fixed(year=2024)),
    "distribution:report-autosave": _pressed(frozenset({POINT}), fixed(year=2024)),
    "distribution:report-pictures": Address(opens_to=frozenset({POINT}), example=fixed(year=2024)),
    "distribution:report-picture": Address(opens_to=READERS, example=a_report_picture),
    "distribution:report-picture-small": Address(opens_to=READERS, example=a_report_picture),
    "distribution:report-picture-remove": _pressed(frozenset({POINT}), a_report_picture),
    "distribution:reports-volume": Address(opens_to=ABOVE, example=fixed(year=clock.today().year)),
    "distribution:reports-remind": _pressed(ABOVE, fixed(year=clock.today().year)),
    "distribution:report": Address(opens_to=READERS, example=a_report),
    "distribution:report-return": _pressed(ABOVE, a_report),
    "distribution:report-file": Address(opens_to=READERS, example=a_report_file),
    "distribution:stock": Address(opens_to=IN_NETWORK),
    "distribution:rearrange": _pressed(STAFF, lot),
    "distribution:point-stock": Address(opens_to=IN_NETWORK, example=a_point),
    "distribution:title-stock": Address(opens_to=IN_NETWORK, example=a_title),
}
