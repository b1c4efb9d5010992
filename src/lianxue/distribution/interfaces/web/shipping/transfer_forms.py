"""Forms around transfers."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import TransferState
from lianxue.distribution.interfaces.web.shipping.forms import NO_NUMBER, TOGETHER, Box, boxes
from lianxue.distribution.models import TransferLine
from lianxue.distribution.operations.checks import REASON_LENGTH
from lianxue.distribution.operations.transfers.receive_transfer import TransferCount
from lianxue.distribution.operations.transfers.request_transfer import LotToMove
from lianxue.distribution.queries.transfers import LotThere
from lianxue.orgs.public import Organisation


class TransferFilter(forms.Form):
    """What to look for in the list of transfers."""

    q = forms.CharField(label=_("Number or organisation"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *TransferState.choices]
    )


class TransferForm(forms.Form):
    """Who gets the copies and why; how many of which lot stands in the steppers."""

    taker = forms.ChoiceField(label=_("To whom"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The superior unit and the taker read it."),
    )

    def __init__(
        self, *args: Any, takers: Sequence[Organisation], there: Sequence[LotThere], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.there = there
        self.fields["taker"] = forms.ChoiceField(
            label=_("To whom"),
            choices=[("", _("Please choose")), *((str(one.pk), one.name) for one in takers)],
        )

    def clean(self) -> dict[str, Any]:
        """Find boxes in which no number stands."""
        data = super().clean() or {}
        if any(value is None for value in self._typed().values()):
            self.add_error(None, NO_NUMBER)
        return data

    def _typed(self) -> dict[int, int | None]:
        return boxes(self.data, "quantity") if self.is_bound else {}  # type: ignore[arg-type]  # a sent form

    def rows(self) -> Iterator[tuple[LotThere, Box]]:
        """Return each lot that is there with its stepper."""
        for one in self.there:
            name = f"quantity_{one.lot.pk}"
            yield one, Box(name, self.data.get(name, "") if self.is_bound else "", one.free)

    def lots(self) -> list[LotToMove]:
        """Return what a valid form asks for."""
        return [LotToMove(lot_id, quantity) for lot_id, quantity in self._typed().items() if quantity]


class TransferCountForm(forms.Form):
    """What was not right with each line; all the others are in good order."""

    note = forms.CharField(
        label=_("Remark"), max_length=REASON_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, lines: Sequence[TransferLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            for name in ("damaged", "missing"):
                self.fields[f"{name}_{line.pk}"] = forms.IntegerField(
                    min_value=0, max_value=line.quantity, required=False, initial=0
                )

    def clean(self) -> dict[str, Any]:
        """Find lines of which more is wrong than was sent."""
        data = super().clean() or {}
        for line in self.lines:
            if (data.get(f"damaged_{line.pk}") or 0) + (data.get(f"missing_{line.pk}") or 0) > line.quantity:
                self.add_error(f"damaged_{line.pk}", TOGETHER)
        return data

    def rows(self) -> Iterator[tuple[TransferLine, Box, Box]]:
        """Return each line with its two steppers."""
        for line in self.lines:
            damaged, missing = (self._box(line, name) for name in ("damaged", "missing"))
            yield line, damaged, missing

    def _box(self, line: TransferLine, name: str) -> Box:
        bound = self[f"{name}_{line.pk}"]
        value = bound.value()
        fault = " ".join(str(one) for one in bound.errors) if self.is_bound else ""
        return Box(bound.html_name, "" if value is None else value, line.quantity, fault)

    def counts(self) -> list[TransferCount]:
        """Return what a valid form says."""
        made = []
        for line in self.lines:
            damaged, missing = (self.cleaned_data[f"{n}_{line.pk}"] or 0 for n in ("damaged", "missing"))
            made.append(TransferCount(line.pk, line.quantity - damaged - missing, damaged, missing))
        return made
