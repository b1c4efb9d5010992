"""Rules over several answers that a definition names (``checks``): each looks at answers and returns what is wrong.

They run while somebody types and again on submission, so a rule says nothing about answers that are not there yet;
what must be there is asked by ``required``.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.kernel.errors import Text
from lianxue.kernel.registry import Registry
from lianxue.programmes.models.definition.faults import nearest
from lianxue.programmes.models.definition.parts import Field, Form, Grid

Given = Mapping[str, Any]
Answers = Mapping[str, Any]

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,8})?")
MOST_NUMBER = 10**15


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: the question (``key``), or the grid (``section``) with row and column (``key``)."""

    message: str
    key: str = ""
    section: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a check looks at: the form, its answers, what the definition gives to the rule.

    ``evidence`` counts what is kept by the title of each item of evidence; None while somebody still types.
    """

    form: Form
    answers: Answers
    given: Given
    evidence: Mapping[str, int] | None = None

    def titles(self) -> dict[str, Field]:
        """Return what is asked, by key: the columns of the grid that the rule names, or the questions."""
        return _asked_in(self.form, self.given)


@dataclass(frozen=True, slots=True)
class Check(ABC):
    """One rule over answers. ``needs`` are the keys that a definition must give, ``may`` those that it can."""

    name: str
    title: Text
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()

    def given_faults(self, given: Given, form: Form) -> Iterator[tuple[str, str]]:
        """Yield what is wrong in what a definition gives to this rule, by key."""
        known = (*self.needs, *self.may)
        for key in given:
            if key not in known:
                yield (
                    key,
                    _("Unknown key “%(key)s”. %(nearest)s") % {"key": key, "nearest": nearest(key, known)},
                )
        missing = [key for key in self.needs if key not in given]
        for key in missing:
            yield key, _("“%(key)s” is missing here.") % {"key": key}
        if self.needs and not missing:
            yield from self.wrong(given, form)

    def wrong(self, given: Given, form: Form) -> Iterator[tuple[str, str]]:
        """Yield what does not fit the form; not asked of a rule that needs nothing."""
        raise NotImplementedError

    @abstractmethod
    def findings(self, seen: Seen) -> Iterator[Finding]:
        """Yield what is wrong in the answers."""


def _asked(form: Form, given: Given, key: str, types: Iterable[str] = ()) -> Iterator[tuple[str, str]]:
    """Yield why ``given[key]`` names no question, or no column where ``given`` has a grid."""
    word, grid = given.get(key), given.get("grid")
    known: dict[str, Field] = form.fields()
    if grid is not None:
        part = form.grids().get(str(grid))
        known = {one.key: one for one in part.columns} if part else {}
    if not isinstance(word, str) or word not in known:
        values = {"word": word, "nearest": nearest(str(word), known)}
        yield key, _("There is no question or column “%(word)s”. %(nearest)s") % values
    elif types and known[word].type not in types:
        values = {"word": word, "types": ", ".join(sorted(types))}
        yield key, _("“%(word)s” is not of type %(types)s.") % values


def _asked_in(form: Form, given: Given) -> dict[str, Field]:
    return {one.key: one for one in form.grids()[given["grid"]].columns} if "grid" in given else form.fields()


def _grid(form: Form, given: Given) -> Iterator[tuple[str, str]]:
    if given.get("grid") is not None and given["grid"] not in form.grids():
        values = {
            "word": given["grid"],
            "form": form.key,
            "nearest": nearest(str(given["grid"]), form.grids()),
        }
        yield "grid", _("There is no grid “%(word)s” in the form “%(form)s”. %(nearest)s") % values


def rows_of(answers: Answers, grid: str) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the rows of a grid with their ids; what is no row is left out."""
    rows = answers.get(grid)
    if not isinstance(rows, list):
        return []
    return [(str(row.get("_id", "")), row) for row in rows if isinstance(row, Mapping)]


def _records(answers: Answers, given: Given) -> list[tuple[str, str, Mapping[str, Any]]]:
    """Return the rows of the grid that a check is about with grid and id, or the answers themselves."""
    if "grid" in given:
        return [(str(given["grid"]), row_id, row) for row_id, row in rows_of(answers, str(given["grid"]))]
    return [("", "", answers)]


