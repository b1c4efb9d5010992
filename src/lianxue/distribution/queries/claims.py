"""Reads of claims: what was wrong with deliveries, and who has to do something about it."""

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from lianxue.distribution.enums import ClaimState
from lianxue.distribution.models import Claim, Shipment
from lianxue.distribution.rules.fulfilment import ACCEPTS_CLAIM, ANSWERS_CLAIM, SEES_CLAIM
from lianxue.kernel.rules import get_visible, visible
from lianxue.orgs.public import Actor, Role

PARCEL = "receipt_line__lot__shipment"


def claims_seen(actor: Actor) -> QuerySet[Claim]:
    """Return the claims that ``actor`` may see, those that wait for the actor first, then the oldest."""
    first = ClaimState.ANSWERED if actor.role != Role.SUPPLIER_CLERK else ClaimState.OPEN
    second = ClaimState.OPEN if first == ClaimState.ANSWERED else ClaimState.ANSWERED
    pressing = Case(
        When(state=first, then=Value(0)),
        When(state=second, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return visible(
        Claim.objects.select_related(
            f"{PARCEL}__supplier",
            f"{PARCEL}__point",
            f"{PARCEL}__round",
            "receipt_line__lot__title__entry",
            "opened_by",
            "resent_in",
            "sent_back_in",
        ).defer(
            "receipt_line__lot__title__entry__search_vector",
            "receipt_line__lot__title__entry__description",
        ),
        SEES_CLAIM,
        actor,
    ).order_by(pressing, "opened_at", "pk")


def claim_seen(actor: Actor, claim_id: int) -> Claim:
    """Return one claim that ``actor`` may see. Raise ``NotFound``."""
    return get_visible(claims_seen(actor), SEES_CLAIM, actor, pk=claim_id)


def claims_of(actor: Actor, shipment: Shipment) -> list[Claim]:
    """Return the claims about one parcel."""
    return list(claims_seen(actor).filter(receipt_line__lot__shipment=shipment))


def to_answer(actor: Actor) -> QuerySet[Claim]:
    """Return the claims that the actor's own organisation, which sent the copies, has to answer."""
    return visible(Claim.objects.all(), ANSWERS_CLAIM, actor).filter(state=ClaimState.OPEN)


def to_accept(actor: Actor) -> QuerySet[Claim]:
    """Return the claims of the actor's own point to which the supplier has offered a remedy."""
    return visible(Claim.objects.all(), ACCEPTS_CLAIM, actor).filter(state=ClaimState.ANSWERED)


def unsettled() -> Q:
    """Return the filter for claims that nobody has settled."""
    return ~Q(state=ClaimState.SETTLED)
