"""How wide the columns of a form are that has no paper of its own: questions beside answers, grids by what they ask for."""

from lianxue.programmes.models.definition import Field, Form, Grid

WIDE_MM, SIDE_MM = 170.0, 30.0
LABEL_MM = 45.0
UNITS = 28  # narrow columns beside the first one; each column of a grid takes some of them
SIDE_UNITS = 6  # as wide as the first column
LEAST = 2
LEAST_OF = {"phone": 6, "date": 6, "number": 3, "area": 4, "choice": 3}  # a number is not broken
WEIGHTS = {"phone": 4, "date": 4, "number": 3, "yes_no": 2, "choice": 3, "area": 3, "url": 7, "email": 6}


def plain_widths(form: Form) -> tuple[float, ...]:
    """Return the columns of the paper in millimetres."""
    if not form.grids():
        return LABEL_MM, WIDE_MM - LABEL_MM
    units = _units(form)
    return (SIDE_MM, *[(WIDE_MM - SIDE_MM) / units] * units)


def label_columns(form: Form) -> int:
    """Return over how many columns the title of a question reaches."""
    if not form.grids():
        return 1
    return 1 + round((LABEL_MM - SIDE_MM) / ((WIDE_MM - SIDE_MM) / _units(form)))


def plain_spans(form: Form, grid: Grid) -> tuple[int, ...]:
    """Return over how many columns of the paper each column of a grid reaches; names of rows stand in the first one."""
    units = _units(form) + (0 if grid.row_titles else SIDE_UNITS)
    weights = [_weight(one) for one in grid.columns]
    least = [LEAST_OF.get(one.type, LEAST) for one in grid.columns]
    if sum(least) + SIDE_UNITS > units:
        least = [LEAST] * len(weights)
    if not grid.row_titles:
        least[0] = SIDE_UNITS
    spans = [max(low, units * weight // sum(weights)) for low, weight in zip(least, weights, strict=True)]
    while sum(spans) != units:  # what rounding took or gave is evened out at the widest
        step = 1 if sum(spans) < units else -1
        room = [span - low if step < 0 else 1 for span, low in zip(spans, least, strict=True)]
        widest = max(
            (at for at in range(len(spans)) if room[at] > 0), key=lambda at: (weights[at], spans[at])
        )
        spans[widest] += step
    if not grid.row_titles:
        spans[0] += 1 - SIDE_UNITS
    return tuple(spans)


def _units(form: Form) -> int:
    most = max((len(grid.columns) for grid in form.grids().values()), default=0)
    return max(UNITS, LEAST * most + SIDE_UNITS)


def _weight(one: Field) -> int:
    if one.type in WEIGHTS:
        return WEIGHTS[one.type]
    if one.most_length <= 30:  # noqa: PLR2004  # a name, a post
        return 3
    return 5 if one.most_length <= 60 else 8 if one.most_length <= 200 else 12  # noqa: PLR2004  # a unit, a remark, a text
