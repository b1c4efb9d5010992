"""The operations that are measured, each as a person does it: the forms that are sent, the pages that are read."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from django.urls import reverse

from benchmarks.drive import CONNECTIONS, Act, Meter, dealt, warm
from benchmarks.filling import form_page, save_answer, submit_and_three_opinions
from benchmarks.running import Running
from benchmarks.seed import NO_DAYS, ORDERED, PASSWORD, people_with_passwords
from benchmarks.titles import WORDS
from benchmarks.visitor import Visitor
from lianxue.demo.play import demand, fulfilment, rounds
from lianxue.distribution.public import (
    Allocation,
    DemandBatch,
    Loan,
    LoanState,
    Round,
    Shipment,
    ShipmentState,
    TitleOffer,
    add_titles,
    create_round,
    open_round,
)
from lianxue.kernel import clock
from lianxue.orgs.public import Organisation

Result = dict[str, dict[str, object]]
READER = "测量读者"


@dataclass(frozen=True)
class Measure:
    """A name in the table, and what is done; ``run`` gets the platform and how many times the usual amount."""

    name: str
    run: Callable[[Running, float], Result]


def _page(
    name: str, usual: int, visitors: Callable[[Running], list[Visitor]], path: Callable[..., str]
) -> Measure:
    """Return a measure that reads one page again and again."""

    def run(platform: Running, scale: float) -> Result:
        people, chance = visitors(platform), random.Random(1)
        count = max(CONNECTIONS, int(usual * scale))
        acts = [_reading(path(platform, chance)) for _ in range(count)]
        warm(people, dealt(acts[: count // 5 + CONNECTIONS]))
        for one in people:
            one.seconds.clear()
        meter = Meter(platform)
        meter.drive(people, dealt(acts))
        return {name: meter.result(count)}

    return Measure(name, run)


def _at(platform: Running, organisations: list[Organisation]) -> list[Visitor]:
    """Return a visitor for each organisation, eight in all, signed in as who acts for it."""
    chosen = [organisations[number % len(organisations)] for number in range(CONNECTIONS)]
    return [
        Visitor(platform.port, platform.sown.session(one), f"10.1.0.{n}") for n, one in enumerate(chosen, 1)
    ]


def _point_visitors(platform: Running) -> list[Visitor]:
    return _at(platform, platform.sown.player.cast.points[40:])


def _college_visitors(platform: Running) -> list[Visitor]:
    cast = platform.sown.player.cast
    gathering = DemandBatch.objects.filter(round=platform.sown.open_round).values_list(
        "college_id", flat=True
    )
    return _at(platform, [one for one in cast.colleges if one.pk in set(gathering)])


def loan_return(platform: Running, scale: float) -> Result:
    """Lend a copy and take it back, at eight desks at once; then the same with the desk page after each."""
    points = platform.sown.player.cast.points[:CONNECTIONS]
    count = max(CONNECTIONS * 5, int(640 * scale))
    entries = _stock_desks(platform, points, copies=count // CONNECTIONS + 40)
    people = _at(platform, points)
    found: Result = {}
    for name, with_pages in (("loan_return", False), ("loan_return_with_pages", True)):
        warm_up, meter = max(1, count // CONNECTIONS // 10), Meter(platform)
        for times, drive in ((warm_up, warm), (count // CONNECTIONS, meter.drive)):
            drive(people, [_lendings(entries, times, with_pages) for _ in people])
            drive(people, [_returns(point, with_pages) for point in points])
            if drive is warm:
                for one in people:
                    one.seconds.clear()
        found[name] = meter.result(count // CONNECTIONS * CONNECTIONS)
    return found


def _reading(path: str) -> Act:
    return lambda visitor: visitor.get(path)


def _lendings(entries: list[int], times: int, with_pages: bool) -> list[Act]:
    """Return so many lendings at one desk, title after title."""

    def lending(entry_id: int) -> Act:
        return lambda visitor: _lend(visitor, entry_id, with_pages)

    return [lending(entries[number % len(entries)]) for number in range(times)]


def _returns(point: Organisation, with_pages: bool) -> list[Act]:
    """Return the taking back of every loan of the measurement that is out at a point."""

    def taking_back(loan_id: int) -> Act:
        return lambda visitor: _take_back(visitor, loan_id, with_pages)

    out = Loan.objects.filter(point=point, state=LoanState.ON_LOAN, borrower_name=READER)
    return [taking_back(pk) for pk in out.order_by("pk").values_list("pk", flat=True)]


def _lend(visitor: Visitor, entry_id: int, with_pages: bool) -> None:
    today = clock.today().isoformat()
    sent = {"borrower_name": READER, "quantity": 1, "lent_on": today}
    then = visitor.post(reverse("distribution:desk-lend", args=[entry_id]), sent)
    if with_pages:
        visitor.get(then)


def _take_back(visitor: Visitor, loan_id: int, with_pages: bool) -> None:
    sent = {"returned_on": clock.today().isoformat()}
    then = visitor.post(reverse("distribution:loan-return", args=[loan_id]), sent)
    if with_pages:
        visitor.get(then)


def _stock_desks(platform: Running, points: list[Organisation], copies: int) -> list[int]:
    """Bring many copies of ten titles to the desks, by a round of their own; return the catalogue entries' ids."""
    sown, at = platform.sown, clock.now() - timedelta(days=1)
    player = sown.player
    row = _new_round(platform, "窗口备书", copies * len(points) * 2)
    titles = list(row.titles.order_by("pk"))
    for point in points:
        actor = player.cast.actor(point)
        demand.save_demand(actor=actor, at=at, round=row, quantities={title.pk: copies for title in titles})
        demand.submit_demand(actor=actor, at=at, round=row)
    demand.aggregate(player, row, at=at)
    rounds.share_out(player, row, at=at)
    fulfilment.dispatch_round(player, row, at=at)
    fulfilment.receive_round(player, row, at=at, photo_share=0)
    return [title.entry_id for title in titles]


