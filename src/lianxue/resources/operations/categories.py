"""Keeping the tree of subjects."""

import re
from datetime import datetime

from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotAllowed, Text
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor
from lianxue.resources.errors import CategoryInUse
from lianxue.resources.models import CatalogueEntry, Category, Contribution
from lianxue.resources.operations.description import too_long
from lianxue.resources.rules.entries import KEEPS_CATEGORIES

FIELDS = ("code", "name", "name_en", "parent", "rank")
CODE = re.compile(r"[a-z0-9][a-z0-9-]*")


@operation("resources.save_category", label=gettext_lazy("Edit a subject category"))
def save_category(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    name: str,
    name_en: str = "",
    parent: Category | None = None,
    rank: int = 0,
    category: Category | None = None,
    request_key: str | None = None,
) -> Category:
    """Add a category (``category`` None) or change one. Raise ``NotAllowed``, ``Invalid``."""
    row = Category() if category is None else Category.objects.select_for_update().get(pk=category.pk)
    if not KEEPS_CATEGORIES.holds(actor, row):
        raise NotAllowed
    before = audit.snapshot(row, *FIELDS) if row.pk else None
    row.code, row.name, row.name_en = code.strip(), " ".join(name.split()), " ".join(name_en.split())
    row.parent, row.rank = parent, rank
    faults = _faults(row)
    if faults:
        raise Invalid(fields=faults)
    row.save()
    audit.record(
        actor=actor,
        at=at,
        verb="resources.save_category",
        subject=row,
        before=before,
        after=audit.snapshot(row, *FIELDS),
    )
    return row


def _faults(row: Category) -> dict[str, Text]:
    faults = too_long(Category, {name: getattr(row, name) for name in ("code", "name", "name_en")})
    others = Category.objects.exclude(pk=row.pk)
    if not CODE.fullmatch(row.code):
        faults["code"] = _("Please use small letters, digits and hyphens.")
    elif others.filter(code=row.code).exists():
        faults["code"] = _("Another category has this code.")
    if not row.name:
        faults["name"] = _("Please give the name.")
    elif others.filter(parent=row.parent, name=row.name).exists():
        faults["name"] = _("There is a category of this name in the same place.")
    if row.pk and _stands_under(row.parent, row):
        faults["parent"] = _("A category cannot stand under itself.")
    return faults


def _stands_under(place: Category | None, row: Category) -> bool:
    while place is not None:
        if place.pk == row.pk:
            return True
        place = place.parent
    return False


@operation("resources.remove_category", label=gettext_lazy("Remove a subject category"))
def remove_category(*, actor: Actor, at: datetime, category: Category) -> None:
    """Remove a category under which nothing stands. Raise ``NotAllowed``, ``CategoryInUse``."""
    row = Category.objects.select_for_update().get(pk=category.pk)
    if not KEEPS_CATEGORIES.holds(actor, row):
        raise NotAllowed
    audit.record(
        actor=actor, at=at, verb="resources.remove_category", subject=row, before=audit.snapshot(row, *FIELDS)
    )
    if any(rows.filter(category=row).exists() for rows in (Contribution.objects, CatalogueEntry.objects)):
        raise CategoryInUse
    try:
        row.delete()
    except ProtectedError as used:
        raise CategoryInUse from used
