"""Copies that leave for good: shared out among recipients, written down, posted and recorded in a few statements."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lianxue.distribution.enums import Audience, PlaceKind
from lianxue.distribution.errors import CopyReserved, LastDisplayCopy, NotEnoughCopies
from lianxue.distribution.models import Issue, StockBalance
from lianxue.distribution.operations.desk.queue import queue_for, require_free
from lianxue.distribution.operations.ledger import (
    Posting,
    Taking,
    choose_lots,
    copies_going_out,
    lock_holdings,
    post_many,
    reference_to,
)
from lianxue.kernel import audit
from lianxue.orgs.public import Actor, Organisation

KEPT_ON_DISPLAY = 1  # S0-29: 除了保留一份在资源展示区以外
RECORDED = ("title", "lot", "quantity", "recipient_name", "audience", "issued_on", "class_name")


@dataclass(frozen=True, slots=True)
class Gift:
    """So many copies of a title for one recipient."""

    entry_id: int
    recipient_name: str
    audience: Audience
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Occasion:
    """When and for which class copies are issued; the reasons are empty where none is needed."""

    point: Organisation
    issued_on: date
    class_name: str = ""
    backdated_reason: str = ""
    queue_reason: str = ""


def hand_out(gifts: Sequence[Gift], occasion: Occasion, *, actor: Actor, at: datetime) -> list[Issue]:
    """Issue all gifts or none, oldest lots first, with the same few statements for one and for hundreds.

    Raise ``NotEnoughCopies``, ``LastDisplayCopy``, ``CopyReserved`` or ``Invalid``, naming the title when there are
    several.
    """
    by_title: dict[int, list[Gift]] = defaultdict(list)
    for gift in gifts:
        by_title[gift.entry_id].append(gift)
    held = lock_holdings(occasion.point.pk, *by_title)
    issues: list[Issue] = []
    decided: dict[int, str] = {}
    for entry_id, wanted in by_title.items():
        of_title = [balance for balance in held if balance.title.entry_id == entry_id]
        takings, decided[entry_id] = _choose(of_title, wanted, occasion, name_title=len(by_title) > 1)
        issues += _shared_out(takings, wanted, occasion, actor)
    titles = {balance.title_id: balance.title for balance in held}
    for row in Issue.objects.bulk_create(issues):
        row.title = titles[row.title_id]
    post_many(
        at=at,
        person_id=actor.person_id,
        postings=[
            Posting("issue", reference_to(row), copies_going_out(row, PlaceKind.ISSUED)) for row in issues
        ],
        held=held,
    )
    audit.record_many(
        actor=actor,
        at=at,
        verb="distribution.issue",
        changes=[
            audit.Change(row, after=audit.snapshot(row, *RECORDED), note=decided[row.title.entry_id])
            for row in issues
        ],
    )
    return issues


def _choose(
    held: Sequence[StockBalance], gifts: Sequence[Gift], occasion: Occasion, *, name_title: bool
) -> tuple[list[Taking], str]:
    """Return the copies of one title that are taken, and why they may be although some are put aside."""
    quantity = sum(gift.quantity for gift in gifts)
    try:
        takings = choose_lots(
            held, quantity, on=occasion.issued_on, keep_on_display=KEPT_ON_DISPLAY, day_field="issued_on"
        )
        queue = queue_for(occasion.point.pk, gifts[0].entry_id)
        reader = gifts[0].recipient_name if len(gifts) == 1 else ""
        return takings, require_free(queue, held, quantity, reader=reader, reason=occasion.queue_reason)
    except (NotEnoughCopies, LastDisplayCopy, CopyReserved) as refusal:
        if name_title and held:
            raise type(refusal)(
                f"{held[0].title.entry.title}: {refusal.message}", fields=refusal.fields
            ) from refusal
        raise


def _shared_out(
    takings: Sequence[Taking], gifts: Sequence[Gift], occasion: Occasion, actor: Actor
) -> Iterator[Issue]:
    """Share the copies out in the order of the recipients; one whose copies are of two lots has two rows."""
    left = list(takings)
    for gift in gifts:
        missing = gift.quantity
        while missing:
            first = left.pop(0)
            from_shelf = min(missing, first.from_shelf)
            from_display = min(missing - from_shelf, first.from_display)
            rest = Taking(first.lot, first.from_shelf - from_shelf, first.from_display - from_display)
            if rest.quantity:
                left.insert(0, rest)
            missing -= from_shelf + from_display
            yield Issue(
                point=occasion.point,
                title_id=first.lot.title_id,
                lot=first.lot,
                quantity=from_shelf + from_display,
                from_display=from_display,
                recipient_name=gift.recipient_name,
                audience=gift.audience,
                issued_on=occasion.issued_on,
                class_name=occasion.class_name,
                backdated_reason=occasion.backdated_reason,
                recorded_by_id=actor.person_id,
            )