def _new_round(platform: Running, name: str, copies: int) -> Round:
    """Open a round of ten titles of one supplier."""
    sown, at = platform.sown, clock.now() - timedelta(days=1)
    office = sown.player.cast.actor(sown.player.cast.office)
    row = create_round(actor=office, at=at, name=name, year=at.year, days=NO_DAYS)
    supplier = sown.player.cast.suppliers[0]
    offers = [TitleOffer(entry.pk, supplier.pk, copies) for entry, _supplier in sown.entries[:ORDERED]]
    add_titles(actor=office, at=at, round=row, offers=offers)
    return open_round(actor=office, at=at, round=row)


def order_dispatch_receipt(platform: Running, scale: float) -> Result:
    """Ten titles all the way: every point states and submits, colleges pass on, the office decides, the supplier
    sends each parcel, every point confirms what came. All of it is counted, divided by the parcels."""
    meter, parcels, times = Meter(platform), 0, max(1, round(scale))
    for number in range(times + 1):  # the first time warms up
        row = _new_round(platform, f"测量第{number}轮", 100_000)
        counted = meter if number else Meter(platform)
        parcels_now = _whole_way(platform, row, counted)
        parcels += parcels_now if number else 0
    result = meter.result(parcels)
    return {"order_dispatch_receipt_10_lines": result}


