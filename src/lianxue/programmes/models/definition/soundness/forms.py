"""Forms: sections, questions, columns, limits, quotas, checks."""

from django.utils.translation import gettext as _

from lianxue.programmes.models.definition.faults import nearest
from lianxue.programmes.models.definition.parts import (
    GRID_TYPES,
    OPTION_TYPES,
    TEXT_TYPES,
    Check,
    Field,
    Fields,
    Form,
    Grid,
)
from lianxue.programmes.models.definition.shaping import Shaper
from lianxue.programmes.models.definition.soundness.keys import KEY, look_at_keys
from lianxue.programmes.models.definition.vocabulary import Vocabulary

LONGEST = 100_000
MOST_ROWS = 2_000
MOST_BOXES = 20_000  # what a browser sends of a form in one piece; the setting of the server lies above it


def look_at_form(form: Form, lines: Shaper, vocabulary: Vocabulary) -> None:
    """Tell what is wrong in a form, its paper apart."""
    if form.key and not KEY.fullmatch(form.key):
        lines.fault(
            lines.line(form),
            _("The key “%(key)s” may have small letters a–z, digits and _ only.") % {"key": form.key},
        )
    if not form.sections:
        lines.fault(lines.line(form, "sections"), _("A form asks at least one thing."))
    look_at_keys(form.sections, lines)
    # Answers lie side by side under these keys, so a grid may not be called like a question.
    asked = [one for part in form.sections for one in (part.fields if isinstance(part, Fields) else (part,))]
    look_at_keys(asked, lines)
    for part in form.sections:
        if isinstance(part, Grid):
            _look_at_grid(part, lines)
        else:
            if not part.fields:
                lines.fault(lines.line(part, "fields"), _("A part of a form asks at least one thing."))
            for one in part.fields:
                _look_at_field(one, lines)
    for check in form.checks:
        _look_at_check(form, check, lines, vocabulary)
    grids = [part for part in form.sections if isinstance(part, Grid)]
    boxes = sum((len(grid.row_titles) or grid.most_rows) * (len(grid.columns) + 1) for grid in grids)
    if boxes > MOST_BOXES:
        values = {"boxes": boxes, "most": MOST_BOXES}
        message = _(
            "With all its rows this form has %(boxes)d boxes, at most %(most)d can be sent at once. Lower “most_rows”."
        )
        lines.fault(lines.line(max(grids, key=lambda grid: grid.most_rows)), message % values)


def _look_at_field(one: Field, lines: Shaper) -> None:
    _look_at_lengths(one, lines)
    if one.type in OPTION_TYPES:
        _look_at_options(one, lines)
    elif one.options:
        lines.fault(lines.line(one, "options"), _("Only choice and choices have options."))
    if one.own and one.type != "choices":
        lines.fault(lines.line(one, "own"), _("Only choices can be answered in one's own words."))
    if one.kinds and one.type != "files":
        lines.fault(lines.line(one, "kinds"), _("Only files have kinds of files."))
    if one.type not in {"number", "choices", "files"}:
        for key in ("least", "most"):
            if getattr(one, key) is not None:
                message = _("“%(key)s” bounds numbers, choices and files, not %(type)s.")
                lines.fault(lines.line(one, key), message % {"key": key, "type": one.type})
    elif one.least is not None and one.most is not None and one.least > one.most:
        values: dict[str, object] = {"least": one.least, "most": one.most}
        lines.fault(lines.line(one, "least"), _("At least %(least)d is more than at most %(most)d.") % values)


def _look_at_lengths(one: Field, lines: Shaper) -> None:
    if one.type not in TEXT_TYPES:
        return
    values: dict[str, object] = {"least": one.least_length, "most": one.most_length}
    if one.least_length > one.most_length:
        lines.fault(
            lines.line(one, "least_length"), _("At least %(least)d is more than at most %(most)d.") % values
        )
    if not 1 <= one.most_length <= LONGEST:
        message = _("“most_length” lies between 1 and %(most)d.") % {"most": LONGEST}
        lines.fault(lines.line(one, "most_length"), message)
    if one.guide_length is not None and one.guide_length > one.most_length:
        values = {"guide": one.guide_length, "most": one.most_length}
        message = _("About %(guide)d characters are asked for, but at most %(most)d are allowed.") % values
        lines.fault(lines.line(one, "guide_length"), message)