def is_blank(value: Any) -> bool:
    """Tell whether nothing was answered."""
    if isinstance(value, Mapping):
        return not value.get("keys") and is_blank(value.get("own"))
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def as_day(value: Any) -> date | None:
    """Return an answer as a day, or None."""
    if not isinstance(value, str) or not DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def as_number(value: Any) -> Decimal | None:
    """Return an answer as a number, or None: digits with a point, no exponent that unfolds to a book of zeros."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value) if abs(value) < MOST_NUMBER else None
    return Decimal(value.strip()) if isinstance(value, str) and NUMBER.fullmatch(value.strip()) else None


class UniqueRows(Check):
    """No two rows with the same values in ``columns``."""

    def wrong(self, given: Given, form: Form) -> Iterator[tuple[str, str]]:
        faults = list(_grid(form, given))
        yield from faults
        if not isinstance(given["columns"], list) or not given["columns"]:
            yield (
                "columns",
                _("“%(key)s” is a list: each entry on a line that begins with “-”.") % {"key": "columns"},
            )
        elif not faults:
            for column in given["columns"]:
                yield from _asked(form, {"grid": given["grid"], "columns": column}, "columns")

    def findings(self, seen: Seen) -> Iterator[Finding]:
        grid, columns = seen.form.grids()[seen.given["grid"]], list(seen.given["columns"])
        titles = "、".join(_column(grid, key) for key in columns)
        first: dict[tuple[str, ...], int] = {}
        for number, (row_id, row) in enumerate(rows_of(seen.answers, grid.key), start=1):
            values = [row.get(key) for key in columns]
            if any(is_blank(value) for value in values):
                continue
            same = tuple(str(value) for value in values)  # S1-86: to the letter
            if same in first:
                message = _("%(titles)s: the same as in row %(number)d.") % {
                    "titles": titles,
                    "number": first[same],
                }
                yield Finding(message, columns[-1], grid.key, row_id)
            else:
                first[same] = number


def _column(grid: Grid, key: str) -> str:
    found = grid.column(key)
    return found.title if found else key


class AtLeastOne(Check):
    """At least one of the questions ``fields`` is answered."""

    def wrong(self, given: Given, form: Form) -> Iterator[tuple[str, str]]:
        if not isinstance(given["fields"], list) or not given["fields"]:
            yield (
                "fields",
                _("“%(key)s” is a list: each entry on a line that begins with “-”.") % {"key": "fields"},
            )
            return
        for key in given["fields"]:
            yield from _asked(form, {"fields": key}, "fields")

    def findings(self, seen: Seen) -> Iterator[Finding]:
        keys = list(seen.given["fields"])
        if all(is_blank(seen.answers.get(key)) for key in keys):
            titles = "、".join(seen.form.fields()[key].title for key in keys)
            yield Finding(_("Answer at least one of: %(titles)s.") % {"titles": titles}, keys[0])


class NotAfter(Check):
    """The day ``first`` is not after the day ``second``; in every row when a ``grid`` is named."""

    def wrong(self, given: Given, form: Form) -> Iterator[tuple[str, str]]:
        faults = list(_grid(form, given))
        yield from faults
        for key in () if faults else ("first", "second"):
            yield from _asked(form, given, key, ("date",))

    def findings(self, seen: Seen) -> Iterator[Finding]:
        asked, given = seen.titles(), seen.given
        for section, row_id, record in _records(seen.answers, given):
            first, second = as_day(record.get(given["first"])), as_day(record.get(given["second"]))
            if first and second and first > second:
                values = {"first": asked[given["first"]].title, "second": asked[given["second"]].title}
                message = _("“%(second)s” is before “%(first)s”.") % values
                yield Finding(message, given["second"], section, row_id)


class Requires(Check):
    """``field`` is answered when ``option`` is chosen in ``choice``; in every row when a ``grid`` is named."""

    def wrong(self, given: Given, form: Form) -> Iterator[tuple[str, str]]:
        faults = [*_grid(form, given)]
        faults = faults or [
            *_asked(form, given, "choice", ("choice", "choices", "yes_no")),
            *_asked(form, given, "field"),
        ]
        yield from faults
        if faults:
            return
        choice = _asked_in(form, given)[given["choice"]]
        known = ["yes", "no"] if choice.type == "yes_no" else [one.key for one in choice.options]
        if given["option"] not in known:
            values = {"word": given["option"], "nearest": nearest(str(given["option"]), known)}
            yield "option", _("There is no option “%(word)s”. %(nearest)s") % values

    def findings(self, seen: Seen) -> Iterator[Finding]:
        asked, given = seen.titles(), seen.given
        choice, option = asked[given["choice"]], given["option"]
        chosen = choice.option(option)
        said = chosen.title if chosen else str(_("yes") if option == "yes" else _("no"))
        for section, row_id, record in _records(seen.answers, given):
            if option in _chosen(record.get(choice.key)) and is_blank(record.get(given["field"])):
                values = {"choice": choice.title, "option": said, "field": asked[given["field"]].title}
                message = _("“%(choice)s” says “%(option)s”: fill in “%(field)s” as well.") % values
                yield Finding(message, given["field"], section, row_id)


def _chosen(value: Any) -> list[Any]:
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if isinstance(value, Mapping):
        keys = value.get("keys")
        return keys if isinstance(keys, list) else []
    return [value]


class SumAtMost(Check):
    """The numbers of ``column`` in ``grid`` come to ``most`` together at the most, or to the answer ``most_field``."""

    def wrong(self, given: Given, form: Form) -> Iterator[tuple[str, str]]:
        faults = list(_grid(form, given))
        yield from faults or _asked(form, given, "column", ("number",))
        if ("most" in given) == ("most_field" in given):
            yield "most", _("Give either “most” or “most_field”.")
        elif "most_field" in given:
            yield from _asked(form, {"most_field": given["most_field"]}, "most_field", ("number",))
        elif type(given["most"]) is not int:
            yield "most", _("“%(key)s” is a whole number.") % {"key": "most"}

    def findings(self, seen: Seen) -> Iterator[Finding]:
        given, grid = seen.given, seen.form.grids()[seen.given["grid"]]
        numbers = [as_number(row.get(given["column"])) for __, row in rows_of(seen.answers, grid.key)]
        total = sum((number for number in numbers if number is not None), Decimal(0))
        most = as_number(given["most"] if "most" in given else seen.answers.get(given["most_field"]))
        if most is not None and total > most:
            values = {"title": _column(grid, given["column"]), "total": f"{total:f}", "most": f"{most:f}"}
            message = _("“%(title)s” comes to %(total)s together, at most %(most)s are possible.") % values
            yield Finding(message, given["column"], grid.key)


class EvidenceComplete(Check):
    """Something is kept for every item of evidence (S2-08: all 14 are compulsory); looked at on submission only."""

    def findings(self, seen: Seen) -> Iterator[Finding]:
        missing = [title for title, kept in (seen.evidence or {}).items() if not kept]
        if missing:
            values = {"number": len(missing), "titles": "、".join(missing)}
            yield Finding(_("Evidence is missing for %(number)d items: %(titles)s.") % values)


CHECKS: Registry[Check] = Registry("checks over answers")
for _check in (
    UniqueRows("unique_rows", gettext_lazy("no two rows are the same"), ("grid", "columns")),
    AtLeastOne("at_least_one", gettext_lazy("at least one is answered"), ("fields",)),
    NotAfter("not_after", gettext_lazy("one day is not after another"), ("first", "second"), ("grid",)),
    Requires(
        "requires", gettext_lazy("one answer asks for another"), ("field", "choice", "option"), ("grid",)
    ),
    SumAtMost("sum_at_most", gettext_lazy("a sum is bounded"), ("grid", "column"), ("most", "most_field")),
    EvidenceComplete("evidence_complete", gettext_lazy("there is evidence for every item")),
):
    CHECKS.register(_check.name, _check)
