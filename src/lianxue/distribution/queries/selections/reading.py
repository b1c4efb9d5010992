"""What people read of the yearly selections."""

from django.db.models import F, QuerySet

from lianxue.distribution.models import Candidate, Certificate, Selection
from lianxue.distribution.rules.selections import (
    READS_SELECTION,
    SEES_CANDIDATE,
    SEES_CERTIFICATE,
    SEES_SELECTION,
)
from lianxue.kernel.rules import get_visible, visible
from lianxue.orgs.public import Actor


def selections_seen(actor: Actor) -> QuerySet[Selection]:
    """Return the selections that ``actor`` may read, newest year first."""
    return visible(Selection.objects.select_related("office"), SEES_SELECTION, actor).order_by(
        "-year", "award"
    )


def selection_seen(actor: Actor, selection_id: int) -> Selection:
    """Return one selection that ``actor`` may read. Raise ``NotFound``."""
    return get_visible(selections_seen(actor), SEES_SELECTION, actor, pk=selection_id)


def own_selection(actor: Actor, selection_id: int) -> Selection:
    """Return one selection of the actor's own office. Raise ``NotFound``."""
    return get_visible(selections_seen(actor), READS_SELECTION, actor, pk=selection_id)


def candidates_seen(actor: Actor) -> QuerySet[Candidate]:
    """Return the candidates whose figures ``actor`` may read, by place."""
    rows = Candidate.objects.select_related("selection", "organisation", "person", "certificate")
    return visible(rows, SEES_CANDIDATE, actor).order_by("place", "organisation__code", "pk")


def candidate_seen(actor: Actor, candidate_id: int) -> Candidate:
    """Return one of them. Raise ``NotFound``."""
    return get_visible(candidates_seen(actor), SEES_CANDIDATE, actor, pk=candidate_id)


def chosen_in(selection: Selection) -> QuerySet[Candidate]:
    """Return who was chosen in a decided selection, by place; those whose certificate was withdrawn are not there."""
    return (
        Candidate.objects.filter(
            selection=selection, chosen=True, certificate__isnull=False, certificate__revoked_at__isnull=True
        )
        .select_related("organisation", "person", "certificate")
        .annotate(number=F("certificate__number"))
        .order_by("place", "organisation__code", "pk")
    )


def certificate_seen(actor: Actor, certificate_id: int) -> Certificate:
    """Return one certificate that ``actor`` may print. Raise ``NotFound``."""
    rows = Certificate.objects.select_related("candidate__selection__office", "candidate__organisation")
    return get_visible(rows, SEES_CERTIFICATE, actor, pk=certificate_id)


def certificate_of_token(token: str) -> Certificate | None:
    """Return the certificate to whose public page a QR code leads, or None."""
    return _public().filter(token=token).first()


def certificate_of_number(number: str) -> Certificate | None:
    """Return the certificate with this number as printed, or None; small letters and spaces are forgiven."""
    return _public().filter(number="".join(number.split()).upper()).first()


def _public() -> QuerySet[Certificate]:
    return Certificate.objects.select_related("candidate__selection__office")
