"""Letters: the list, one letter with its papers, writing one, withdrawing one."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from lianxue.documents.enums import LetterKind
from lianxue.documents.interfaces.web.access import LETTER_KEEPERS
from lianxue.documents.interfaces.web.forms import LetterFilter, LetterForm, WithdrawForm
from lianxue.documents.models.letter import Letter
from lianxue.documents.operations.letters.issue_letter import issue_letter
from lianxue.documents.operations.letters.letter_paper import letter_docx, letter_pdf, paper_of
from lianxue.documents.operations.letters.withdraw_letter import withdraw_letter
from lianxue.documents.queries.letters import code_of, letter_issued, letter_seen, letters_of
from lianxue.documents.rules import ISSUED_LETTER
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.files.documents import OFFICE_TYPES, PDF
from lianxue.kernel.pages import Column, Listing, add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest

COLUMNS = (
    Column("number", gettext_lazy("Letter number"), lambda row: row.full_number, "number"),
    Column("title", pgettext_lazy("of a letter", "Title"), lambda row: one_line(row.title), "title"),
    Column("kind", gettext_lazy("Kind of letter"), lambda row: row.get_kind_display(), "kind"),
    Column("issuer", gettext_lazy("Issued by"), lambda row: row.issuer.name, "issuer__name"),
    Column("addressee", gettext_lazy("Addressee"), lambda row: row.addressee, "addressee"),
    Column("dated_on", gettext_lazy("Date of the letter"), lambda row: row.dated_on, "dated_on"),
    Column("state", gettext_lazy("State"), lambda row: _("Withdrawn") if row.is_withdrawn else _("In force")),
)


def one_line(title: str) -> str:
    """Return a title that may be broken on paper, on one line."""
    return "".join(title.splitlines())


@page(LETTER_KEEPERS)
def letters(request: ActingRequest) -> HttpResponseBase:
    """Show the letters of and to the own organisation."""
    form = LetterFilter(request.GET)
    form.is_valid()
    listing = Listing(request, letters_of(request.actor, **form.cleaned_data), COLUMNS)
    if listing.export_asked:
        return listing.export(_("Letters"))
    rows = [(row, one_line(row.title)) for row in listing.page]
    context = {"form": form, "listing": listing, "rows": rows, "code": code_of(request.actor)}
    return render(request, "documents/letters/letters.html", context)


@page(LETTER_KEEPERS)
def letter(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show one letter."""
    row = letter_seen(request.actor, pk)
    context = {
        "letter": row,
        "paper": paper_of(row),
        "title": one_line(row.title),
        "may_withdraw": ISSUED_LETTER.holds(request.actor, row) and not row.is_withdrawn,
    }
    return render(request, "documents/letters/letter.html", context)


@page(LETTER_KEEPERS)
def letter_as_pdf(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Give a letter as PDF."""
    row = letter_seen(request.actor, pk)
    return _file(row, letter_pdf(paper_of(row)), PDF, "pdf")


@page(LETTER_KEEPERS)
def letter_as_docx(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Give a letter as a Word document."""
    row = letter_seen(request.actor, pk)
    return _file(row, letter_docx(paper_of(row)), OFFICE_TYPES["docx"], "docx")


def _file(row: Letter, content: bytes, media_type: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    name = f"{row.full_number}.{ending}"
    response["Content-Disposition"] = content_disposition_header(ending != "pdf", name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    return response


@page(LETTER_KEEPERS)
def new_letter(request: ActingRequest) -> HttpResponseBase:
    """Write a letter and issue it under the next number."""
    code = code_of(request.actor)
    if code is None:
        messages.info(request, _("Please set the letter code of your organisation first."))
        return redirect("documents:codes")
    form = LetterForm(
        request.POST if request.method == "POST" else None,
        initial={"kind": LetterKind.NOTICE, "dated_on": clock.today()},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            row = issue_letter(
                actor=request.actor,
                at=clock.now(),
                kind=LetterKind(data["kind"]),
                title=data["title"],
                addressee=data["addressee"],
                body=data["body"],
                attachments=data["attachments"],
                copies_to=data["copies_to"],
                dated_on=data["dated_on"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Issued as %(number)s.") % {"number": row.full_number})
            return redirect("documents:letter", row.pk)
    context = {"form": form, "code": code, "request_key": request_key(request)}
    return render(request, "documents/letters/new_letter.html", context, status=422 if form.errors else 200)


@page(LETTER_KEEPERS)
def withdraw(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Withdraw a letter with a reason."""
    row = letter_issued(request.actor, pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_letter(
                actor=request.actor,
                at=clock.now(),
                letter=row,
                reason=form.cleaned_data["reason"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The letter is withdrawn; its number stays used."))
            return redirect("documents:letter", row.pk)
    context = {"form": form, "letter": row, "title": one_line(row.title), "request_key": request_key(request)}
    return render(request, "documents/letters/withdraw.html", context, status=422 if form.errors else 200)
