"""Opinions of the levels: one for each level and revision, never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.kernel import audit
from lianxue.kernel.errors import NotAllowed, Refused, Text
from lianxue.kernel.events import publish
from lianxue.kernel.new_row import rewrite, write
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor
from lianxue.programmes.enums import Decision, FilingState
from lianxue.programmes.errors import NobodySits, OpinionGiven, RevisionMoved, WordsMissing
from lianxue.programmes.events import FilingDecided, FilingMoved, FilingReturned
from lianxue.programmes.flows.filing import FILING_FLOW
from lianxue.programmes.models import Filing, FilingRevision, Opinion
from lianxue.programmes.operations.filings.holding import locked_filing, revision_before
from lianxue.programmes.operations.products import make_products
from lianxue.programmes.queries.desks import desk_of
from lianxue.programmes.queries.ranking import Rankings
from lianxue.programmes.rules.filing import principals_of

COMMENT_LENGTH = 4000


@operation("programmes.give_opinion", label=_("Give an opinion"))
def give_opinion(
    *,
    actor: Actor,
    at: datetime,
    filing: Filing,
    decision: Decision,
    comment: str = "",
    revision_number: int | None = None,
    position: int | None = None,
    on_behalf_of: Person | None = None,
    rankings: Rankings | None = None,
    request_key: str | None = None,
) -> Filing:
    """Give the opinion of the level at whose desk a filing lies: agree (it goes on, or is approved at the last level), return or decline.

    ``revision_number`` and ``position`` are what the reader had before them; whoever decides on many hands the same
    ``rankings`` to each. Raise ``WrongState``, ``NotAllowed`` (not of the desk; on one's own filing; in nobody's place),
    ``Unmet`` (no stamped scan, panel not finished), ``OpinionGiven`` (a colleague was first), ``RevisionMoved`` or
    ``WordsMissing``.
    """
    row = locked_filing(filing.pk)
    _require(row, decision, position, actor=actor, at=at)
    revision = revision_before(row)
    if revision_number is not None and revision_number != revision.number:
        raise RevisionMoved
    level = row.level
    if level is None or decision.value not in level.may:
        raise NotAllowed
    principal_id = _principal(actor, on_behalf_of)
    if revision.submitted_by_id is not None and revision.submitted_by_id in (actor.person_id, principal_id):
        raise NotAllowed(_("Nobody decides on what they handed in themselves."))
    words = comment.strip()[:COMMENT_LENGTH]
    if not words and (decision != Decision.APPROVE or (rankings or Rankings()).are_left(row, approves=True)):
        raise WordsMissing
    opinion = Opinion(
        revision=revision,
        level=level.key,
        position=row.position or 0,
        decision=decision,
        comment=words,
        organisation_id=row.desk_id or 0,
        person_id=actor.person_id,
        on_behalf_of_id=principal_id,
        given_at=at,
    )
    write(opinion)
    before = audit.snapshot(row, "state", "desk", "position")
    _move(row, revision, decision, words, at=at)
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.give_opinion",
        subject=row,
        before=before,
        after={
            **audit.snapshot(row, "state", "desk", "position"),
            **audit.snapshot(opinion, "decision", "level", "on_behalf_of"),
        },
        note=words,
    )
    return row


def _require(row: Filing, decision: Decision, position: int | None, *, actor: Actor, at: datetime) -> None:
    try:
        FILING_FLOW.require(decision.value, actor=actor, subject=row, at=at)
    except NotAllowed:
        given = Opinion.objects.filter(revision__filing=row, revision__number=row.revision_number)
        if actor.organisation_id and given.filter(organisation_id=actor.organisation_id).exists():
            raise OpinionGiven from None
        raise
    # One organisation may sit at two levels: what was read at the first is not said at the second.
    if position is not None and position != row.position:
        raise OpinionGiven


def _principal(actor: Actor, asked: Person | None) -> int | None:
    """Return in whose place the opinion is given: a delegate always says; an administrator only when asked to."""
    allowed = principals_of(actor) if asked is not None or not actor.is_administrator else []
    if asked is None:
        return None if actor.is_administrator else allowed[0]
    if asked.pk not in allowed:
        raise NotAllowed
    return int(asked.pk)


def _move(row: Filing, revision: FilingRevision, decision: Decision, words: str, *, at: datetime) -> None:
    row.since = at
    position = row.position or 0
    levels = row.stage_definition.levels
    if decision == Decision.APPROVE and position + 1 < len(levels):
        following = levels[position + 1]
        desk_id = desk_of(row.call, following, row.unit_id)
        if desk_id is None:
            raise NobodySits(
                _("Nobody sits at the level “%(level)s” for this unit.") % {"level": following.title}
            )
        row.position, row.desk_id = position + 1, desk_id
        rewrite(row, "position", "desk", "since")
        publish(FilingMoved(at=at, filing_id=row.pk, desk_id=desk_id))
        return
    row.position, row.desk_id = None, None
    if decision == Decision.RETURN:
        row.state = FilingState.RETURNED
        rewrite(row, "state", "position", "desk", "since")
        publish(FilingReturned(at=at, filing_id=row.pk, comment=words))
        return
    row.decided_at = at
    is_approved = decision == Decision.APPROVE
    row.state = FilingState.APPROVED if is_approved else FilingState.DECLINED
    row.approved = revision if is_approved else None
    rewrite(row, "state", "position", "desk", "since", "decided_at", "approved")
    if is_approved:
        make_products(row, revision, at=at)
    publish(FilingDecided(at=at, filing_id=row.pk, approved=is_approved))


@dataclass(frozen=True)
class Outcome:
    """What became of one of many."""

    filing: Filing
    refusal: Text | None = None


@operation("programmes.give_opinions", label=_("Give the same opinion on many filings"))
def give_opinions(
    *,
    actor: Actor,
    at: datetime,
    filings: Sequence[Filing],
    decision: Decision,
    comment: str = "",
) -> list[Outcome]:
    """Give one opinion on many filings; each stands by itself, so that one refusal keeps nobody else waiting."""
    # All rows are locked first and in one order: two people with overlapping lists wait, and neither blocks the other.
    list(
        Filing.objects.select_for_update(of=("self",))
        .filter(pk__in=[one.pk for one in filings])
        .order_by("pk")
    )
    outcomes = []
    rankings = Rankings()
    for filing in filings:
        try:
            done = give_opinion(
                actor=actor, at=at, filing=filing, decision=decision, comment=comment, rankings=rankings
            )
        except Refused as refusal:
            outcomes.append(Outcome(filing, refusal.message))
        else:
            outcomes.append(Outcome(done))
    return outcomes
