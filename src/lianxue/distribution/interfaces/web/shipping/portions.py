"""How many copies each point gets of what is sent without demand: typed, the same for all, or from a table."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lianxue.distribution.interfaces.web.rounds.tables import ImportPage, import_page, workbook
from lianxue.distribution.interfaces.web.shipping.access import SUPERVISING
from lianxue.distribution.interfaces.web.shipping.forms import NO_NUMBER, Box, boxes
from lianxue.distribution.models import Round, RoundTitle
from lianxue.distribution.operations.checks import MOST_AT_ONCE
from lianxue.distribution.operations.direct.hand_out import Portion, hand_out
from lianxue.distribution.operations.direct.portions_sheet import (
    PORTIONS_SHAPE,
    portion_rows,
    read_portions,
)
from lianxue.distribution.queries.direct_rounds import direct_round, direct_titles
from lianxue.distribution.queries.network import points_of
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused, Text
from lianxue.kernel.pages import page, request_key
from lianxue.kernel.tables import SheetRead, blank_sheet
from lianxue.orgs.public import ActingRequest, Organisation

MOST_BOXES = 600  # more than that is work for a table


@page(SUPERVISING)
def portions(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Take in how many copies each point gets, one by one or the same number for all."""
    row = direct_round(request.actor, pk)
    points, chosen = list(points_of(row.office_id)), direct_titles(row)
    fault: Text = ""
    if request.method == "POST":
        wanted = _typed(request, points, chosen)
        if wanted is None:
            fault = NO_NUMBER
        else:
            try:
                hand_out(
                    actor=request.actor,
                    at=clock.now(),
                    round=row,
                    portions=wanted,
                    request_key=request_key(request),
                )
            except Refused as refusal:
                fault = str(refusal)
            else:
                messages.success(
                    request, _("The parcels are made. Print the receipt slips and send them off.")
                )
                return redirect("distribution:direct-round", row.pk)
    context = _context(request, row, points, chosen) | {"fault": fault}
    return render(request, "distribution/direct/portions.html", context, status=422 if fault else 200)


def _typed(
    request: ActingRequest, points: Sequence[Organisation], chosen: Sequence[RoundTitle]
) -> list[Portion] | None:
    if request.POST.get("same") == "yes":
        each = boxes(request.POST, "each")
        if None in each.values():
            return None
        return [Portion(point.pk, title.pk, each.get(title.pk) or 0) for point in points for title in chosen]
    made = []
    for title in chosen:
        typed = boxes(request.POST, f"copies_{title.pk}")
        if None in typed.values():
            return None
        made += [Portion(point_id, title.pk, copies or 0) for point_id, copies in typed.items()]
    return made


def _context(
    request: ActingRequest, row: Round, points: Sequence[Organisation], chosen: Sequence[RoundTitle]
) -> dict[str, Any]:
    def box(name: str) -> Box:
        return Box(name, request.POST.get(name, ""), MOST_AT_ONCE)

    fits = len(points) * len(chosen) <= MOST_BOXES
    return {
        "round": row,
        "titles": chosen,
        "points": points,
        "same": [(title, box(f"each_{title.pk}")) for title in chosen],
        "grid": [
            (point, [(title, box(f"copies_{title.pk}_{point.pk}")) for title in chosen]) for point in points
        ]
        if fits
        else [],
        "request_key": request_key(request),
    }


@page(SUPERVISING)
def portions_import(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Take the numbers in from a table."""
    row = direct_round(request.actor, pk)

    def take_in(content: bytes, name: str) -> tuple[SheetRead, int]:
        wanted, read = read_portions(content, name=name, round=row)
        if not read.faults:
            hand_out(
                actor=request.actor,
                at=clock.now(),
                round=row,
                portions=wanted,
                request_key=request_key(request),
            )
        return read, len(wanted)

    words = ImportPage(
        heading=_("Copies for each point from a table"),
        lead=row.name,
        take_label=_("Table to fill in"),
        take_hint=_("Every point with every title; write the number of copies. Empty means none."),
        take_url=reverse("distribution:direct-portions-blank", args=[row.pk]),
        back_url=reverse("distribution:direct-round", args=[row.pk]),
        back_label=row.name,
    )
    return import_page(request, words, take_in)


@page(SUPERVISING)
def blank(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Give the table to fill in."""
    row = direct_round(request.actor, pk)
    rows = portion_rows(points_of(row.office_id), direct_titles(row))
    return workbook(blank_sheet(PORTIONS_SHAPE, list(rows)), str(PORTIONS_SHAPE.title))
