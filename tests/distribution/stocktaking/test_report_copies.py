"""Single copies that are damaged, gone or found: one report, settled by a second person."""

import pytest
from tests.factories.distribution_people import everybody, everything_written
from tests.factories.distribution_stock import StockedRound, delivered_round
from tests.factories.orgs import AT, small_network

from lianxue.distribution.enums import CopyFate, PlaceKind
from lianxue.distribution.errors import NotEnoughCopies, ReasonMissing, StocktakeUnderWay
from lianxue.distribution.models import StockBalance, Stocktake, StocktakeLine
from lianxue.distribution.operations.stocktaking.begin import begin_stocktake
from lianxue.distribution.operations.stocktaking.report_copies import report_copies
from lianxue.distribution.operations.stocktaking.settle import return_count, settle_stocktake
from lianxue.kernel.errors import Invalid, NotAllowed, Refused
from lianxue.orgs.public import Actor

pytestmark = pytest.mark.django_db

SHELF = PlaceKind.SHELF


@pytest.fixture
def stocked() -> StockedRound:
    return delivered_round(small_network(), (4, 2))


def report(
    stocked: StockedRound,
    fate: CopyFate = CopyFate.DAMAGED,
    quantity: int = 1,
    *,
    reason: str = "水渍",
    kind: PlaceKind = SHELF,
    actor: Actor | None = None,
) -> StocktakeLine:
    return report_copies(
        actor=actor or stocked.desk,
        at=AT,
        lot=stocked.lot,
        kind=kind,
        fate=fate,
        quantity=quantity,
        reason=reason,
    )


def copies(stocked: StockedRound) -> dict[str, int]:
    rows = StockBalance.objects.filter(lot=stocked.lot, place__organisation=stocked.point)
    return dict(rows.exclude(quantity=0).values_list("place__kind", "quantity"))


def test_reports_gather_on_one_paper_until_the_second_person_settles_it(stocked: StockedRound) -> None:
    report(stocked)
    report(stocked, CopyFate.GONE, reason="找不到")
    line = report(stocked, CopyFate.GONE, kind=PlaceKind.DISPLAY, reason="被拿走")
    row = Stocktake.objects.get()
    assert (row.state, row.is_whole, row.counted_by_id) == ("counted", False, stocked.desk.person_id)
    shelf = row.lines.get(kind="shelf")
    assert (shelf.expected, shelf.counted, shelf.damaged, shelf.reason) == (3, 1, 1, "水渍; 找不到")
    assert copies(stocked) == {"shelf": 3, "display": 1}
    with pytest.raises(NotAllowed):
        settle_stocktake(actor=stocked.desk, at=AT, stocktake=row)
    settle_stocktake(actor=stocked.admin, at=AT, stocktake=row)
    assert copies(stocked) == {"shelf": 1, "damaged": 1, "lost": 2}
    assert line.stocktake_id == row.pk


def test_a_copy_found_again_comes_back_from_the_missing_ones(stocked: StockedRound) -> None:
    report(stocked, CopyFate.GONE)
    settle_stocktake(actor=stocked.admin, at=AT, stocktake=Stocktake.objects.get())
    report(stocked, CopyFate.FOUND, reason="夹在别的书里")
    settle_stocktake(actor=stocked.admin, at=AT, stocktake=Stocktake.objects.get(state="counted"))
    assert copies(stocked) == {"shelf": 3, "display": 1}


def test_what_cannot_be_reported_changes_nothing(stocked: StockedRound) -> None:
    report(stocked, quantity=2)
    before = everything_written()
    wrong: list[tuple[type[Refused], dict[str, object]]] = [
        (NotEnoughCopies, {"quantity": 2}),
        (Invalid, {"quantity": 0}),
        (ReasonMissing, {"reason": " "}),
        (Invalid, {"kind": PlaceKind.ON_LOAN}),
        (Invalid, {"fate": CopyFate.FOUND}),  # two damaged, one found: which is it?
    ]
    for kind, words in wrong:
        with pytest.raises(kind):
            report(stocked, **words)  # type: ignore[arg-type]
    for letter, actor in everybody(stocked.network).items():
        if letter not in "PD":
            with pytest.raises(NotAllowed):
                report(stocked, actor=actor)
    assert {name: rows for name, rows in everything_written().items() if name.startswith("Stock")} == {
        name: rows for name, rows in before.items() if name.startswith("Stock")
    }


def test_a_report_sent_back_takes_more_and_a_whole_count_takes_none(stocked: StockedRound) -> None:
    report(stocked)
    row = return_count(actor=stocked.admin, at=AT, stocktake=Stocktake.objects.get(), reason="哪一本？")
    report(stocked, CopyFate.GONE)
    assert (Stocktake.objects.get(pk=row.pk).state, row.lines.get().difference) == ("counting", -2)
    with pytest.raises(StocktakeUnderWay):
        begin_stocktake(actor=stocked.desk, at=AT, point=stocked.point)
    Stocktake.objects.update(state="cancelled")
    begin_stocktake(actor=stocked.desk, at=AT, point=stocked.point)
    with pytest.raises(StocktakeUnderWay):
        report(stocked)
