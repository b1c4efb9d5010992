"""Forms of display corners and photographs. What is right is decided by the operations."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.interfaces.web.fulfilment.forms import NUMBER, day_field
from lianxue.distribution.models import Receipt, Round
from lianxue.distribution.operations.display.office_terms import MOST_DAYS
from lianxue.orgs.public import Organisation


class CornerForm(forms.Form):
    location = forms.CharField(
        label=_("Where it is"),
        max_length=200,
        help_text=_(
            "A fixed place, so that people find it again. For example: ground floor, beside the reading room."
        ),
    )
    sign_posted_on = day_field(_("Sign posted on"), help_text=_("Leave it empty until the sign hangs."))


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """A field for any number of files; the value is a list."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the files that were sent, each looked at like a single one."""
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(SeveralFilesField, self).clean(file, initial) for file in files]


class PhotoForm(forms.Form):
    taken = SeveralFilesField(
        label=_("Take a photograph"),
        required=False,
        widget=SeveralFiles(attrs={"capture": "environment"}),
        help_text=_("Opens the camera on a phone."),
    )
    pictures = SeveralFilesField(
        label=_("Or choose photographs"),
        required=False,
        help_text=_("Several at once will do. Where they were taken is not kept."),
    )
    receipt = forms.ModelChoiceField(
        label=_("Shows what arrived with"),
        queryset=Receipt.objects.none(),
        required=False,
        empty_label=_("The corner as it is now"),
    )
    caption = forms.CharField(label=_("Remark"), max_length=120, required=False)

    def __init__(self, *args: Any, receipts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["receipt"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # declared above
        field.queryset = receipts

    def uploads(self) -> "list[UploadedFile[bytes]]":
        """Return all files of a valid form."""
        return [*self.cleaned_data["taken"], *self.cleaned_data["pictures"]]


class WallFilter(forms.Form):
    """What to look for on the wall of photographs."""

    q = forms.CharField(label=_("Name of the point"), required=False, max_length=60)
    unit = forms.ChoiceField(label=_("Unit above the point"), required=False)
    round = forms.ChoiceField(label=_("Round"), required=False)
    show = forms.ChoiceField(label=_("Show"), required=False)

    def __init__(
        self,
        *args: Any,
        units: Sequence[Organisation],
        rounds: Sequence[Round] | None,
        shows: Sequence[tuple[str, Any]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("unit", units if len(units) > 1 else None)
        self._offer("round", rounds)
        field = self.fields["show"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = [("", _("All")), *shows]

    def _offer(self, name: str, rows: Sequence[Organisation] | Sequence[Round] | None) -> None:
        """Offer ``rows`` in a field; without rows there is no such field."""
        field = self.fields[name]
        if rows is None:
            del self.fields[name]
        elif isinstance(field, forms.ChoiceField):
            field.choices = [("", _("All")), *((str(row.pk), row.name) for row in rows)]

    def asked(self) -> dict[str, str]:
        """Return what the reader asked for; nothing when something is wrong with it."""
        return {name: value.strip() for name, value in self.cleaned_data.items()} if self.is_valid() else {}


def days_field(label: Any, help_text: Any) -> forms.IntegerField:
    """Return a field for a number of days that may stay empty."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        help_text=help_text,
        widget=forms.NumberInput(attrs=NUMBER),
    )


class OfficeTermsForm(forms.Form):
    refresh_days = days_field(
        _("Arrange the corner anew after"),
        _("So many days after it was arranged last, the point is reminded. Empty: nobody is."),
    )
    keep_names_days = days_field(
        _("Keep borrowers' names for"),
        _(
            "So many days after a loan has ended, the name goes; the numbers of the registers stay. Empty: names stay."
        ),
    )
