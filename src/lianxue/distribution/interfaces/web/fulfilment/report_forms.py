"""Forms around effect reports: what to look for, and a photograph with what it shows."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.operations.reports.pictures import CAPTION_LENGTH
from lianxue.distribution.queries.report_standing import Completeness


class ReportPictureForm(forms.Form):
    picture = forms.FileField(label=_("Photograph"))
    caption = forms.CharField(
        label=_("What it shows"),
        max_length=CAPTION_LENGTH,
        help_text=_("It stands below the photograph on paper."),
    )


class ReportFilter(forms.Form):
    """Whose reports to look at."""

    q = forms.CharField(label=_("Name of the point"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("submitted", _("Submitted")),
            ("open", _("Not handed in")),
            ("returned", _("Sent back")),
            ("late", _("Late")),
        ],
    )
    unit = forms.ChoiceField(label=_("Unit"), required=False)

    def __init__(self, data: Mapping[str, Any], *, units: Sequence[Completeness]) -> None:
        super().__init__(data)
        self.fields["unit"] = forms.ChoiceField(
            label=_("Unit"), required=False, choices=[("", _("All")), *((one.key, one.name) for one in units)]
        )
