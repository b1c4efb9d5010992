"""Forms of stock-taking, and the numbers of many lines at once. What is right is decided by the operations."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import CopyFate, PlaceKind, StocktakeState
from lianxue.distribution.interfaces.web.fulfilment.forms import quantity_field, row_number
from lianxue.distribution.models import StocktakeLine
from lianxue.distribution.operations.checks import REASON_LENGTH
from lianxue.distribution.operations.stocktaking.count import NOT_A_COUNT, LineCount, Seen
from lianxue.kernel.errors import Text

PLACES = [(PlaceKind.DISPLAY.value, PlaceKind.DISPLAY.label), (PlaceKind.SHELF.value, PlaceKind.SHELF.label)]


class StocktakeFilter(forms.Form):
    q = forms.CharField(label=_("Name of the point"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *StocktakeState.choices]
    )


class LineFilter(forms.Form):
    q = forms.CharField(label=_("Title or lot number"), required=False, max_length=60)
    place = forms.ChoiceField(label=_("Place"), required=False, choices=[("", _("All")), *PLACES])
    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[("", _("All")), ("open", _("Not counted yet")), ("differs", _("Differing from the books"))],
    )


class FindForm(forms.Form):
    """The one box that jumps to a lot."""

    code = forms.CharField(
        label=_("Lot number"),
        max_length=200,
        help_text=_("Scan the label, or type the number, for example L123."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-scan": "send"}),
    )


class ReasonsForm(forms.Form):
    """Why something else stood there: one box a line, and one reason for all that are left empty."""

    for_all = forms.CharField(
        label=_("The same reason for all that are left empty"), required=False, max_length=REASON_LENGTH
    )

    def __init__(self, *args: Any, lines: Iterable[StocktakeLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        for line in self.lines:
            self.fields[f"reason_{line.pk}"] = forms.CharField(
                label=_("Reason"), required=False, max_length=REASON_LENGTH, initial=line.reason
            )

    def rows(self) -> Iterator[tuple[StocktakeLine, BoundField]]:
        """Return each line with its box."""
        for line in self.lines:
            yield line, self[f"reason_{line.pk}"]

    def reasons(self) -> dict[int, str]:
        """Return what a valid form says."""
        data = self.cleaned_data
        return {line.pk: data[f"reason_{line.pk}"] or data["for_all"] for line in self.lines}


class CopyReportForm(forms.Form):
    fate = forms.ChoiceField(
        label=_("What is the matter?"), choices=CopyFate.choices, widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(label=_("Place"), choices=PLACES, widget=forms.RadioSelect)
    quantity = quantity_field(_("Copies"))
    reason = forms.CharField(
        label=_("How it happened"), max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 2})
    )


def typed_counts(
    data: QueryDict, lines: Mapping[int, StocktakeLine], *, changed_only: bool
) -> tuple[list[LineCount], dict[str, Text]]:
    """Return the numbers that were typed for ``lines``, each with what the page showed before, and what is no number.

    With ``changed_only`` numbers that are as the page showed them are left out: they are nobody's change.
    """
    counts, faults = list[LineCount](), dict[str, Text]()
    for pk, line in lines.items():
        if f"counted_{pk}" not in data:
            continue
        number, is_number = _number(data.get(f"counted_{pk}", ""))
        damaged, is_damage = _number(data.get(f"damaged_{pk}", str(line.damaged)) or "0")
        if not is_number or not is_damage:
            faults[f"counted_{pk}" if not is_number else f"damaged_{pk}"] = NOT_A_COUNT
            continue
        seen = Seen(_number(data.get(f"was_{pk}", ""))[0], _number(data.get(f"wasdamaged_{pk}", ""))[0] or 0)
        if not changed_only or (number, damaged or 0) != (seen.counted, seen.damaged):
            counts.append(LineCount(pk, number, damaged or 0, seen))
    return counts, faults


def _number(text: str) -> tuple[int | None, bool]:
    """Return the number, None for nothing, and whether it was one of both."""
    bare = text.strip()
    number = row_number(bare)
    return number, number is not None or not bare
