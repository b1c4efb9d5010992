"""Changing what is known of an organisation."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.operation import operation
from lianxue.orgs.enums import Role
from lianxue.orgs.models import Actor, Division, Organisation
from lianxue.orgs.operations.organisation_checks import check_organisation
from lianxue.orgs.rules import has_role, own_or_beneath

_FIELDS = ("name", "division", "uscc", "address", "telephone", "latitude", "longitude")
MAY_CHANGE = has_role(Role.TIER_ADMIN) & own_or_beneath("")


@operation("orgs.change_organisation", label=_("Change an organisation's data"))
def change_organisation(
    *,
    actor: Actor,
    at: datetime,
    organisation: Organisation,
    name: str,
    division: Division | None,
    uscc: str,
    address: str,
    telephone: str,
    latitude: float | None,
    longitude: float | None,
) -> Organisation:
    """Change name, division, credit code, address and position; its own administrator may, and those above.

    Kind, code and places stay: registers and reports name them. Raise ``NotAllowed``, ``BadOrganisation`` or
    ``CreditCodeTaken``.
    """
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not actor.is_platform and not MAY_CHANGE.holds(actor, row):
        raise NotAllowed
    before = audit.snapshot(row, *_FIELDS)
    row.name, row.division, row.uscc = name.strip(), division, uscc.strip().upper()
    row.address, row.telephone = address.strip(), telephone.strip()
    row.latitude, row.longitude = latitude, longitude
    check_organisation(row)
    row.save(update_fields=_FIELDS)
    audit.record(
        actor=actor,
        at=at,
        verb="orgs.change_organisation",
        subject=row,
        before=before,
        after=audit.snapshot(row, *_FIELDS),
    )
    return row
