"""Forms of rounds, demand and wishes. What is right and wrong is decided by the operations; these take it in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import Audience, BatchState, Route
from lianxue.distribution.interfaces.web.fulfilment.forms import NUMBER, day_field, row_number, sent
from lianxue.distribution.models import Round, RoundTitle
from lianxue.distribution.operations.checks import REASON_LENGTH
from lianxue.distribution.operations.rounds.round_particulars import (
    FIRST_YEAR,
    LAST_YEAR,
    MOST_DAYS,
    NAME_LENGTH,
    TIMING_FIELDS,
    RoundDays,
)
from lianxue.distribution.operations.rounds.round_titles import MOST_COPIES, MOST_IN_PACK
from lianxue.orgs.public import Organisation
from lianxue.resources.public import ResourceKind

__all__ = [
    "ALL",
    "BatchFilter",
    "ClosingForm",
    "NeedFilter",
    "NoteForm",
    "PickFilter",
    "PointStateFilter",
    "ReasonForm",
    "RoundForm",
    "SheetForm",
    "TitleForm",
    "WishForm",
    "WordFilter",
    "copies_of",
    "row_number",
    "sent",
]

ALL = ("", _("all"))
MOST_DIGITS = 9
PHYSICAL_KINDS = [(value, label) for value, label in ResourceKind.choices if value != ResourceKind.ONLINE]


def copies_of(data: QueryDict, prefix: str) -> dict[int, str]:
    """Return what was typed into the number boxes ``<prefix>_<row number>`` of a sent form, by row number."""
    found: dict[int, str] = {}
    for name, typed in data.items():
        head, _sign, tail = name.rpartition("_")
        if head == prefix and isinstance(typed, str) and (number := row_number(tail)) is not None:
            found[number] = typed.strip()
    return found


def whole_number(typed: str) -> int | None:
    """Return the number that somebody typed; nothing means 0, None that it is no whole number."""
    if not typed:
        return 0
    digits = typed.removeprefix("+").removeprefix("-")
    if not digits.isdecimal() or len(digits) > MOST_DIGITS:
        return None
    return int(typed)


def reminder_field(label: Any, help_text: Any) -> forms.IntegerField:
    """Return a field for a number of days that may stay empty."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_DAYS,
        help_text=help_text,
        widget=forms.NumberInput(attrs=NUMBER),
    )


class RoundForm(forms.Form):
    """What a round is called and its days, all of which may stay empty."""

    name = forms.CharField(
        label=_("Name"), max_length=NAME_LENGTH, help_text=_("For example: spring distribution 2026.")
    )
    year = forms.IntegerField(
        label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, widget=forms.NumberInput(attrs=NUMBER)
    )
    demand_from = day_field(_("Points state demand from"))
    demand_until = day_field(_("Points state demand until"))
    aggregate_until = day_field(_("Colleges submit until"))
    receive_until = day_field(_("Points confirm receipt until"))
    remind_days_before = reminder_field(
        _("Remind days before"), _("So many days before the last day; empty: no reminder.")
    )
    remind_days_after = reminder_field(
        _("Remind days after"), _("So many days after the last day; empty: no reminder.")
    )

    route = forms.ChoiceField(
        label=_("Way of the parcels"),
        choices=Route.choices,
        required=False,
        initial=Route.DIRECT,
        widget=forms.RadioSelect,
        help_text=_("Through the superior unit: it confirms that the parcels are there and sends them on."),
    )

    @property
    def way(self) -> Route | None:
        """Return the way of the parcels that a valid form names, or None."""
        return Route(self.cleaned_data["route"]) if self.cleaned_data["route"] else None

    @property
    def days(self) -> RoundDays:
        """Return the days of a valid form."""
        return RoundDays(**{name: self.cleaned_data[name] for name in TIMING_FIELDS})

    @staticmethod
    def values_of(row: Round) -> dict[str, Any]:
        """Return what the form shows of a round."""
        return {name: getattr(row, name) for name in ("name", "year", "route", *TIMING_FIELDS)}


