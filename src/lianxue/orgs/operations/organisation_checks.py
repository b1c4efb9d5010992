"""What must be true of an organisation's data, whoever sends it."""

import re

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Text
from lianxue.orgs.errors import BadOrganisation, CodeTaken, CreditCodeTaken
from lianxue.orgs.models import Organisation, uscc_fault

_POLE, _DATE_LINE = 90, 180
_CODE = re.compile(r"\w[\w.-]{0,39}")


def check_organisation(organisation: Organisation) -> None:
    """Raise ``BadOrganisation`` with all faults by field, or ``CodeTaken`` or ``CreditCodeTaken``."""
    faults = organisation_faults(organisation)
    if faults:
        raise BadOrganisation(next(iter(faults.values())), fields=faults)
    others = Organisation.objects.exclude(pk=organisation.pk)
    if others.filter(code=organisation.code).exists():
        raise CodeTaken(fields={"code": CodeTaken.default_message})
    if organisation.uscc and others.filter(uscc=organisation.uscc).exists():
        raise CreditCodeTaken(fields={"uscc": CreditCodeTaken.default_message})


def organisation_faults(organisation: Organisation) -> dict[str, Text]:
    """Return what is wrong with the data by themselves, by field; whether a code is taken the database knows."""
    return dict(_faults(organisation))


def _faults(organisation: Organisation) -> list[tuple[str, Text]]:
    found: list[tuple[str, Text]] = []
    if not _CODE.fullmatch(organisation.code):
        found.append(("code", _("A code has up to 40 letters, digits and the signs - _ . without spaces.")))
    for name, longest in (("name", 120), ("address", 200), ("telephone", 40)):
        if len(getattr(organisation, name)) > longest:
            found.append((name, _("This is too long.")))
    if not organisation.name:
        found.append(("name", _("Please give the name.")))
    fault = uscc_fault(organisation.uscc) if organisation.uscc else None
    if fault is not None:
        found.append(("uscc", fault))
    latitude, longitude = organisation.latitude, organisation.longitude
    if (latitude is None) != (longitude is None):
        found.append(("latitude", _("Please give both latitude and longitude, or neither.")))
    elif latitude is not None and longitude is not None and not _on_earth(latitude, longitude):
        found.append(("latitude", _("This place is not on earth.")))
    return found


def _on_earth(latitude: float, longitude: float) -> bool:
    return abs(latitude) <= _POLE and abs(longitude) <= _DATE_LINE
