"""A round in the made-up province: demand taken over as one piece, aggregated by counties, shared out and sent.

What follows the decision in life, over months and by 20,000 hands, is played at some of the points through the same
operations: parcels sent to some of them, confirmed and lent from one by one at fewer.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from lianxue.demo.cast import Cast
from lianxue.demo.play.statistics import refresh_statistics
from lianxue.demo.province.network import ProvinceNetwork
from lianxue.distribution.public import (
    DemandBatch,
    DemandLine,
    LineChange,
    Round,
    RoundDays,
    Shipment,
    ShipmentState,
    StatedLine,
    TitleOffer,
    add_titles,
    adjust_lines,
    commit_allocation,
    create_round,
    dispatch_shipments,
    open_round,
    propose_allocation,
    start_allocating,
    submit_batch,
    take_over_demand,
)
from lianxue.orgs.public import Organisation
from lianxue.resources.public import CatalogueEntry, Description, ResourceKind, add_entry

Step = Callable[[str, int, int], None]

TITLES = 2000
LINES_A_POINT = 100
COPIES = (1, 2, 3, 3, 4, 5, 6, 8, 10)
FEWEST, MOST = 0.4, 1.1  # copies that a supplier has of a title, as a share of what is asked
PARCELS_AT_ONCE = 500
ADJUSTED_IN_A_BATCH = 20
SUBJECTS = [
    "书法",
    "国画",
    "剪纸",
    "茶艺",
    "太极",
    "合唱",
    "戏曲",
    "摄影",
    "智能手机",
    "防诈骗",
    "理财",
    "法律",
    "养生",
    "营养",
    "急救",
    "心理",
    "亲子",
    "园艺",
    "历史",
    "写作",
]
KINDS = ["读本", "手册", "教程", "图解", "讲义"]


def publish_titles(network: ProvinceNetwork, *, at: datetime, step: Step) -> list[CatalogueEntry]:
    """Put the titles of the round into the catalogue, by the suppliers in turn."""
    office, made = network.actor(network.office), []
    for number in range(1, TITLES + 1):
        subject, kind = SUBJECTS[number % len(SUBJECTS)], KINDS[number % len(KINDS)]
        made.append(
            add_entry(
                actor=office,
                at=at,
                description=Description(
                    title=f"{subject}{kind}第{number}种",
                    kind=ResourceKind.BOOK,
                    publisher="示例出版社",
                    year=2025,
                    keywords=subject,
                ),
                provider=network.suppliers[number % len(network.suppliers)],
            )
        )
        step("Catalogue", number, TITLES)
    return made


def open_province_round(
    network: ProvinceNetwork, entries: list[CatalogueEntry], *, at: datetime, chance: random.Random
) -> Round:
    """Prepare and open a round over all titles."""
    office = network.actor(network.office)
    days = RoundDays(
        demand_from=at.date(),
        demand_until=at.date() + timedelta(days=29),
        aggregate_until=at.date() + timedelta(days=39),
        receive_until=at.date() + timedelta(days=90),
    )
    made = create_round(actor=office, at=at, name="全省配送一轮", year=at.year, days=days)
    asked = len(network.points) * LINES_A_POINT * sum(COPIES) / len(COPIES) / len(entries)
    offers = [
        TitleOffer(entry.pk, entry.provider_id, max(1, int(asked * chance.uniform(FEWEST, MOST))))
        for entry in entries
    ]
    add_titles(actor=office, at=at, round=made, offers=offers)
    return open_round(actor=office, at=at, round=made)


def state_demand(network: ProvinceNetwork, round: Round, *, at: datetime, chance: random.Random) -> None:
    """Let every point ask for a hundred titles, in one piece."""
    titles = list(round.titles.order_by("pk").values_list("pk", flat=True))

    def lines() -> Iterator[StatedLine]:
        for point in network.points:
            for title_id in chance.sample(titles, LINES_A_POINT):
                yield StatedLine(point.pk, title_id, chance.choice(COPIES))

    take_over_demand(actor=network.actor(network.office), at=at, round=round, lines=lines())


def aggregate(
    network: ProvinceNetwork, round: Round, *, at: datetime, chance: random.Random, step: Step
) -> None:
    """Let the counties change some lines with a reason and submit."""
    batches = list(DemandBatch.objects.filter(round=round).select_related("college").order_by("college_id"))
    for number, batch in enumerate(batches, 1):
        actor = network.actor(batch.college)
        some = DemandLine.objects.filter(request=batch.requests.first()).order_by("pk")[:ADJUSTED_IN_A_BATCH]
        changes = [LineChange(line.pk, line.agreed + chance.randint(1, 3), "按班级人数核增") for line in some]
        if changes:
            adjust_lines(actor=actor, at=at, batch=batch, changes=changes)
        submit_batch(actor=actor, at=at, batch=batch)
        step("Aggregation", number, len(batches))


def share_out(network: ProvinceNetwork, round: Round, *, at: datetime, policy: str = "proportional") -> None:
    """End the demand, share out and decide."""
    office = network.actor(network.office)
    start_allocating(actor=office, at=at, round=round)
    allocation = propose_allocation(actor=office, at=at, round=round, policy=policy)
    refresh_statistics()
    commit_allocation(actor=office, at=at, allocation=allocation)


def dispatch(
    network: ProvinceNetwork, round: Round, points: Sequence[Organisation], *, at: datetime, step: Step
) -> None:
    """Let each supplier send its parcels to ``points``, some hundreds at once."""
    for number, supplier in enumerate(network.suppliers, 1):
        actor = network.actor(supplier)
        packed = Shipment.objects.filter(
            round=round, supplier=supplier, point__in=points, state=ShipmentState.PREPARING
        )
        while some := list(packed.order_by("pk")[:PARCELS_AT_ONCE]):
            dispatch_shipments(actor=actor, at=at, shipments=some, carrier_note="示例物流")
        step("Dispatch", number, len(network.suppliers))


def cast_of(network: ProvinceNetwork, points: Sequence[Organisation]) -> Cast:
    """Return ``points`` with whoever acts for them, to be played one by one."""
    playing = [network.office, *points]
    return Cast(
        organisations={one.code: one for one in playing},
        actors={one.code: network.actor(one) for one in playing},
        above={},
        reviewer=network.actor(network.office),
    )
