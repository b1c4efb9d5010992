"""Keys: how they look, and that none stands twice."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from lianxue.programmes.models.definition.shaping import Shaper

KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")


def look_at_keys(parts: Iterable[Any], lines: Shaper) -> None:
    """Tell keys that are badly formed or stand twice among ``parts``."""
    seen: dict[str, int] = {}
    for part in parts:
        line = lines.line(part, "key")
        if part.key and not KEY.fullmatch(part.key):
            lines.fault(
                line,
                _("The key “%(key)s” may have small letters a–z, digits and _ only.") % {"key": part.key},
            )
        elif part.key in seen:
            values = {"key": part.key, "line": seen[part.key]}
            lines.fault(line, _("“%(key)s” stands here twice, first on line %(line)d.") % values)
        elif part.key:
            seen[part.key] = line
