"""Letters as far as the actor may see them."""

from django.db.models import Q, QuerySet

from lianxue.documents.models.letter import Letter, LetterCode, LetterSeries
from lianxue.documents.rules import ISSUED_LETTER, SEES_LETTER
from lianxue.kernel.rules import get_visible, visible
from lianxue.orgs.public import Actor

WITH_ALL = ("issuer", "addressee_organisation", "withdrawal", "issued_by")


def letters_of(
    actor: Actor, *, words: str = "", kind: str = "", year: int | None = None, sent: str = ""
) -> QuerySet[Letter]:
    """Return letters of and to the own organisation, newest first; ``sent`` is ``out`` or ``in`` for one of the two."""
    rows = visible(Letter.objects.all(), SEES_LETTER, actor)
    if words:
        rows = rows.filter(
            Q(title__icontains=words) | Q(addressee__icontains=words) | Q(code__icontains=words)
        )
    if kind:
        rows = rows.filter(kind=kind)
    if year:
        rows = rows.filter(year=year)
    if sent == "out":
        rows = rows.filter(issuer_id=actor.organisation_id)
    elif sent == "in":
        rows = rows.exclude(issuer_id=actor.organisation_id)
    return rows.select_related(*WITH_ALL).order_by("-dated_on", "-number", "-pk")


def letter_seen(actor: Actor, pk: int) -> Letter:
    """Return one letter. Raise ``NotFound``."""
    return get_visible(Letter.objects.select_related(*WITH_ALL), SEES_LETTER, actor, pk=pk)


def letter_issued(actor: Actor, pk: int) -> Letter:
    """Return one letter of the own organisation. Raise ``NotFound``."""
    return get_visible(Letter.objects.select_related(*WITH_ALL), ISSUED_LETTER, actor, pk=pk)


def code_of(actor: Actor) -> LetterCode | None:
    """Return the own letter code, if there is one."""
    return LetterCode.objects.filter(organisation_id=actor.organisation_id or 0).first()


def series_of(actor: Actor) -> QuerySet[LetterSeries]:
    """Return the own series with their last numbers, the newest first."""
    return LetterSeries.objects.filter(issuer_id=actor.organisation_id or 0).order_by("-year", "code")
