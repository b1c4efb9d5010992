"""Sentences and numbers that several policies share."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from lianxue.distribution.operations.allocation.policies.policy import Numbers
from lianxue.kernel.errors import Text

ODD_NUMBERS = 2  # quotients are taken by 1, 3, 5, 7 …


def unit_of(numbers: Numbers) -> str:
    """Return in what a group is counted: copies, or packs when they are sent only together."""
    return _("copies") if numbers["pack"] == 1 else _("packs")


def in_words(dividend: int, divisor: int, digits: int = 2) -> str:
    """Return a quotient as it is written for people, rounded as at school."""
    step = Decimal(1).scaleb(-digits)
    return str((Decimal(dividend) / Decimal(divisor)).quantize(step, rounding=ROUND_HALF_UP))


def explain_averages(numbers: Numbers, *, weight: int, got: int) -> list[Text]:
    """Tell how ``got`` packs came of the highest averages for a point that still asks for ``weight``."""
    words = {
        "unit": unit_of(numbers),
        "weight": weight,
        "got": got,
        "divisor": ODD_NUMBERS * got - 1,
        "next": ODD_NUMBERS * got + 1,
        "next_quotient": in_words(weight, ODD_NUMBERS * got + 1),
    }
    if not numbers["cut_weight"]:
        return [_("Nothing is left for that.")]
    words["cut"] = in_words(numbers["cut_weight"], ODD_NUMBERS * numbers["cut_before"] + 1)
    sentences: list[Text] = [
        _(
            "They go out one by one, each to whoever has the highest quotient: what a point still asks for, divided by 1 for its first, 3 for its second, 5 for its third and so on; equal ones by code. The last one went at %(cut)s."
        )
        % words
    ]
    if got:
        words["quotient"] = in_words(weight, ODD_NUMBERS * got - 1)
        sentences.append(
            _("This point: %(weight)d ÷ %(divisor)d = %(quotient)s was high enough for its %(got)d.") % words
        )
    if got < weight:
        sentences.append(
            _("%(weight)d ÷ %(next)d = %(next_quotient)s was not high enough for one more.") % words
        )
    return sentences
