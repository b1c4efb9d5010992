"""Check of the unified social credit code (统一社会信用代码, GB 32100)."""

import re

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Text

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def uscc_fault(code: str) -> Text | None:
    """Return what is wrong with an 18-character unified social credit code, or None when it is right."""
    if not re.fullmatch(f"[{_ALPHABET}]{{18}}", code):
        return _("A unified social credit code has 18 digits and capital letters, without I, O, S, V and Z.")
    total = sum(_ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    if _ALPHABET[(31 - total % 31) % 31] != code[17]:
        return _("The last character does not fit the others: at least one is mistyped.")
    return None
