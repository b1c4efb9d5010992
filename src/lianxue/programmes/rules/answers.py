"""What is wrong with answers: pure, the same while somebody types and on submission."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lianxue.programmes.models.definition.parts import Field, Form, Grid
from lianxue.programmes.rules.checks import CHECKS, Seen, is_blank, rows_of
from lianxue.programmes.rules.values import value_fault

ROW_ID = "_id"


@dataclass(frozen=True, slots=True)
class _Round:
    """How answers are looked at: against which areas, and whether they are final."""

    areas: Mapping[str, str]
    is_final: bool


@dataclass(frozen=True, slots=True)
class AnswerFault:
    """One thing that is wrong. ``key`` is the question or column; ``row`` the id of the row, or empty."""

    section: str
    row: str
    key: str
    message: str
    code: str


def faults_of(
    form: Form,
    answers: Mapping[str, Any],
    *,
    areas: Mapping[str, str],
    evidence: Mapping[str, int] | None = None,
    is_final: bool = True,
) -> list[AnswerFault]:
    """Return everything that is wrong with the answers to a form, in the order of the form.

    ``areas`` are the areas of the filing unit by code, with their names: itself and those below it. ``evidence`` counts
    what is kept by the title of each item. While somebody still types (``is_final`` False), what is merely not there yet
    is no fault: neither required answers nor least numbers.
    """
    faults: list[AnswerFault] = []
    looked = _Round(areas, is_final)
    for part in form.sections:
        if isinstance(part, Grid):
            faults += _grid_faults(part, answers.get(part.key), looked)
        else:
            for one in part.fields:
                faults += _field_faults(part.key, "", one, answers.get(one.key), looked)
    known = form.fields().keys() | form.grids().keys()
    faults += [_unknown("", "", key) for key in answers if key not in known]
    if is_final or not faults:
        faults += _check_faults(form, answers, evidence)
    return faults


def notes_of(form: Form, answers: Mapping[str, Any]) -> list[AnswerFault]:
    """Return where an answer is much shorter or longer than the form asks for in about; nothing is refused for it."""
    notes = []
    for part in form.sections:
        for one in () if isinstance(part, Grid) else part.fields:
            value = answers.get(one.key)
            if one.guide_length and isinstance(value, str) and value.strip():
                length = len(value.strip())
                if not one.guide_length // 2 <= length <= one.guide_length * 3 // 2:
                    values = {"guide": one.guide_length, "length": length}
                    message = _("About %(guide)d characters are asked for, there are %(length)d.") % values
                    notes.append(AnswerFault(part.key, "", one.key, message, "guide"))
    return notes


def known_answers(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers without keys that the form does not have."""
    grids, kept = form.grids(), {}
    for key, value in answers.items():
        if key in grids:
            columns = {ROW_ID, *(one.key for one in grids[key].columns)}
            kept[key] = [{k: v for k, v in row.items() if k in columns} for __, row in rows_of(answers, key)]
        elif key in form.fields():
            kept[key] = value
    return kept


def _field_faults(section: str, row: str, one: Field, value: Any, looked: _Round) -> Iterator[AnswerFault]:
    if is_blank(value):
        if one.required and looked.is_final:
            message = _("“%(title)s” must be filled in.") % {"title": one.title}
            yield AnswerFault(section, row, one.key, message, "required")
        return
    found = value_fault(one, value, looked.areas, looked.is_final)
    if found:
        code, message = found
        yield AnswerFault(section, row, one.key, message, code)


def _grid_faults(grid: Grid, value: Any, looked: _Round) -> Iterator[AnswerFault]:
    if value is not None and (
        not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value)
    ):
        yield AnswerFault(grid.key, "", "", _("These are no rows of a table."), "kind")
        return
    rows: list[Mapping[str, Any]] = value or []
    yield from _number_faults(grid, len(rows), looked.is_final)
    columns, seen = {one.key: one for one in grid.columns}, set()
    for row in rows[: grid.most_rows]:
        row_id = row.get(ROW_ID)
        if not isinstance(row_id, str) or not row_id or row_id in seen:
            yield AnswerFault(grid.key, "", "", _("A row has no id of its own."), "row_id")
            continue
        seen.add(row_id)
        for one in grid.columns:
            yield from _field_faults(grid.key, row_id, one, row.get(one.key), looked)
        for key in row:
            if key not in columns and key != ROW_ID:
                yield _unknown(grid.key, row_id, key)
    yield from _quota_faults(grid, rows, looked)


def _number_faults(grid: Grid, number: int, is_final: bool) -> Iterator[AnswerFault]:
    named = len(grid.row_titles)
    least, most = (named, named) if named else (grid.least_rows, grid.most_rows)
    if number > most:
        values = {"title": grid.title, "number": number, "most": most}
        message = _("“%(title)s”: %(number)d rows, at most %(most)d are possible.") % values
        yield AnswerFault(grid.key, "", "", message, "rows_most")
    elif is_final and number < least:
        values = {"title": grid.title, "number": number, "least": least}
        message = _("“%(title)s”: %(number)d rows, at least %(least)d are needed.") % values
        yield AnswerFault(grid.key, "", "", message, "rows_least")


def _quota_faults(grid: Grid, rows: list[Mapping[str, Any]], looked: _Round) -> Iterator[AnswerFault]:
    for quota in grid.quotas:
        counted = dict.fromkeys(looked.areas, 0)
        for row in rows:
            code = row.get(quota.column)
            if isinstance(code, str) and code in counted:
                counted[code] += 1
        for code, number in counted.items():
            values = {"area": looked.areas[code], "number": number, "least": quota.least, "most": quota.most}
            too_few = number < quota.least and looked.is_final
            too_many = quota.most is not None and number > quota.most
            if not too_few and not too_many:
                continue
            if quota.least == quota.most:
                message = _("%(area)s: %(number)d, exactly %(least)d needed.") % values  # S1-41, S1-43
            elif quota.most is None:
                message = _("%(area)s: %(number)d, at least %(least)d needed.") % values
            else:
                message = _("%(area)s: %(number)d, %(least)d to %(most)d needed.") % values  # S1-44
            yield AnswerFault(grid.key, "", quota.column, message, "quota")


def _check_faults(
    form: Form, answers: Mapping[str, Any], evidence: Mapping[str, int] | None
) -> Iterator[AnswerFault]:
    sections = {
        one.key: part.key for part in form.sections if not isinstance(part, Grid) for one in part.fields
    }
    for check in form.checks:
        for found in CHECKS[check.rule].findings(Seen(form, answers, check.given, evidence)):
            section = found.section or sections.get(found.key, "")
            yield AnswerFault(section, found.row, found.key, check.says or found.message, check.rule)


def _unknown(section: str, row: str, key: str) -> AnswerFault:
    return AnswerFault(
        section, row, str(key), _("The form does not ask for “%(key)s”.") % {"key": key}, "unknown"
    )
