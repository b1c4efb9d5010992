"""Issuing one or several titles to everybody on a class list, from a table."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lianxue.distribution.interfaces.web.desk.forms import BACKDATED, BACKDATED_HINT
from lianxue.distribution.interfaces.web.desk.standing import own_point
from lianxue.distribution.interfaces.web.fulfilment.access import AT_POINT
from lianxue.distribution.interfaces.web.fulfilment.forms import day_field, sent
from lianxue.distribution.interfaces.web.rounds.tables import faults_context, workbook
from lianxue.distribution.operations.checks import NAME_LENGTH, REASON_LENGTH
from lianxue.distribution.operations.desk.class_list import CLASS_SHAPE, ClassMember, read_class_list
from lianxue.distribution.operations.desk.hand_out import Gift
from lianxue.distribution.operations.desk.issue import issue_to_class
from lianxue.distribution.queries.lending import titles_to_issue
from lianxue.distribution.queries.stock import TitleStock
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.kernel.tables import SheetRead, blank_sheet
from lianxue.orgs.public import ActingRequest


class ClassListForm(forms.Form):
    """Which class gets which titles, and the table of who is in it."""

    class_name = forms.CharField(label=gettext_lazy("Class"), max_length=NAME_LENGTH)
    titles = forms.MultipleChoiceField(
        label=gettext_lazy("Titles"), widget=forms.CheckboxSelectMultiple, error_messages={}
    )
    sheet = forms.FileField(label=gettext_lazy("Class list"))
    issued_on = day_field(gettext_lazy("Issued on"), required=True)
    backdated_reason = forms.CharField(
        label=BACKDATED, max_length=REASON_LENGTH, required=False, help_text=BACKDATED_HINT
    )

    def __init__(self, *args: Any, titles: Sequence[TitleStock], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["titles"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  # declared above
        field.choices = [
            (
                str(title.entry.pk),
                _("%(title)s: %(count)d copies can be issued")
                % {"title": title.entry.title, "count": title.free_to_issue},
            )
            for title in titles
        ]


@page(AT_POINT)
def class_list(request: ActingRequest) -> HttpResponseBase:
    """Take a class list in and issue the chosen titles to everybody on it, or say what is wrong."""
    titles = titles_to_issue(own_point(request).pk)
    form = ClassListForm(*sent(request), titles=titles, initial={"issued_on": clock.today()})
    context: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        upload: UploadedFile[bytes] = form.cleaned_data["sheet"]
        content, name = upload.read(), upload.name or ""
        try:
            members, read = _take_in(request, form, content, name)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            if not read.faults:
                done = ngettext("Issued to %(count)d person.", "Issued to %(count)d people.", len(members))
                messages.success(request, done % {"count": len(members)})
                return redirect("distribution:register-issues")
            context = faults_context(request, read, content, name)
    context |= {"form": form, "has_titles": bool(titles), "request_key": request_key(request)}
    is_faulty = bool(form.errors) or "faults" in context
    return render(request, "distribution/desk/class_list.html", context, status=422 if is_faulty else 200)


@page(AT_POINT)
def blank(request: ActingRequest) -> HttpResponseBase:  # noqa: ARG001  # every page takes one
    """Give the table to fill in."""
    return workbook(blank_sheet(CLASS_SHAPE), str(CLASS_SHAPE.title))


def _take_in(
    request: ActingRequest, form: ClassListForm, content: bytes, name: str
) -> tuple[list[ClassMember], SheetRead]:
    members, read = read_class_list(content, name=name)
    if not read.faults:
        data = form.cleaned_data
        issue_to_class(
            actor=request.actor,
            at=clock.now(),
            point=own_point(request),
            class_name=data["class_name"],
            gifts=[
                Gift(int(entry_id), member.name, member.audience, member.quantity)
                for entry_id in data["titles"]
                for member in members
            ],
            issued_on=data["issued_on"],
            backdated_reason=data["backdated_reason"],
            request_key=request_key(request),
        )
    return members, read
