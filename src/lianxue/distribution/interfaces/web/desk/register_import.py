"""Paper registers in the published layout: sent in, looked through, asked about where a title is not clear, taken in."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lianxue.distribution.enums import Audience
from lianxue.distribution.interfaces.web.desk.standing import own_point
from lianxue.distribution.interfaces.web.fulfilment.access import AT_POINT
from lianxue.distribution.interfaces.web.rounds.tables import faults_context
from lianxue.distribution.models import Issue, Loan
from lianxue.distribution.operations.desk.import_register import (
    RegisterRow,
    RowsRefused,
    import_issues,
    import_loans,
)
from lianxue.distribution.operations.desk.paper_register import (
    NO_TITLES,
    PaperRow,
    known_titles,
    match,
    note_doubles,
    paper_rows,
)
from lianxue.documents.public import read_issue_register, read_loan_register
from lianxue.kernel import clock
from lianxue.kernel.errors import Invalid, Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.kernel.tables import SheetRead
from lianxue.orgs.public import ActingRequest
from lianxue.resources.models import CatalogueEntry

LOANS, ISSUES = "loans", "issues"
READERS = {LOANS: read_loan_register, ISSUES: read_issue_register}
MODELS: dict[str, type[Loan] | type[Issue]] = {LOANS: Loan, ISSUES: Issue}
SALT, KEPT_SECONDS = "distribution.register", 24 * 3600


class PaperForm(forms.Form):
    """The file; and who received copies, which the form of issues does not say."""

    sheet = forms.FileField(
        label=gettext_lazy("The register as a file"),
        help_text=gettext_lazy("A workbook (.xlsx) or a Word document (.docx) with the published columns."),
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Recipients are"),
        choices=Audience.choices,
        initial=Audience.LEARNER,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, which: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if which == LOANS:
            del self.fields["audience"]


class TitlesForm(forms.Form):
    """Which title of the point is meant by each name that is not clear."""

    def __init__(
        self, *args: Any, unclear: Sequence[tuple[str, list[CatalogueEntry]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for number, (written, choices) in enumerate(unclear):
            self.fields[f"title_{number}"] = forms.ChoiceField(
                label=written,
                choices=[("", _("Please choose")), *((str(e.pk), f"{e.title} · {e.code}") for e in choices)],
            )


@page(AT_POINT)
def register_import(request: ActingRequest, which: str) -> HttpResponseBase:
    """Take a paper register in, step by step."""
    if which not in READERS:
        raise Http404
    if request.method == "POST" and "rows" in request.POST:
        return _with_chosen_titles(request, which)
    form = PaperForm(*_sent(request), which=which)
    if request.method != "POST" or not form.is_valid():
        return _show(request, which, {"form": form})
    upload: UploadedFile[bytes] = form.cleaned_data["sheet"]
    content, name = upload.read(), upload.name or ""
    try:
        return _look_through(request, which, form, content, name)
    except RowsRefused as refusal:
        read = READERS[which](content, name=name)
        for number, words in refusal.rows.items():
            read.add_fault(number, "title", words)
        return _show(request, which, {"form": form, **faults_context(request, read, content, name)})
    except Refused as refusal:
        add_refusal(form, refusal)
        return _show(request, which, {"form": form})


def _look_through(
    request: ActingRequest, which: str, form: PaperForm, content: bytes, name: str
) -> HttpResponseBase:
    point, read = own_point(request), READERS[which](content, name=name)
    rows = paper_rows(read, point, on=clock.today())
    entries = known_titles(point.pk)
    if not entries:
        raise Invalid(NO_TITLES)
    found = match(rows, entries)
    meant = {written: titles[0].pk for written, titles in found.items() if len(titles) == 1}
    note_doubles(read, rows, meant, point.pk, MODELS[which])
    if read.faults:
        return _show(request, which, {"form": form, **faults_context(request, read, content, name)})
    audience = form.cleaned_data.get("audience", "")
    unclear = {written: titles or entries for written, titles in found.items() if len(titles) != 1}
    if unclear:
        kept = {
            "rows": [
                asdict(row)
                | {
                    "day": row.day.isoformat(),
                    "returned_on": row.returned_on.isoformat() if row.returned_on else None,
                }
                for row in rows
            ],
            "audience": audience,
        }
        choosing = TitlesForm(unclear=list(unclear.items()))
        return _show(
            request, which, {"choosing": choosing, "kept": signing.dumps(kept, salt=SALT, compress=True)}
        )
    return _take_in(request, which, rows, meant, audience)


def _with_chosen_titles(request: ActingRequest, which: str) -> HttpResponseBase:
    """Go on with the titles that the person chose."""
    try:
        kept = signing.loads(request.POST["rows"], salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        messages.warning(request, _("Please send the register in again."))
        return redirect("distribution:register-import", which)
    rows = [
        PaperRow(
            **row
            | {
                "day": date.fromisoformat(row["day"]),
                "returned_on": date.fromisoformat(row["returned_on"]) if row["returned_on"] else None,
            }
        )
        for row in kept["rows"]
    ]
    point = own_point(request)
    entries = known_titles(point.pk)
    found = match(rows, entries)
    unclear = [(written, titles or entries) for written, titles in found.items() if len(titles) != 1]
    form = TitlesForm(request.POST, unclear=unclear)
    shown = {"choosing": form, "kept": request.POST["rows"]}
    if not form.is_valid():
        return _show(request, which, shown)
    meant = {written: titles[0].pk for written, titles in found.items() if len(titles) == 1}
    for number, (written, _titles) in enumerate(unclear):
        meant[written] = int(form.cleaned_data[f"title_{number}"])
    doubles = SheetRead("")
    note_doubles(doubles, rows, meant, point.pk, MODELS[which])
    try:
        if doubles.faults:
            raise RowsRefused({fault.row: fault.message for fault in doubles.faults})
        return _take_in(request, which, rows, meant, kept["audience"])
    except Refused as refusal:
        add_refusal(form, refusal)
        return _show(request, which, shown)


def _take_in(
    request: ActingRequest, which: str, rows: Sequence[PaperRow], meant: dict[str, int], audience: str
) -> HttpResponseBase:
    listed = [
        RegisterRow(row.number, meant[row.title], row.quantity, row.name, row.day, row.returned_on)
        for row in rows
    ]
    frame: dict[str, Any] = {
        "actor": request.actor,
        "at": clock.now(),
        "point": own_point(request),
        "rows": listed,
        "request_key": request_key(request),
    }
    if which == LOANS:
        import_loans(**frame)
    else:
        import_issues(**frame, audience=Audience(audience))
    done = ngettext("%(count)d row has been taken in.", "%(count)d rows have been taken in.", len(listed))
    messages.success(request, done % {"count": len(listed)})
    return redirect(f"distribution:register-{which}")


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _show(request: ActingRequest, which: str, context: dict[str, Any]) -> HttpResponseBase:
    shown = {"form": PaperForm(which=which)} | context
    is_faulty = "faults" in shown or any(
        form.errors for form in (shown["form"], shown.get("choosing")) if form is not None
    )
    shown |= {"which": which, "request_key": request_key(request)}
    return render(request, "distribution/registers/import.html", shown, status=422 if is_faulty else 200)
