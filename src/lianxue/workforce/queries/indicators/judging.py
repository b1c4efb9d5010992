"""Whether a part is met: the number against the threshold, with the arithmetic in plain words."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lianxue.workforce.enums import PartVerdict
from lianxue.workforce.models import Declared, IndicatorSet
from lianxue.workforce.models.indicators.parts import Part
from lianxue.workforce.queries.indicators.computing import COMPUTED, Case, Row
from lianxue.workforce.queries.indicators.sets import number_of


@dataclass(frozen=True)
class Judged:
    """What a part comes to: the verdict that follows by itself, how, and the rows behind it."""

    verdict: PartVerdict
    arithmetic: str
    rows: tuple[Row, ...] = ()
    words: str = ""


NOTHING = PartVerdict.OPEN


def judge(part: Part, declared: Declared | None, case: Case) -> Judged:
    """Return how a part stands for a case. Without anything to go by, or where only people can tell, it is open."""
    if part.is_computed:
        worked = COMPUTED[part.rule](case, part.given)
        if worked.value is None:
            return Judged(NOTHING, worked.words, worked.rows)
        judged = _against(part, worked.value, case.published)
        return Judged(judged.verdict, judged.arithmetic, worked.rows, worked.words)
    if declared is None:
        return Judged(NOTHING, _("Nothing declared yet."))
    return _DECLARED[part.kind](part, declared, case.published)


def _number(part: Part, declared: Declared, published: IndicatorSet) -> Judged:
    value = decimal(declared.values.get("number"))
    return Judged(NOTHING, "") if value is None else _against(part, value, published)


def _deviation(part: Part, declared: Declared, _published: IndicatorSet) -> Judged:
    """Compare two numbers: |first − second| ÷ second, at most so many per cent (S1-61: 在±5%以内)."""
    first, second = decimal(declared.values.get("first")), decimal(declared.values.get("second"))
    if first is None or second is None or part.within_percent is None:
        return Judged(NOTHING, "")
    if second == 0:
        return Judged(NOTHING, _("The second number is 0; nothing can be compared."))
    share = (first - second) * 100 / second
    is_met = abs(first - second) * 100 <= part.within_percent * second
    within = pgettext("deviation", "within") if is_met else pgettext("deviation", "not within")
    words = f"({plain(first)} − {plain(second)}) ÷ {plain(second)} = {rounded(share)}%; {within} ±{part.within_percent}%"
    return Judged(_verdict(is_met), words)


def _share(part: Part, declared: Declared, published: IndicatorSet) -> Judged:
    """Divide two numbers and compare without rounding (S1-67: 达到40%及以上)."""
    first, second = decimal(declared.values.get("first")), decimal(declared.values.get("second"))
    least = _percent(part, published)
    if first is None or second is None:
        return Judged(NOTHING, "")
    if second == 0:
        return Judged(NOTHING, _("The second number is 0; nothing can be compared."))
    sum_words = f"{plain(first)} ÷ {plain(second)} = {rounded(first * 100 / second)}%"
    if least is None:
        return Judged(NOTHING, sum_words)
    is_met = first * 100 >= least * second
    return Judged(_verdict(is_met), f"{sum_words} {_sign(is_met)} {plain(least)}%")


def _article(part: Part, declared: Declared, _published: IndicatorSet) -> Judged:
    """Compare the length of an article (S1-73: 不少于2000字)."""
    length = decimal(declared.values.get("characters"))
    if length is None or part.at_least_characters is None:
        return Judged(NOTHING, "")
    is_met = length >= part.at_least_characters
    words = _("%(count)s characters") % {"count": plain(length)}
    how = _("counted here") if declared.values.get("counted") else _("as declared")
    return Judged(_verdict(is_met), f"{words} ({how}) {_sign(is_met)} {part.at_least_characters}")


def _for_people(_part: Part, _declared: Declared, _published: IndicatorSet) -> Judged:
    return Judged(NOTHING, _("Declared with evidence; the city looks at it."))


_DECLARED = {
    "number": _number,
    "deviation": _deviation,
    "share": _share,
    "article": _article,
    "confirmed": _for_people,
    "text": _for_people,
}


def _against(part: Part, value: Decimal, published: IndicatorSet) -> Judged:
    if part.at_most is not None:
        is_met = value <= part.at_most
        return Judged(_verdict(is_met), f"{plain(value)}{part.unit} {'≤' if is_met else '>'} {part.at_most}")
    if part.at_least is not None:
        is_met = value >= part.at_least
        return Judged(_verdict(is_met), f"{plain(value)}{part.unit} {_sign(is_met)} {part.at_least}")
    least = _percent(part, published)
    if least is None:
        return Judged(NOTHING, f"{rounded(value)}%")
    is_met = value >= least
    return Judged(_verdict(is_met), f"{rounded(value)}% {_sign(is_met)} {plain(least)}%")


def _percent(part: Part, published: IndicatorSet) -> Decimal | None:
    if part.at_least_percent is not None:
        return Decimal(part.at_least_percent)
    return number_of(published, part.office_percent)


def _sign(is_met: bool) -> str:
    return "≥" if is_met else "<"


def _verdict(is_met: bool) -> PartVerdict:
    return PartVerdict.MET if is_met else PartVerdict.NOT_MET


def decimal(value: object) -> Decimal | None:
    """Return a number from JSON, or None."""
    if value is None or value == "":
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def plain(value: Decimal) -> str:
    """Return a number without needless zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(value: Decimal) -> str:
    """Return a number with two places; it is shown, never compared."""
    return plain(value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))
