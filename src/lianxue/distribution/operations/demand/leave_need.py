"""Learners and teachers leave what they would like at the public page of their point (S0-41)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import Audience, RoundState
from lianxue.distribution.errors import OutsideWindow, RoundMovedOn, TitleNotOffered, TooManyNeeds
from lianxue.distribution.models import Need, PointDoor, Round, RoundTitle
from lianxue.distribution.operations.rounds.round_locks import held_round
from lianxue.distribution.queries.network import college_of_point
from lianxue.kernel import audit
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Invalid, NotFound, Text
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor
from lianxue.resources.public import EntryState

MOST_COPIES = 200
MOST_TITLES = 40
NAME_LENGTH = 40
NOTE_LENGTH = 300
# So many wishes at one point in so long a time are somebody's joke, or a machine.
MOST_LATELY = 400
LATELY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """So many copies of a title on offer."""

    title_id: int
    quantity: int = 1


@operation("distribution.leave_need", label=_("Leave a wish at a point"))
def leave_need(
    *,
    actor: Actor,
    at: datetime,
    door: PointDoor,
    round: Round,
    wishes: Sequence[Wish],
    audience: Audience,
    something_else: str = "",
    person_name: str = "",
    note: str = "",
    request_key: str | None = None,
) -> None:
    """Leave wishes at the point behind ``door``; ``something_else`` names what is not on offer.

    Anybody may, without an account. Raise ``RoundMovedOn``, ``OutsideWindow``, ``TitleNotOffered``, ``TooManyNeeds``
    or ``Invalid`` (fields ``wishes``, ``quantity_<title id>``, ``something_else``, ``person_name``, ``note``).
    """
    held = held_round(round.pk)
    if college_of_point(door.point_id, held.office_id) is None or held.state == RoundState.DRAFT:
        raise NotFound
    if held.state != RoundState.OPEN:
        raise RoundMovedOn
    if not held.takes_demand_on(local_date(at)):
        raise OutsideWindow
    texts = {
        "something_else": something_else.strip(),
        "person_name": person_name.strip(),
        "note": note.strip(),
    }
    _check(wishes, texts)
    _check_titles(held, wishes)
    if (
        Need.objects.filter(point_id=door.point_id, left_at__gt=at - LATELY).count() + len(wishes)
        > MOST_LATELY
    ):
        raise TooManyNeeds
    wanted: list[tuple[int | None, int, str]] = [(w.title_id, w.quantity, texts["note"]) for w in wishes]
    if texts["something_else"]:
        wanted.append((None, 1, texts["something_else"]))
    Need.objects.bulk_create(
        Need(
            round=held,
            point_id=door.point_id,
            title_id=title_id,
            quantity=quantity,
            note=words,
            audience=audience,
            person_name=texts["person_name"],
            left_at=at,
        )
        for title_id, quantity, words in wanted
    )
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.leave_need",
        subject=door,
        after={"round": held.pk, "wishes": len(wanted)},
    )


def _check(wishes: Sequence[Wish], texts: dict[str, str]) -> None:
    faults: dict[str, Text] = {
        f"quantity_{w.title_id}": _("Please give a number from 1 to 200.")
        for w in wishes
        if not 1 <= w.quantity <= MOST_COPIES
    }
    if not wishes and not texts["something_else"]:
        faults["wishes"] = _("Please choose at least one title, or write what you would like.")
    if len(wishes) > MOST_TITLES:
        faults["wishes"] = _("Please choose at most 40 titles at once.")
    if len(texts["person_name"]) > NAME_LENGTH:
        faults["person_name"] = _("Please give a name of at most 40 characters.")
    for name in ("something_else", "note"):
        if len(texts[name]) > NOTE_LENGTH:
            faults[name] = _("Please keep this under 300 characters.")
    if faults:
        raise Invalid(fields=faults)


def _check_titles(held: Round, wishes: Sequence[Wish]) -> None:
    wanted = {wish.title_id for wish in wishes}
    offered = RoundTitle.objects.filter(round=held, pk__in=wanted, entry__state=EntryState.PUBLISHED)
    if len(wanted) != len(wishes) or offered.count() != len(wanted):
        raise TitleNotOffered