def _look_at_options(one: Field, lines: Shaper) -> None:
    if not one.options:
        lines.fault(lines.line(one), _("“%(key)s” is missing here.") % {"key": "options"})
        return
    look_at_keys(one.options, lines)
    exclusive = next((option for option in one.options if option.exclusive), None)
    if one.type == "choice":
        if exclusive:
            message = _("Where one option is chosen, each excludes the others: take “exclusive” away.")
            lines.fault(lines.line(exclusive, "exclusive"), message)
        return
    possible = len(one.options) + one.own
    for key, number in (("least", one.least), ("most", one.most)):
        if number is not None and not 1 <= number <= possible:
            values: dict[str, object] = {"number": number, "possible": possible}
            message = _("%(number)d cannot be chosen of %(possible)d.") % values
            lines.fault(lines.line(one, key), message)
    if exclusive and one.least is not None and one.least > 1:
        message = _("At least %(least)d are to be chosen, but “%(title)s” excludes all others.")
        lines.fault(lines.line(one, "least"), message % {"least": one.least, "title": exclusive.title})


def _look_at_grid(grid: Grid, lines: Shaper) -> None:
    if not grid.columns:
        lines.fault(lines.line(grid, "columns"), _("A grid has at least one column."))
    look_at_keys(grid.columns, lines)
    for column in grid.columns:
        _look_at_field(column, lines)
        if column.type not in GRID_TYPES:
            values: dict[str, object] = {"type": column.type, "types": ", ".join(sorted(GRID_TYPES))}
            message = _("A column cannot be of type %(type)s. Possible: %(types)s.") % values
            lines.fault(lines.line(column, "type"), message)
    if grid.least_rows > grid.most_rows:
        values = {"least": grid.least_rows, "most": grid.most_rows}
        lines.fault(
            lines.line(grid, "least_rows"), _("At least %(least)d is more than at most %(most)d.") % values
        )
    if not 1 <= grid.most_rows <= MOST_ROWS:
        lines.fault(
            lines.line(grid, "most_rows"), _("“most_rows” lies between 1 and %(most)d.") % {"most": MOST_ROWS}
        )
    if len(grid.row_titles) > grid.most_rows or len(set(grid.row_titles)) < len(grid.row_titles):
        message = _("The rows have names that stand twice, or more names than rows.")
        lines.fault(lines.line(grid, "row_titles"), message)
    _look_at_quotas(grid, lines)


def _look_at_quotas(grid: Grid, lines: Shaper) -> None:
    for quota in grid.quotas:
        column = grid.column(quota.column)
        if quota.column and column is None:
            message = _("There is no column “%(word)s” in the grid “%(grid)s”. %(nearest)s")
            values: dict[str, object] = {
                "word": quota.column,
                "grid": grid.key,
                "nearest": nearest(quota.column, [one.key for one in grid.columns]),
            }
            lines.fault(lines.line(quota, "column"), message % values)
        elif column and column.type != "area":
            lines.fault(
                lines.line(quota, "column"),
                _("The column “%(word)s” is not of type area.") % {"word": quota.column},
            )
        if quota.most is not None and quota.least > quota.most:
            values = {"least": quota.least, "most": quota.most}
            lines.fault(
                lines.line(quota, "least"), _("At least %(least)d is more than at most %(most)d.") % values
            )
        if quota.least < 0 or (quota.most is not None and quota.most < 0):
            lines.fault(lines.line(quota), _("A quota is not below 0."))
        rows = len(grid.row_titles) or grid.most_rows
        if quota.least > rows:
            values = {"least": quota.least, "rows": rows}
            message = _("Each area must have %(least)d rows, but the grid has %(rows)d at the most.") % values
            lines.fault(lines.line(quota, "least"), message)


def _look_at_check(form: Form, check: Check, lines: Shaper, vocabulary: Vocabulary) -> None:
    if not check.rule:
        return
    rule = vocabulary.checks.get(check.rule)
    if rule is None:
        message = _("There is no check “%(word)s”. %(nearest)s")
        values: dict[str, object] = {"word": check.rule, "nearest": nearest(check.rule, vocabulary.checks)}
        lines.fault(lines.line(check, "rule"), message % values)
        return
    for key, message in rule.given_faults(check.given, form):
        fallback = lines.line(check, "given" if check.given else "rule")
        lines.fault(lines.line(check, f"given.{key}") if key in check.given else fallback, message)