def _whole_way(platform: Running, row: Round, meter: Meter) -> int:
    cast = platform.sown.player.cast
    title_ids = list(row.titles.order_by("pk").values_list("pk", flat=True))
    points = cast.points if row.name != "测量第0轮" else cast.points[:48]
    numbers = {f"quantity_{pk}": 3 for pk in title_ids}
    sessions = {one.pk: platform.sown.session(one) for one in (*cast.points, *cast.colleges, cast.office)}
    people = [Visitor(platform.port, "", f"10.2.0.{n}") for n in range(1, CONNECTIONS + 1)]

    def as_(organisation_id: int, path: str, fields: dict[str, object]) -> Act:
        def act(visitor: Visitor) -> None:
            visitor.session = sessions[organisation_id]
            visitor.post(path, fields)

        return act

    def order(organisation_id: int) -> Act:
        state = as_(
            organisation_id, reverse("distribution:demand", args=[row.pk]), {**numbers, "then": "review"}
        )
        submit = as_(organisation_id, reverse("distribution:demand-review", args=[row.pk]), {})
        return lambda visitor: (state(visitor), submit(visitor))

    meter.drive(people, dealt([order(one.pk) for one in points]))
    colleges = DemandBatch.objects.filter(round=row).values_list("college_id", flat=True)
    passing = [as_(college, reverse("distribution:batch-submit", args=[row.pk]), {}) for college in colleges]
    meter.drive(people, dealt(passing))
    office, pk = cast.office.pk, row.pk
    meter.drive(people[:1], [[as_(office, reverse("distribution:round-end-demand", args=[pk]), {})]])
    propose = as_(office, reverse("distribution:allocation-propose", args=[pk]), {"policy": "proportional"})
    meter.drive(people[:1], [[propose]])
    allocation = Allocation.objects.get(round=row)
    decide = as_(office, reverse("distribution:allocation-commit", args=[allocation.pk]), {})
    meter.drive(people[:1], [[decide]])
    shipments = list(Shipment.objects.filter(round=row, state=ShipmentState.PREPARING).order_by("pk"))
    clerk = cast.suppliers[0]
    sessions[clerk.pk] = platform.sown.session(clerk)
    send = [
        as_(clerk.pk, reverse("distribution:dispatch", args=[s.pk]), {"carrier_note": "申通 776012"})
        for s in shipments
    ]
    meter.drive(people, dealt(send))
    receive = [
        as_(s.point_id, reverse("distribution:receive", args=[s.pk]), {"all_good": "yes"}) for s in shipments
    ]
    meter.drive(people, dealt(receive))
    received = Shipment.objects.filter(round=row, state=ShipmentState.RECEIVED).count()
    if received != len(points):
        raise SystemExit(f"{received} of {len(points)} parcels came through")
    return received


def sign_in(platform: Running, scale: float) -> Result:
    """Sign in with account name and password, each time from another address."""
    from django.conf import settings

    count = max(CONNECTIONS, int(120 * scale))
    names = people_with_passwords(count + CONNECTIONS)
    people = [Visitor(platform.port) for _ in range(CONNECTIONS)]

    def act(name: str, number: int) -> Act:
        def enter(visitor: Visitor) -> None:
            visitor.session, visitor.address = "", f"10.{3 + number // 250}.{number % 250}.7"
            visitor.post(reverse("account_login"), {"login": name, "password": PASSWORD})

        return enter

    acts = [act(name, number) for number, name in enumerate(names)]
    warm(people, dealt(acts[count:]))
    for one in people:
        one.seconds.clear()
    meter = Meter(platform)
    meter.drive(people, dealt(acts[:count]))
    hasher = settings.PASSWORD_HASHERS[0].rpartition(".")[2].removesuffix("PasswordHasher")
    return {"sign_in": meter.result(count, note=hasher)}


MEASURES = (
    Measure("loan_return", loan_return),
    Measure("order_dispatch_receipt_10_lines", order_dispatch_receipt),
    _page(
        "catalogue_search_200k",
        480,
        _point_visitors,
        lambda _platform, chance: f"{reverse('resources:catalogue')}?q={quote(chance.choice(WORDS))}",
    ),
    # What any page costs: session, person, post, menu, frame, and next to nothing in it. Other pages come on top of this.
    _page("nearly_empty_page", 640, _point_visitors, lambda _platform, _chance: reverse("web:accessibility")),
    _page("point_home", 640, _point_visitors, lambda _platform, _chance: reverse("web:home")),
    _page(
        "college_aggregation",
        320,
        _college_visitors,
        lambda platform, _chance: reverse("distribution:aggregation", args=[platform.sown.open_round.pk]),
    ),
    Measure("form_page", form_page),
    Measure("save_answer", save_answer),
    Measure("submit_and_three_opinions", submit_and_three_opinions),
    Measure("sign_in", sign_in),
)
