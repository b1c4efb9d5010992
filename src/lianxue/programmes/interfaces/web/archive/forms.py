"""Forms of evidence, guidance and links."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianxue.programmes.enums import GuidanceWay
from lianxue.programmes.interfaces.web.office.forms import day_field
from lianxue.programmes.models import Call
from lianxue.programmes.operations.archive.dossier_links import MOST_DAYS
from lianxue.programmes.operations.archive.evidence import TITLE_LENGTH, WORDS_LENGTH
from lianxue.programmes.operations.archive.guidance import WORDS_LENGTH as GUIDANCE_LENGTH


class EvidenceForm(forms.Form):
    """One piece of evidence."""

    item = forms.ChoiceField(label=_("For which item"))
    title = forms.CharField(label=_("Title of the evidence"), max_length=TITLE_LENGTH)
    dated_on = day_field(_("Date"))
    words = forms.CharField(
        label=_("What it is evidence of"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    upload = forms.FileField(label=_("File"), required=False, help_text=_("PDF, Word, Excel or a picture."))

    def __init__(self, data: Any = None, files: Any = None, *, call: Call, item: str = "") -> None:
        super().__init__(data, files, initial={"item": item})
        groups: dict[str, list[tuple[str, str]]] = {}
        for one in call.definition.evidence:
            groups.setdefault(one.group, []).append((one.key, one.title))
        self.fields["item"].choices = list(groups.items())  # type: ignore[attr-defined]  # a ChoiceField has them


class EvidenceFilter(forms.Form):
    """What is searched for."""

    find = forms.CharField(label=_("Words"), required=False, max_length=100)
    item = forms.ChoiceField(label=_("Item"), required=False)

    def __init__(self, data: Any = None, *, call: Call) -> None:
        super().__init__(data)
        choices = [("", _("all")), *((one.key, one.title) for one in call.definition.evidence)]
        self.fields["item"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField has them


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class GuidanceForm(forms.Form):
    """An entry in the log of guidance."""

    given_on = day_field(_("Date"), required=True)
    way = forms.ChoiceField(label=_("How"), required=False, choices=[("", "–"), *GuidanceWay.choices])
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    words = forms.CharField(
        label=_("Guidance given"), max_length=GUIDANCE_LENGTH, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, data: Any = None, *, call: Call, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["stage"].choices = [("", "–"), *((one.key, one.title) for one in call.definition.stages)]  # type: ignore[attr-defined]  # a ChoiceField has them


class LinkForm(forms.Form):
    """For whom a link is, and for how long."""

    handed_to = forms.CharField(label=_("Handed to"), max_length=60)
    days = forms.IntegerField(
        label=_("Valid for"),
        min_value=1,
        max_value=MOST_DAYS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
