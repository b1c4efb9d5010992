"""From a file to a set of indicators: refused with every fault and its line, or right."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from lianxue.programmes.public import Fault, Shaper, compose, nearest
from lianxue.workforce.models.indicators.parts import THRESHOLDS, IndicatorFile, Part
from lianxue.workforce.models.indicators.rules_known import RULES

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
OPERANDS = 2
WHOLE = 100  # per cent


class BadIndicators(Exception):
    """A file of indicators cannot work; says all that is wrong, one line each."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


def read_indicators(source: bytes, file: str) -> IndicatorFile:
    """Return the set of indicators in a file. Raise ``BadIndicators`` with every fault that it has."""
    root, faults = compose(source, file)
    if root is None:
        raise BadIndicators(faults)
    shaper = Shaper(file)
    made: IndicatorFile = shaper.build(IndicatorFile, root)
    faults = [*shaper.faults, *_unsound(made, shaper)]
    if faults:
        raise BadIndicators(sorted(faults, key=lambda fault: fault.place.line))
    return made


def _unsound(made: IndicatorFile, shaper: Shaper) -> Iterator[Fault]:
    numbers = [one.key for one in made.numbers]
    for key, place in [
        *((one.key, one.place) for one in made.numbers),
        *((one.key, one.place) for team in made.teams for one in team.indicators),
        *((part.key, part.place) for team in made.teams for part in team.parts().values()),
    ]:
        if key and not KEY.fullmatch(key):
            yield Fault(place, _("“%(key)s” is no key: small letters, digits and _.") % {"key": key})
    for doubled in _twice(numbers):
        yield Fault(made.place, _("The number “%(key)s” stands here twice.") % {"key": doubled})
    for doubled in _twice([team.team for team in made.teams]):
        yield Fault(made.place, _("The team “%(key)s” stands here twice.") % {"key": doubled})
    for team in made.teams:
        if not team.indicators:
            yield Fault(team.place, _("A team needs indicators."))
        for doubled in _twice([one.key for one in team.indicators]):
            yield Fault(team.place, _("The indicator “%(key)s” stands here twice.") % {"key": doubled})
        for one in team.indicators:
            if not one.parts:
                yield Fault(one.place, _("An indicator needs parts."))
            for doubled in _twice([part.key for part in one.parts]):
                yield Fault(one.place, _("The part “%(key)s” stands here twice.") % {"key": doubled})
            for part in one.parts:
                yield from _unsound_part(part, numbers, shaper)


def _unsound_part(part: Part, numbers: list[str], shaper: Shaper) -> Iterator[Fault]:
    def fault(key: str, message: str) -> Fault:
        place = type(part.place)(part.place.file, shaper.line(part, key))
        return Fault(place, message)

    every = {name for names in THRESHOLDS.values() for name in names}
    given = [name for name in sorted(every) if getattr(part, name) not in {None, ""}]
    allowed = THRESHOLDS[part.kind]
    for name in given:
        if name not in allowed:
            yield fault(
                name,
                _("“%(key)s” does not fit a part of the kind %(kind)s.") % {"key": name, "kind": part.kind},
            )
        elif isinstance(value := getattr(part, name), int) and (
            value < 0 or ("percent" in name and value > WHOLE)
        ):
            yield fault(name, _("“%(key)s” is out of range.") % {"key": name})
    if allowed and len([name for name in given if name in allowed]) != 1:
        yield fault(
            "", _("Exactly one of these says when it is met: %(keys)s.") % {"keys": ", ".join(allowed)}
        )
    if part.office_percent and part.office_percent not in numbers:
        words = {"key": part.office_percent, "nearest": nearest(part.office_percent, numbers)}
        yield fault("office_percent", _("There is no number “%(key)s”. %(nearest)s") % words)
    wants_two = part.kind in {"deviation", "share"}
    if wants_two != bool(part.operands) or (wants_two and len(part.operands) != OPERANDS):
        yield fault("operands", _("Parts of the kinds deviation and share have two operands, others none."))
    if part.points_at_least is not None and part.kind != "share":
        yield fault("points_at_least", _("Only a share counts the rows of a table."))
    yield from _unsound_rule(part, fault)


def _unsound_rule(part: Part, say: Callable[[str, str], Fault]) -> Iterator[Fault]:
    if not part.is_computed:
        if part.rule or part.given:
            yield say("rule", _("Only computed parts have a rule."))
        return
    rule = RULES.get(part.rule)
    if rule is None:
        words = {"word": part.rule, "nearest": nearest(part.rule, RULES)}
        yield say("rule", _("There is no rule “%(word)s”. %(nearest)s") % words)
        return
    for key, value in part.given.items():
        if key not in rule:
            words = {"key": key, "nearest": nearest(key, rule)}
            yield say("given", _("The rule takes no “%(key)s”. %(nearest)s") % words)
            continue
        for word in value if isinstance(value, list) else [value]:
            if word not in rule[key]:
                words = {"word": str(word), "nearest": nearest(str(word), rule[key])}
                yield say("given", _("“%(word)s” is not possible here. %(nearest)s") % words)


def _twice(keys: list[str]) -> list[str]:
    return sorted(key for key, count in Counter(keys).items() if count > 1)
