"""Keys: how they look, and that none stands twice."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from lianxue.programmes.models.definition.shaping import Shaper

KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
KEPT_LENGTH = (
    40  # of the keys that stand in columns of their own: stages, levels, products, items of evidence
)


def look_at_kept_keys(parts: Iterable[Any], lines: Shaper) -> None:
    """Tell the same as ``look_at_keys``, and keys for which there is no room where they are kept."""
    known = list(parts)
    look_at_keys(known, lines)
    for part in known:
        if len(part.key) > KEPT_LENGTH:
            values = {"key": part.key, "most": KEPT_LENGTH}
            lines.fault(
                lines.line(part, "key"), _("The key “%(key)s” has more than %(most)d letters.") % values
            )


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
