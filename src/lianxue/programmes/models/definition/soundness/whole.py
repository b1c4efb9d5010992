"""The head of a definition: code, version, who calls, who may apply, numbers, evidence."""

import re

from django.utils.translation import gettext as _

from lianxue.orgs.public import Chain, OrganisationKind
from lianxue.programmes.enums import NUMBERS
from lianxue.programmes.models.definition.faults import nearest
from lianxue.programmes.models.definition.parts import Definition, Who
from lianxue.programmes.models.definition.shaping import Shaper
from lianxue.programmes.models.definition.soundness.keys import look_at_kept_keys

CODE = re.compile(r"[a-z][a-z0-9-]{0,59}")
VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,19}")


def look_at_whole(definition: Definition, lines: Shaper) -> None:
    """Tell what is wrong in the head of a definition."""
    if definition.code and not CODE.fullmatch(definition.code):
        lines.fault(
            lines.line(definition, "code"), _("The code may have small letters a–z, digits and - only.")
        )
    if definition.version and not VERSION.fullmatch(definition.version):
        lines.fault(
            lines.line(definition, "version"),
            _("The version may have letters, digits and . _ - only, 20 at the most."),
        )
    for who in (definition.office, definition.units):
        _look_at_who(who, lines)
    office, units = definition.office, definition.units
    if office.chain == units.chain and office.depth and units.depth and office.depth >= units.depth:
        message = _("The office stands on depth %(office)d, not above those who apply on depth %(units)d.")
        lines.fault(lines.line(office, "depth"), message % {"office": office.depth, "units": units.depth})
    for number in definition.numbers:
        if number not in NUMBERS:
            values = {"word": number, "nearest": nearest(number, NUMBERS)}
            message = _("“%(word)s” is no number that an office can give. %(nearest)s") % values
            lines.fault(lines.line(definition, "numbers"), message)
    look_at_kept_keys(definition.evidence, lines)


def _look_at_who(who: Who, lines: Shaper) -> None:
    if who.chain and who.chain not in Chain.values:
        message = _("There is no chain “%(word)s”. %(nearest)s")
        lines.fault(
            lines.line(who, "chain"),
            message % {"word": who.chain, "nearest": nearest(who.chain, Chain.values)},
        )
    for kind in who.kinds:
        if kind not in OrganisationKind.values:
            message = _("There is no kind of organisation “%(word)s”. %(nearest)s")
            values = {"word": kind, "nearest": nearest(kind, OrganisationKind.values)}
            lines.fault(lines.line(who, "kinds"), message % values)
    if who.depth is not None and who.depth < 1:
        lines.fault(
            lines.line(who, "depth"),
            _("Nobody stands on depth %(depth)d: 1 is the top.") % {"depth": who.depth},
        )
