"""Sheets of labels for the copies at the own point, on the label sheets that are at hand."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.distribution.interfaces.web.desk.standing import own_point
from lianxue.distribution.interfaces.web.fulfilment.access import AT_POINT
from lianxue.distribution.interfaces.web.fulfilment.forms import NUMBER, row_number
from lianxue.distribution.models import ShipmentLine
from lianxue.distribution.queries.stock import lots_here
from lianxue.documents.public import COMMON_GRIDS, Label, LabelGrid, label_sheet
from lianxue.kernel.pages import page
from lianxue.orgs.public import ActingRequest

OWN = "own"
MOST_LABELS, MOST_LOTS = 2000, 200
SELECTION = {"lot": "pk", "title": "title__entry_id", "shipment": "shipment_id"}
TOO_SMALL = gettext_lazy(
    "Labels of this size are too small to be read. Please give fewer columns or rows, or smaller margins."
)


def _millimetres(label: Any) -> forms.FloatField:
    return forms.FloatField(
        label=label,
        min_value=0,
        max_value=100,
        required=False,
        initial=0,
        widget=forms.NumberInput(attrs={"step": "0.1"}),
    )


def _number(label: Any, most: int, initial: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=most,
        required=False,
        initial=initial,
        widget=forms.NumberInput(attrs=NUMBER),
    )


class LabelForm(forms.Form):
    """Which sheet, and how many labels of each lot."""

    sheet = forms.ChoiceField(
        label=gettext_lazy("Label sheet"),
        choices=[
            ("3x8", gettext_lazy("3 × 8 labels, 70 × 37 mm, without margin")),
            ("3x7", gettext_lazy("3 × 7 labels, 63.5 × 38.1 mm")),
            ("2x7", gettext_lazy("2 × 7 labels, 99.1 × 38.1 mm")),
            ("4x10", gettext_lazy("4 × 10 labels, 48.5 × 25.4 mm")),
            ("5x13", gettext_lazy("5 × 13 labels, 38.1 × 21.2 mm")),
            (OWN, gettext_lazy("Another sheet, as given below")),
        ],
        initial="3x8",
    )
    start = _number(gettext_lazy("Begin at label number"), 100, 1)
    columns = _number(gettext_lazy("Columns"), 10, 3)
    rows = _number(gettext_lazy("Rows"), 30, 8)
    margin_top = _millimetres(gettext_lazy("Margin above and below"))
    margin_left = _millimetres(gettext_lazy("Margin left and right"))
    gap_x = _millimetres(gettext_lazy("Gap between columns"))
    gap_y = _millimetres(gettext_lazy("Gap between rows"))

    def __init__(self, *args: Any, lots: list[ShipmentLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lots = lots
        for lot in lots:
            self.fields[f"lot_{lot.pk}"] = forms.IntegerField(
                label=lot.title.entry.title,
                min_value=0,
                max_value=MOST_LABELS,
                required=False,
                initial=lot.here,  # type: ignore[attr-defined]  # made by lots_here
                widget=forms.NumberInput(attrs=NUMBER),
            )

    def of_lots(self) -> list[tuple[ShipmentLine, forms.BoundField]]:
        """Return each lot with its box."""
        return [(lot, self[f"lot_{lot.pk}"]) for lot in self.lots]

    def clean(self) -> dict[str, Any]:
        """Make sure that there is something to print on labels that can be read."""
        data = super().clean() or {}
        if self.errors:
            return data
        count = sum(data[f"lot_{lot.pk}"] or 0 for lot in self.lots)
        if not 1 <= count <= MOST_LABELS:
            raise ValidationError(_("Please ask for 1 to %(most)d labels.") % {"most": MOST_LABELS})
        grid = self.grid()
        if not grid.is_printable:
            raise ValidationError(str(TOO_SMALL))
        if grid.start > grid.columns * grid.rows:
            self.add_error("start", _("The sheet has no label with this number."))
        return data

    def grid(self) -> LabelGrid:
        """Return how the labels lie on the sheet."""
        data, start = self.cleaned_data, self.cleaned_data["start"] or 1
        if data["sheet"] != OWN:
            return LabelGrid(**{**COMMON_GRIDS[data["sheet"]].__dict__, "start": start})
        return LabelGrid(
            columns=data["columns"] or 1,
            rows=data["rows"] or 1,
            margin_top=data["margin_top"] or 0,
            margin_left=data["margin_left"] or 0,
            gap_x=data["gap_x"] or 0,
            gap_y=data["gap_y"] or 0,
            start=start,
        )


@page(AT_POINT)
def labels(request: ActingRequest) -> HttpResponseBase:
    """Ask for the sheet and the number of labels; give the PDF when both are told."""
    point = own_point(request)
    lots = _lots(request, point.pk)
    is_asked = "sheet" in request.GET
    form = LabelForm(request.GET if is_asked else None, lots=lots)
    if is_asked and form.is_valid():
        wanted = [
            Label(code=lot.code, title=lot.title.entry.title, owner=point.name)
            for lot in lots
            for _copy in range(form.cleaned_data[f"lot_{lot.pk}"] or 0)
        ]
        response = HttpResponse(label_sheet(wanted, form.grid()), content_type="application/pdf")
        response["Content-Disposition"] = content_disposition_header(False, f"{_('Labels')}.pdf") or ""
        return response
    context = {
        "form": form,
        "lots": lots,
        "selection": [(name, value) for name in SELECTION for value in request.GET.getlist(name)],
    }
    return render(request, "distribution/desk/labels.html", context, status=422 if form.errors else 200)


def _lots(request: ActingRequest, point_id: int) -> list[ShipmentLine]:
    """Return the lots that the address names: by number, by title, or all of one parcel; else all that are here."""
    rows = lots_here(point_id)
    for name, path in SELECTION.items():
        numbers = [number for text in request.GET.getlist(name) if (number := row_number(text)) is not None]
        if numbers:
            rows = rows.filter(**{f"{path}__in": numbers})
    return list(rows[:MOST_LOTS])
