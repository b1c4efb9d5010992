"""Forms of packing, sending and receiving. What is right is decided by the operations."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import ShipmentState
from lianxue.distribution.interfaces.web.fulfilment.forms import row_number
from lianxue.distribution.models import Round, ShipmentLine
from lianxue.distribution.operations.checks import MOST_AT_ONCE, REASON_LENGTH
from lianxue.distribution.operations.shipping.receive import LotCount
from lianxue.kernel.errors import Text

FAULTS = ("damaged", "missing", "surplus")
TOGETHER = _("Damaged and missing copies together are more than were due.")
NO_NUMBER = _("Please give a whole number.")


def boxes(data: QueryDict, prefix: str) -> dict[int, int | None]:
    """Return what was typed into the boxes ``<prefix>_<row number>``: empty means 0, None that it is no number."""
    found: dict[int, int | None] = {}
    for name, typed in data.items():
        head, _sign, tail = name.rpartition("_")
        if head == prefix and isinstance(typed, str) and (number := row_number(tail)) is not None:
            found[number] = row_number(typed.strip()) if typed.strip() else 0
    return found


@dataclass(frozen=True)
class Box:
    """One stepper: the name of its box, what stands in it, what is wrong with it."""

    name: str
    value: object
    maximum: int
    fault: Text = ""


class DispatchForm(forms.Form):
    carrier_note = forms.CharField(
        label=_("Carrier and waybill"), max_length=120, required=False, help_text=_("The point sees it.")
    )


class ReasonForm(forms.Form):
    """Why something is done that others will ask about."""

    reason = forms.CharField(
        label=_("Reason"), max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 2})
    )


class CodeForm(forms.Form):
    """The one box of whoever has a parcel in the hand."""

    code = forms.CharField(
        label=_("Number of the parcel"),
        max_length=300,
        help_text=_("It stands on the receipt slip beside the QR code, for example 2026-3-0042 or T17."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-scan": "send", "data-desk-focus": ""}),
    )


def round_choice(rounds: Sequence[Round]) -> forms.ChoiceField:
    """Return a field to narrow a list to one round."""
    return forms.ChoiceField(
        label=_("Round"), required=False, choices=[("", _("All")), *((str(r.pk), r.name) for r in rounds)]
    )


class ShipmentFilter(forms.Form):
    """What to look for in the list of shipments."""

    q = forms.CharField(label=_("Shipment or point"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            *ShipmentState.choices,
            ("overdue", _("Overdue")),
            ("faulty", _("Short, damaged or too many")),
            ("no_photo", _("Received, no photograph yet")),
        ],
    )
    round = forms.ChoiceField(label=_("Round"), required=False)

    def __init__(self, *args: Any, rounds: Sequence[Round], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"] = round_choice(rounds)


class CountForm(forms.Form):
    """What was not right with each lot; all the others are in good order."""

    note = forms.CharField(
        label=_("Remark"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        *args: Any,
        lots: Sequence[ShipmentLine],
        counted: Mapping[int, LotCount] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lots = lots
        for lot in lots:
            count = (counted or {}).get(lot.pk, LotCount(lot.pk, lot.quantity))
            for name in FAULTS:
                self.fields[f"{name}_{lot.pk}"] = forms.IntegerField(
                    min_value=0,
                    max_value=MOST_AT_ONCE if name == "surplus" else lot.quantity,
                    required=False,
                    initial=getattr(count, name),
                )

    def clean(self) -> dict[str, Any]:
        """Find lots of which more is wrong than there is."""
        data = super().clean() or {}
        for lot in self.lots:
            wrong = (data.get(f"damaged_{lot.pk}") or 0) + (data.get(f"missing_{lot.pk}") or 0)
            if wrong > lot.quantity:
                self.add_error(f"damaged_{lot.pk}", TOGETHER)
        return data

    def rows(self) -> Iterator[tuple[ShipmentLine, Box, Box, Box]]:
        """Return each lot with its three steppers: damaged, missing, too many."""
        for lot in self.lots:
            damaged, missing, surplus = (self._box(lot, name) for name in FAULTS)
            yield lot, damaged, missing, surplus

    def _box(self, lot: ShipmentLine, name: str) -> Box:
        bound = self[f"{name}_{lot.pk}"]
        value = bound.value()
        maximum = MOST_AT_ONCE if name == "surplus" else lot.quantity
        fault = " ".join(str(one) for one in bound.errors) if self.is_bound else ""
        return Box(bound.html_name, "" if value is None else value, maximum, fault)

    def counts(self) -> list[LotCount]:
        """Return what a valid form says: what is neither damaged nor missing is in good order."""
        return [self._count(lot) for lot in self.lots]

    def _count(self, lot: ShipmentLine) -> LotCount:
        damaged, missing, surplus = (self.cleaned_data[f"{name}_{lot.pk}"] or 0 for name in FAULTS)
        return LotCount(lot.pk, lot.quantity - damaged - missing, damaged, missing, surplus)


class CorrectionForm(CountForm):
    """The count as it should have been, and why it was not."""

    reason = forms.CharField(
        label=_("Reason"), max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["note"]
