"""Scoring, declaring a conflict of interest, and opening and closing the scoring."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, Text, Unmet
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor
from lianxue.programmes.enums import PanelState, ScoreState
from lianxue.programmes.events import PanelClosed, PanelDrawn
from lianxue.programmes.flows.panel import PANEL_FLOW, SCORE_FLOW
from lianxue.programmes.models import Panel, Score
from lianxue.programmes.operations.panels.draw import locked_panel, substitute
from lianxue.programmes.queries.ranking import panel_rule, total_of

COMMENT_LENGTH = 2000


@operation("programmes.begin_scoring", label=_("Let the experts begin"))
def begin_scoring(*, actor: Actor, at: datetime, panel: Panel, request_key: str | None = None) -> Panel:
    """Let the experts score; they are told. Raise ``WrongState`` or ``NotAllowed``."""
    row = locked_panel(panel)
    PANEL_FLOW.require("begin_scoring", actor=actor, subject=row, at=at)
    _move(row, PanelState.SCORING, "begin_scoring", actor=actor, at=at)
    publish(PanelDrawn(at=at, panel_id=row.pk))
    return row


@operation("programmes.close_panel", label=_("Close the scoring"))
def close_panel(*, actor: Actor, at: datetime, panel: Panel, request_key: str | None = None) -> Panel:
    """Close the scoring; the ranking stands. Raise ``WrongState``, ``NotAllowed`` or ``Unmet`` while scores are missing."""
    row = locked_panel(panel)
    PANEL_FLOW.require("close_panel", actor=actor, subject=row, at=at)
    row.closed_at = at
    _move(row, PanelState.CLOSED, "close_panel", actor=actor, at=at)
    publish(PanelClosed(at=at, panel_id=row.pk))
    return row


@operation("programmes.reopen_panel", label=_("Let experts score again"))
def reopen_panel(*, actor: Actor, at: datetime, panel: Panel, request_key: str | None = None) -> Panel:
    """Let the experts score again. Raise ``WrongState`` or ``NotAllowed``."""
    row = locked_panel(panel)
    PANEL_FLOW.require("reopen_panel", actor=actor, subject=row, at=at)
    row.closed_at = None
    _move(row, PanelState.SCORING, "reopen_panel", actor=actor, at=at)
    return row


def _move(row: Panel, state: PanelState, verb: str, *, actor: Actor, at: datetime) -> None:
    before = audit.snapshot(row, "state")
    row.state = state
    row.save(update_fields=["state", "closed_at"])
    audit.record(
        actor=actor,
        at=at,
        verb=f"programmes.{verb}",
        subject=row,
        before=before,
        after=audit.snapshot(row, "state"),
    )


@operation("programmes.give_score", label=_("Score a filing"))
def give_score(
    *,
    actor: Actor,
    at: datetime,
    score: Score,
    points: Mapping[str, int | None],
    comment: str = "",
    request_key: str | None = None,
) -> Score:
    """Give points on every item; they may be changed until the panel closes. Raise ``WrongState``, ``NotAllowed``, ``Unmet`` or ``Invalid``."""
    row = _locked_score(score)
    SCORE_FLOW.require("give_score", actor=actor, subject=row, at=at)
    rule = panel_rule(row.seat.panel)
    faults: dict[str, Text] = {}
    given: dict[str, int] = {}
    for item in rule.items:
        value = points.get(item.key)
        if value is None or not 0 <= value <= item.most:
            faults[item.key] = _("Please give a number from 0 to %(most)d.") % {"most": item.most}
        else:
            given[item.key] = value
    if len(comment) > COMMENT_LENGTH:
        faults["comment"] = _("This text is too long.")
    if faults:
        raise Invalid(fields=faults)
    before = audit.snapshot(row, "points", "total")
    row.points, row.total, row.comment = given, total_of(rule, given), comment.strip()
    row.state, row.given_at = ScoreState.GIVEN, at
    row.save(update_fields=["points", "total", "comment", "state", "given_at"])
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.give_score",
        subject=row,
        before=before,
        after=audit.snapshot(row, "points", "total"),
    )
    return row


@operation("programmes.declare_conflict", label=_("Declare a conflict of interest"))
def declare_conflict(
    *, actor: Actor, at: datetime, score: Score, reason: str, request_key: str | None = None
) -> Score:
    """Step back from one filing; somebody else is drawn in one's place. Raise ``WrongState``, ``NotAllowed``, ``Unmet`` or ``Invalid``."""
    row = _locked_score(score)
    SCORE_FLOW.require("declare_conflict", actor=actor, subject=row, at=at)
    if not reason.strip():
        raise Invalid(fields={"reason": _("Please say why.")})
    row.state, row.reason = ScoreState.CONFLICT, reason.strip()[:300]
    row.points, row.total, row.given_at = {}, None, None
    row.save(update_fields=["state", "reason", "points", "total", "given_at"])
    other = substitute(row, at=at)
    if other is None and not _others_score(row):
        raise Unmet(
            _(
                "Nobody else can be drawn for this filing. Please tell the office, which can appoint more experts."
            )
        )
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.declare_conflict",
        subject=row,
        after={"state": ScoreState.CONFLICT.value, "substitute": other.pk if other else None},
        note=row.reason,
    )
    return row


def _others_score(row: Score) -> bool:
    others = Score.objects.filter(seat__panel=row.seat.panel, revision=row.revision).exclude(pk=row.pk)
    return others.exclude(state=ScoreState.CONFLICT).exists()


def _locked_score(score: Score) -> Score:
    # The panel too: it is not closed while somebody scores, and two who step back are not given the same alias.
    rows = Score.objects.select_for_update(of=("self", "seat__panel")).select_related(
        "seat__panel__call__revision", "revision__filing__unit"
    )
    return rows.get(pk=score.pk)
