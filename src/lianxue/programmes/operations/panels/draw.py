"""Drawing experts for filings by rule: nobody judges their own, everybody gets as many as the next."""

import random
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.days import local_date
from lianxue.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Unmet
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.models import ChainNode, Post
from lianxue.orgs.public import Actor, Role, posts_held_in
from lianxue.programmes.enums import FilingState, PanelState
from lianxue.programmes.events import PanelDrawn
from lianxue.programmes.flows.panel import PANEL_FLOW
from lianxue.programmes.models import Call, Filing, FilingRevision, Panel, PanelSeat, Score
from lianxue.programmes.queries.ranking import position_of
from lianxue.programmes.rules.calls import RUNS_CALL

MOST_EXPERTS, MOST_PERCENT = 15, 100
MOST_SEED = 2_147_483_647


@operation("programmes.draw_panel", label=_("Draw a panel"))
def draw_panel(
    *,
    actor: Actor,
    at: datetime,
    call: Call,
    stage: str,
    level: str,
    size: int,
    seed: int,
    ratio_percent: Decimal | None = None,
    request_key: str | None = None,
) -> Panel:
    """Draw ``size`` experts of the office for each filing that lies at this level; ``seed`` makes the draw repeatable.

    Raise ``NotFound``, ``NotAllowed``, ``Invalid``, ``Conflict`` (there is a panel already) or ``Unmet`` (no filings, or
    too few experts without a tie to some unit).
    """
    row = Call.objects.select_for_update(of=("self",)).select_related("revision").get(pk=call.pk)
    if not RUNS_CALL.holds(actor, row):
        raise NotAllowed
    stages = {one.key: one for one in row.definition.filed_stages()}
    levels = {one.key: one for one in stages[stage].levels} if stage in stages else {}
    if level not in levels or levels[level].panel is None:
        raise NotFound
    faults = {}
    if not 1 <= size <= MOST_EXPERTS:
        faults["size"] = _("Please give a number from 1 to 15.")
    if ratio_percent is not None and not 0 < ratio_percent <= MOST_PERCENT:
        faults["ratio_percent"] = _("Please give a share above 0 and up to 100 percent.")
    if not 0 <= seed <= MOST_SEED:
        faults["seed"] = _("Please give a number of at most ten digits.")
    if faults:
        raise Invalid(fields=faults)
    if Panel.objects.filter(call=row, stage=stage, level=level).exists():
        raise Conflict
    panel = Panel.objects.create(
        call=row, stage=stage, level=level, size=size, seed=seed, ratio_percent=ratio_percent, drawn_at=at
    )
    drawn = _draw(panel, at=at)
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.draw_panel",
        subject=panel,
        after={**audit.snapshot(panel, "stage", "level", "size", "seed", "ratio_percent"), "scores": drawn},
    )
    return panel


@operation("programmes.draw_more", label=_("Draw experts for filings that came later"))
def draw_more(*, actor: Actor, at: datetime, panel: Panel, request_key: str | None = None) -> Panel:
    """Draw for filings that reached the level since. Raise ``WrongState``, ``NotAllowed`` or ``Unmet``."""
    row = locked_panel(panel)
    PANEL_FLOW.require("draw_more", actor=actor, subject=row, at=at)
    drawn = _draw(row, at=at)
    audit.record(actor=actor, at=at, verb="programmes.draw_more", subject=row, after={"scores": drawn})
    if row.state == PanelState.SCORING:
        publish(PanelDrawn(at=at, panel_id=row.pk))
    return row


def locked_panel(panel: Panel) -> Panel:
    """Return the panel with its row locked."""
    return Panel.objects.select_for_update(of=("self",)).select_related("call__revision").get(pk=panel.pk)


def _draw(panel: Panel, *, at: datetime) -> int:
    revisions = _before(panel)
    known = set(Score.objects.filter(seat__panel=panel).values_list("revision_id", flat=True))
    new = [one for one in revisions if one.pk not in known]
    if not new:
        raise Unmet(_("No filing lies at this level that has no experts yet."))
    made = []
    for revision in new:
        chosen = _choose(panel, revision, panel.size, without=(), at=at)
        made += [Score(seat=seat, revision=revision) for seat in chosen]
        Score.objects.bulk_create(made[-panel.size :])
    return len(made)


def _before(panel: Panel) -> list[FilingRevision]:
    """Return the revisions that lie before the panel, as they were handed in."""
    filings = Filing.objects.filter(
        call=panel.call, stage=panel.stage, state=FilingState.SUBMITTED, position=position_of(panel)
    )
    numbers = dict(filings.values_list("pk", "revision_number"))
    rows = FilingRevision.objects.select_related("filing__unit").filter(filing_id__in=numbers)
    return [row for row in rows.order_by("filing__unit__code") if row.number == numbers[row.filing_id]]


def _choose(
    panel: Panel, revision: FilingRevision, size: int, *, without: Iterable[int], at: datetime
) -> list[PanelSeat]:
    """Return seats for one revision: the least burdened first, equals by lot; tied people never."""
    pool = list(
        posts_held_in([panel.call.office_id], [Role.EXPERT], local_date(at))
        .order_by("person_id")
        .values_list("person_id", flat=True)
        .distinct()
    )
    free = [one for one in pool if one not in set(without) | _tied(revision, pool, at)]
    if len(free) < size:
        words = {"unit": revision.filing.unit.name, "free": len(free), "size": size}
        raise Unmet(
            _(
                "For %(unit)s there are %(free)d experts without a tie, %(size)d are needed. Appoint more experts."
            )
            % words
        )
    burden: dict[int, int] = defaultdict(int)
    for expert in Score.objects.filter(seat__panel=panel).values_list("seat__expert_id", flat=True):
        burden[expert] += 1
    lot = random.Random(f"{panel.seed}:{revision.filing_id}")  # noqa: S311  # a draw that anybody can repeat, no secret
    lot.shuffle(free)
    free.sort(key=lambda one: burden[one])
    return [_seat(panel, one) for one in free[:size]]


def _tied(revision: FilingRevision, pool: list[int], at: datetime) -> set[int]:
    """Return whoever holds a post in the unit, or anywhere on its way up below the office."""
    paths = ChainNode.objects.filter(organisation_id=revision.filing.unit_id).values_list("path", flat=True)
    above = {int(step) for path in paths for step in path.strip("/").split("/")}
    above.discard(revision.filing.call.office_id)
    held = Post.objects.filter(person_id__in=pool, organisation_id__in=above)
    return set(held.values_list("person_id", flat=True)) | (
        {revision.submitted_by_id} if revision.submitted_by_id else set()
    )


def _seat(panel: Panel, expert_id: int) -> PanelSeat:
    seat = PanelSeat.objects.filter(panel=panel, expert_id=expert_id).first()
    if seat is not None:
        return seat
    number = PanelSeat.objects.filter(panel=panel).count() + 1
    return PanelSeat.objects.create(
        panel=panel, expert_id=expert_id, organisation_id=panel.call.office_id, alias=f"专家{number}"
    )


def substitute(score: Score, *, at: datetime) -> Score | None:
    """Draw somebody else in the place of an expert with a conflict of interest; None when nobody is left."""
    panel, revision = score.seat.panel, score.revision
    taken = Score.objects.filter(seat__panel=panel, revision=revision).values_list(
        "seat__expert_id", flat=True
    )
    try:
        (seat,) = _choose(panel, revision, 1, without=taken, at=at)
    except Unmet:
        return None
    return Score.objects.create(seat=seat, revision=revision)
