"""Filings as actors may see them."""

from django.db.models import QuerySet

from lianxue.kernel.errors import NotFound
from lianxue.kernel.kept import kept
from lianxue.kernel.rules import get_visible, visible
from lianxue.orgs.public import Actor
from lianxue.programmes.enums import FilingState, NoticeState
from lianxue.programmes.models import Call, ChangeNotice, Filing
from lianxue.programmes.rules.calls import SEES_CALL
from lianxue.programmes.rules.filing import (
    DECIDES_NOTICE,
    FILLS_IN,
    SEES_NOTICE,
    SEES_OR_DECIDES,
    SITS_AT_DESK,
)

_WITH = ("call__revision", "call__office", "unit", "desk", "approved")


def calls_seen(actor: Actor) -> QuerySet[Call]:
    """Return the calls that an actor may read, the newest first."""
    return visible(Call.objects.select_related("revision", "office"), SEES_CALL, actor)


def call_seen(actor: Actor, pk: int) -> Call:
    """Return one call, or raise ``NotFound``."""
    return get_visible(Call.objects.select_related("revision", "office"), SEES_CALL, actor, pk=pk)


def filings_seen(actor: Actor) -> QuerySet[Filing]:
    """Return the filings that an actor may read."""
    return visible(Filing.objects.select_related(*_WITH), SEES_OR_DECIDES, actor)


def filing_seen(actor: Actor, pk: int) -> Filing:
    """Return one filing, or raise ``NotFound``."""
    return get_visible(Filing.objects.select_related(*_WITH), SEES_OR_DECIDES, actor, pk=pk)


def own_filings(actor: Actor) -> QuerySet[Filing]:
    """Return the filings of the actor's own unit."""
    return visible(Filing.objects.select_related(*_WITH), FILLS_IN, actor)


def own_filing(actor: Actor, pk: int, *, bare: bool = False) -> Filing:
    """Return a filing that the actor fills in, or raise ``NotFound``; ``bare`` is for acting on it without showing it."""
    found = _own_filing.first(actor=actor, pk=pk, bare=bare)
    if found is None:
        raise NotFound
    return found


@kept
def _own_filing(actor: Actor, pk: int, bare: bool) -> QuerySet[Filing]:
    rows = own_filings(actor).filter(pk=pk)
    return _bare(rows) if bare else rows


def on_desk(actor: Actor) -> QuerySet[Filing]:
    """Return what lies at the actor's desk, the longest waiting first."""
    rows = Filing.objects.select_related(*_WITH).filter(state=FilingState.SUBMITTED)
    return visible(rows, SITS_AT_DESK, actor).order_by("since", "pk")


def _bare(rows: QuerySet[Filing]) -> QuerySet[Filing]:
    own = rows.select_related(None).select_related("call__revision", "unit")
    return own.defer("call__revision__source")  # its text is read once in each process


def filing_on_desk(actor: Actor, pk: int, *, bare: bool = False) -> Filing:
    """Return one filing that lies at the actor's desk, or raise ``NotFound``; ``bare`` as above."""
    # For an administrator the rows follow from the post alone; who decides in somebody's place is looked up.
    if actor.is_administrator:
        found = _on_desk.first(actor=actor, pk=pk, bare=bare)
    else:
        found = on_desk(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


@kept
def _on_desk(actor: Actor, pk: int, bare: bool) -> QuerySet[Filing]:
    rows = on_desk(actor).filter(pk=pk)
    return _bare(rows) if bare else rows


def next_on_desk(actor: Actor, call_id: int) -> int | None:
    """Return the filing of a call that has lain at the actor's desk for longest, by its number."""
    if actor.is_administrator:
        return _next_on_desk.first(actor=actor, call_id=call_id)
    return on_desk(actor).filter(call_id=call_id).values_list("pk", flat=True).first()


@kept
def _next_on_desk(actor: Actor, call_id: int) -> "QuerySet[Filing, int]":
    return on_desk(actor).filter(call_id=call_id).values_list("pk", flat=True)[:1]


def notices_on_desk(actor: Actor) -> QuerySet[ChangeNotice]:
    """Return the change notices that wait for the actor's decision."""
    rows = ChangeNotice.objects.select_related("filing__call__revision", "filing__unit")
    return visible(rows.filter(state=NoticeState.SUBMITTED), DECIDES_NOTICE, actor).order_by(
        "submitted_at", "pk"
    )


def notice_seen(actor: Actor, pk: int) -> ChangeNotice:
    """Return one change notice, or raise ``NotFound``."""
    rows = ChangeNotice.objects.select_related(
        "filing__call__revision", "filing__unit", "filing__approved", "revision"
    )
    return get_visible(rows, SEES_NOTICE, actor, pk=pk)
