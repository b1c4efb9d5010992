"""Evidence and guidance as actors may see them."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from lianxue.kernel.errors import NotFound
from lianxue.kernel.rules import visible
from lianxue.kernel.search import to_query
from lianxue.orgs.models import Organisation
from lianxue.orgs.public import Actor
from lianxue.programmes.models import Call, DossierLink, Evidence, Filing, Guidance
from lianxue.programmes.models.definition import EvidenceItem
from lianxue.programmes.queries.units import units_of
from lianxue.programmes.rules.archive import SEES_EVIDENCE, SEES_GUIDANCE, SEES_LINK, may_read_dossier


@dataclass(frozen=True)
class KeptItem:
    """An item of a programme with how much evidence is kept for it."""

    item: EvidenceItem
    count: int


def evidence_seen(
    actor: Actor, call: Call, unit: Organisation, *, item: str = "", find: str = ""
) -> QuerySet[Evidence]:
    """Return the evidence that a unit keeps, narrowed to an item and to what is searched for."""
    rows = Evidence.objects.select_related("file").filter(call=call, unit=unit, removed_at__isnull=True)
    rows = visible(rows, SEES_EVIDENCE, actor)
    if item:
        rows = rows.filter(item=item)
    query = to_query(find) if find else None
    if find:
        rows = rows.filter(search=query) if query is not None else rows.none()
    return rows.order_by("item", "-dated_on", "-pk")


def one_evidence(actor: Actor, pk: int) -> Evidence:
    """Return one piece of evidence, or raise ``NotFound``."""
    rows = Evidence.objects.select_related("file", "call__revision", "unit").filter(removed_at__isnull=True)
    row = visible(rows, SEES_EVIDENCE, actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def items_kept(call: Call, unit: Organisation) -> dict[str, list[KeptItem]]:
    """Return the items of a programme by group, each with the number of its pieces of evidence (S2-08: all 14 are compulsory)."""
    counted = (
        Evidence.objects.filter(call=call, unit=unit, removed_at__isnull=True).values("item").order_by("item")
    )
    numbers = {row["item"]: row["number"] for row in counted.annotate(number=Count("pk"))}
    groups: dict[str, list[KeptItem]] = defaultdict(list)
    for item in call.definition.evidence:
        groups[item.group].append(KeptItem(item, numbers.get(item.key, 0)))
    return dict(groups)


def guidance_seen(actor: Actor, call: Call, unit: Organisation) -> QuerySet[Guidance]:
    """Return the log of guidance given to a unit, the latest first."""
    rows = Guidance.objects.select_related("organisation", "person").filter(call=call, unit=unit)
    return visible(rows, SEES_GUIDANCE, actor)


def unit_with_dossier(actor: Actor, call: Call, unit_id: int) -> Organisation:
    """Return a unit whose dossier the actor may read, or raise ``NotFound``."""
    unit = units_of(call).filter(pk=unit_id).first()
    if unit is None or not may_read_dossier(actor, call, unit):
        raise NotFound
    return unit


def filings_of_unit(call: Call, unit: Organisation, *, handed_in_only: bool) -> list[Filing]:
    """Return what a unit filed in a call, in the order of the stages."""
    rows = Filing.objects.select_related("call__revision", "call__office", "unit", "desk", "approved")
    rows = rows.filter(call=call, unit=unit)
    if handed_in_only:
        rows = rows.filter(revision_number__gt=0)
    order = {stage.key: at for at, stage in enumerate(call.definition.stages)}
    return sorted(rows, key=lambda row: order.get(row.stage, 0))


def links_seen(actor: Actor, call: Call, unit: Organisation) -> QuerySet[DossierLink]:
    """Return the links to a dossier that the actor's organisation handed out."""
    rows = DossierLink.objects.select_related("made_by").filter(call=call, unit=unit)
    return visible(rows, SEES_LINK, actor)
