"""Forms of training. What is right is decided by the operations."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianxue.kernel.clock import local_time
from lianxue.orgs.public import Organisation
from lianxue.workforce.enums import (
    AttendanceState,
    AudienceKind,
    Part,
    SessionState,
    Team,
    TrainingLevel,
    TrainingTopic,
    TrainingWay,
)
from lianxue.workforce.models import TrainingSession
from lianxue.workforce.operations.checks import NAME_LENGTH, REASON_LENGTH, UNIT_LENGTH
from lianxue.workforce.operations.training.particulars import (
    PLACE_LENGTH,
    TITLE_LENGTH,
    WORDS_LENGTH,
    Audience,
    Particulars,
)

ALL = ("", _("All"))
MOMENT = "%Y-%m-%dT%H:%M"
POSTS = [
    (AudienceKind.DIRECTLY_BELOW.value, AudienceKind.DIRECTLY_BELOW.label),
    (AudienceKind.ALL_BELOW.value, AudienceKind.ALL_BELOW.label),
]


def moment_field(label: Any, help_text: Any = "") -> forms.DateTimeField:
    """Return a field for a day with its hour, in Asia/Shanghai."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    return forms.DateTimeField(label=label, help_text=help_text, widget=widget)


class SessionFilter(forms.Form):
    q = forms.CharField(label=_("Title or organiser"), required=False, max_length=60)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[ALL, *SessionState.choices])
    level = forms.ChoiceField(label=_("Level"), required=False, choices=[ALL, *TrainingLevel.choices])
    topic = forms.ChoiceField(label=_("Topic"), required=False, choices=[ALL, *TrainingTopic.choices])
    year = forms.IntegerField(label=_("Year"), required=False, min_value=2000, max_value=2200)


class AttendanceFilter(forms.Form):
    q = forms.CharField(label=_("Name or unit"), required=False, max_length=60)
    standing = forms.ChoiceField(label=_("Attended"), required=False, choices=[ALL, *AttendanceState.choices])


class SessionForm(forms.Form):
    """A training; ``units`` are those directly below the organiser."""

    title = forms.CharField(label=_("Title of the training"), max_length=TITLE_LENGTH)
    topic = forms.ChoiceField(label=_("Topic"), choices=TrainingTopic.choices)
    way = forms.ChoiceField(label=_("Way"), choices=TrainingWay.choices, widget=forms.RadioSelect)
    starts_at = moment_field(_("Begins"))
    ends_at = moment_field(_("Ends"))
    place = forms.CharField(
        label=_("Place"), required=False, max_length=PLACE_LENGTH, help_text=_("For a training on site.")
    )
    link = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("For a training on line: the address of the meeting or course."),
    )
    words = forms.CharField(
        label=_("What it is about"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    audience = forms.MultipleChoiceField(
        label=_("Who must attend"),
        required=False,
        choices=POSTS,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Others may come too; whoever scans the code is on the list."),
    )
    units = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=_("Or only these units"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, units: Any, teams: Iterable[Team] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["audience"]
        chosen.choices = [*POSTS, *((f"team:{team.value}", team.label) for team in teams)]
        below: Any = self.fields["units"]
        below.queryset = units

    def particulars(self) -> Particulars:
        """Return what was filled in."""
        data = self.cleaned_data
        lines = [_line(text) for text in data["audience"]]
        lines += [Audience(kind=AudienceKind.UNIT, organisation=unit) for unit in data["units"]]
        return Particulars(
            title=data["title"],
            topic=TrainingTopic(data["topic"]),
            way=TrainingWay(data["way"]),
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
            place=data["place"],
            link=data["link"],
            words=data["words"],
            audience=tuple(lines),
        )


def written(session: TrainingSession) -> dict[str, Any]:
    """Return what a training says as the form's beginning."""
    lines = list(session.audience.all())
    return {
        **{name: getattr(session, name) for name in ("title", "topic", "way", "place", "link", "words")},
        "starts_at": local_time(session.starts_at),
        "ends_at": local_time(session.ends_at),
        "audience": [
            f"team:{line.team}" if line.team else line.kind
            for line in lines
            if line.kind != AudienceKind.UNIT
        ],
        "units": [line.organisation_id for line in lines if line.organisation_id is not None],
    }


def _line(text: str) -> Audience:
    kind, _sign, team = text.partition(":")
    return Audience(kind=AudienceKind(kind), team=Team(team) if team else None)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 2})
    )


class ComerForm(forms.Form):
    """Somebody who came or spoke without standing on the list."""

    name = forms.CharField(label=_("Full name"), max_length=NAME_LENGTH)
    unit = forms.CharField(label=_("Unit"), max_length=UNIT_LENGTH)
    account = forms.CharField(
        label=_("Account name"),
        required=False,
        max_length=60,
        help_text=_(
            "With it the training also stands in this person's own record. Capitals and small letters count."
        ),
    )
    part = forms.ChoiceField(label=_("Takes part as"), choices=Part.choices, widget=forms.RadioSelect)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code on the screen"),
        max_length=300,
        help_text=_("Eight letters and digits; small letters will do."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-scan": "send"}),
    )


class SheetForm(forms.Form):
    sheet = forms.FileField(label=_("Table (.xlsx or .csv)"))