class SupplierField(forms.ChoiceField):
    """A choice among the suppliers of an office; gives the id."""

    def __init__(self, suppliers: Sequence[Organisation]) -> None:
        choices = [(str(row.pk), row.name) for row in suppliers]
        first = [] if len(choices) == 1 else [("", _("Please choose"))]
        super().__init__(label=_("Supplier"), choices=[*first, *choices])


class TitleForm(forms.Form):
    """How many copies of one title there are, and from whom."""

    copies = forms.IntegerField(
        label=_("Copies available"),
        min_value=1,
        max_value=MOST_COPIES,
        widget=forms.NumberInput(attrs=NUMBER),
    )

    pack_size = forms.IntegerField(
        label=_("Copies in a pack"),
        required=False,
        min_value=1,
        max_value=MOST_IN_PACK,
        widget=forms.NumberInput(attrs=NUMBER),
        help_text=_("Copies that are sent only together; points get whole packs. Empty: each by itself."),
    )

    def __init__(self, *args: Any, suppliers: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supplier"] = SupplierField(suppliers)

    @staticmethod
    def values_of(row: RoundTitle) -> dict[str, Any]:
        """Return what the form shows of a title."""
        return {
            "copies": row.copies_available,
            "supplier": str(row.supplier_id),
            "pack_size": row.pack_size if row.pack_size > 1 else None,
        }


class PickForm(forms.Form):
    """The supplier of the titles ticked."""

    def __init__(self, *args: Any, suppliers: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supplier"] = SupplierField(suppliers)


class PickFilter(forms.Form):
    """What to look for among catalogue titles."""

    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "data-desk-focus": ""}),
    )
    kind = forms.ChoiceField(label=_("Resource type"), required=False, choices=[ALL, *ResourceKind.choices])


class WordFilter(forms.Form):
    """One box to search by name."""

    q = forms.CharField(label=_("Name or code"), required=False, max_length=60)


class BatchFilter(WordFilter):
    """What to look for among colleges."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[ALL, *BatchState.choices])


class PointStateFilter(WordFilter):
    """What to look for among points."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ALL,
            ("submitted", _("Submitted")),
            ("missing", _("Not reported")),
            ("returned", _("Sent back")),
        ],
    )


class NeedFilter(forms.Form):
    """What to look for among wishes."""

    q = forms.CharField(label=_("Title or remark"), required=False, max_length=60)
    audience = forms.ChoiceField(label=_("Who wishes"), required=False, choices=[ALL, *Audience.choices])
    offered = forms.ChoiceField(
        label=_("On offer"), required=False, choices=[ALL, ("yes", _("on offer")), ("no", _("not on offer"))]
    )


class ReasonForm(forms.Form):
    """Why something is done that others will read about."""

    reason = forms.CharField(
        label=_("Reason"), max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, hint: Any = "", is_required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = hint
        self.fields["reason"].required = is_required


class ClosingForm(ReasonForm):
    """Why a round is closed early, or what was not met is closed with it."""

    closes_unmet = forms.BooleanField(
        label=_("Close what is open as well, with the reason given here"), required=False
    )


class NoteForm(forms.Form):
    """A remark of the point on its demand."""

    note = forms.CharField(
        label=_("Remark"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class WishForm(forms.Form):
    """Who wishes, and what is not on offer. Nothing here must be given."""

    audience = forms.ChoiceField(
        label=_("You are a"), choices=Audience.choices, initial=Audience.LEARNER, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Remark"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    something_else = forms.CharField(
        label=_("Something that is not on the list"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Say in a few words what you would like. The point and the office read it."),
    )
    person_name = forms.CharField(
        label=_("Your name"),
        max_length=40,
        required=False,
        help_text=_("You need not give it. The point sees it, nobody else."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class SheetForm(forms.Form):
    """A filled-in table."""

    sheet = forms.FileField(
        label=_("Filled-in table"),
        help_text=_("An Excel workbook (.xlsx) or a CSV file."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
