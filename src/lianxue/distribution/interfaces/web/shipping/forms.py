"""Forms of packing, sending and receiving. What is right is decided by the operations."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import ShipmentState
from lianxue.distribution.interfaces.web.fulfilment.forms import NUMBER
from lianxue.distribution.models import Round, ShipmentLine
from lianxue.distribution.operations.shipping.receive import LotCount


class DispatchForm(forms.Form):
    carrier_note = forms.CharField(
        label=_("Carrier and waybill"), max_length=120, required=False, help_text=_("The point sees it.")
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
            ("faulty", _("Short or damaged")),
            ("no_photo", _("Received, no photograph yet")),
        ],
    )
    round = forms.ChoiceField(label=_("Round"), required=False)

    def __init__(self, *args: Any, rounds: Sequence[Round], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"] = forms.ChoiceField(
            label=_("Round"), required=False, choices=[("", _("All")), *((str(r.pk), r.name) for r in rounds)]
        )


class ReceiveForm(forms.Form):
    """What was counted, three numbers a lot, and a remark."""

    note = forms.CharField(
        label=_("Remark"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, lots: Sequence[ShipmentLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lots = lots
        for lot in lots:
            for name, label, initial in (
                ("good", _("In good order"), lot.quantity),
                ("damaged", _("Damaged"), 0),
                ("missing", _("Missing"), 0),
            ):
                self.fields[f"{name}_{lot.pk}"] = forms.IntegerField(
                    label=label,
                    min_value=0,
                    max_value=lot.quantity,
                    initial=initial,
                    widget=forms.NumberInput(attrs=NUMBER),
                )

    def rows(self) -> Iterator[tuple[ShipmentLine, BoundField, BoundField, BoundField]]:
        """Return each lot with its three boxes."""
        for lot in self.lots:
            yield lot, self[f"good_{lot.pk}"], self[f"damaged_{lot.pk}"], self[f"missing_{lot.pk}"]

    def counts(self) -> list[LotCount]:
        """Return what a valid form says."""
        data = self.cleaned_data
        return [
            LotCount(lot.pk, data[f"good_{lot.pk}"], data[f"damaged_{lot.pk}"], data[f"missing_{lot.pk}"])
            for lot in self.lots
        ]
