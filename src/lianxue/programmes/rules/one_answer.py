"""What is wrong with one answer, while its writer is still at it: only what this answer touches is looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lianxue.programmes.models.definition.parts import Check, Field, Fields, Form, Grid
from lianxue.programmes.rules.answers import AnswerFault, faults_of
from lianxue.programmes.rules.checks import CHECKS, Seen


def needs_areas(asked: Field | Grid) -> bool:
    """Tell whether a question asks for an area, so that the areas of the unit must be known."""
    columns = asked.columns if isinstance(asked, Grid) else (asked,)
    return any(one.type == "area" for one in columns)


def asks_for_areas(form: Form) -> bool:
    """Tell whether any question of a form asks for an area or counts its rows by one."""
    return any(
        bool(part.quotas) or needs_areas(part)
        if isinstance(part, Grid)
        else any(map(needs_areas, part.fields))
        for part in form.sections
    )


def checks_of(form: Form, key: str) -> list[Check]:
    """Return the checks that name a question or grid."""
    return [check for check in form.checks if _names(check.given, key)]


def faults_at(
    form: Form,
    answers: Mapping[str, Any],
    asked: Field | Grid,
    *,
    areas: Mapping[str, str],
    is_final: bool = False,
) -> list[AnswerFault]:
    """Return what is wrong with the answer to one question; ``answers`` holds those that its checks need as well."""
    section = (
        asked
        if isinstance(asked, Grid)
        else Fields(key=_section_of(form, asked.key), title="", fields=(asked,))
    )
    alone = replace(form, sections=(section,), checks=())
    faults = faults_of(alone, {asked.key: answers.get(asked.key)}, areas=areas, is_final=is_final)
    if not faults:
        for check in checks_of(form, asked.key):
            for found in CHECKS[check.rule].findings(Seen(form, answers, check.given)):
                faults.append(
                    AnswerFault(found.section, found.row, found.key, check.says or found.message, check.rule)
                )
    return faults


def _section_of(form: Form, key: str) -> str:
    for part in form.sections:
        if isinstance(part, Fields) and any(one.key == key for one in part.fields):
            return part.key
    return ""


def _names(given: Mapping[str, Any], key: str) -> bool:
    return any(value == key or (isinstance(value, list) and key in value) for value in given.values())


@dataclass(frozen=True, slots=True)
class AreaCount:
    """How many rows a grid has for an area, and how many it must have."""

    code: str
    area: str
    number: int
    least: int
    most: int | None

    @property
    def is_right(self) -> bool:
        return self.number >= self.least and (self.most is None or self.number <= self.most)

    @property
    def wanted(self) -> str:
        """Return the number asked for: 1, 3–5, or from 2 on."""
        if self.most is None:
            return f"≥{self.least}"
        return str(self.least) if self.least == self.most else f"{self.least}–{self.most}"


def counts_by_area(grid: Grid, rows: Any, areas: Mapping[str, str]) -> list[AreaCount]:
    """Return the rows of a grid counted by area, for each quota, in the order of the areas."""
    counts: list[AreaCount] = []
    for quota in grid.quotas:
        counted = dict.fromkeys(areas, 0)
        for row in rows if isinstance(rows, list) else ():
            code = row.get(quota.column)
            if code in counted:
                counted[code] += 1
        counts += [
            AreaCount(code, areas[code], number, quota.least, quota.most) for code, number in counted.items()
        ]
    return counts
