"""The ranking of a selection for the office: everybody with figures and place, whom to choose, and the lists."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.distribution.enums import Award, SelectionState
from lianxue.distribution.flows.selection import SELECTION_FLOW
from lianxue.distribution.interfaces.web.printed import TYPES
from lianxue.distribution.interfaces.web.selections.access import OFFICE_READERS, SELECTIONS
from lianxue.distribution.interfaces.web.selections.forms import MarksForm
from lianxue.distribution.interfaces.web.selections.shown import weights_shown
from lianxue.distribution.models import Candidate, Selection
from lianxue.distribution.operations.selections.mark_candidates import mark_candidates
from lianxue.distribution.queries.selections.ranking import Cut, cut_of, unexplained
from lianxue.distribution.queries.selections.reading import (
    candidates_seen,
    chosen_in,
    own_selection,
    selection_seen,
)
from lianxue.kernel import clock
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import Column, Listing, add_refusal, page, request_key
from lianxue.kernel.rendering import PrintColumn, TableDocument
from lianxue.orgs.public import ActingRequest

PER_PAGE = 50
PLACE = Column("place", gettext_lazy("Rank"), lambda row: row.place, "place")
NAME = Column("name", gettext_lazy("Candidate"), str, "organisation__name")
UNIT = Column("unit", gettext_lazy("Unit"), lambda row: row.organisation.name, "organisation__code")
SCORE = Column("score", gettext_lazy("Score"), lambda row: row.score, "score")
CHOSEN = Column(
    "chosen",
    gettext_lazy("Chosen"),
    lambda row: "" if row.chosen is None else _("yes") if row.chosen else _("no"),
    "chosen",
)
REASON = Column("reason", gettext_lazy("Reason"), lambda row: row.reason)


@page(OFFICE_READERS)
def ranking(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show the ranking, and write down whom the office chooses."""
    row = own_selection(request.actor, pk)
    if row.ranked_at is None:
        raise NotFound
    rows = candidates_seen(request.actor).filter(selection=row)
    match request.GET.get("show"):
        case "chosen":
            rows = rows.filter(chosen=True)
        case "departing":
            rows = rows.filter(cut_of(row).departures)
    columns = (PLACE, NAME, *((UNIT,) if row.is_of_people else ()), SCORE, CHOSEN, REASON)
    listing = Listing(request, rows, columns, per_page=PER_PAGE)
    if listing.export_asked:
        wide = Listing(request, rows, (*columns, *_figure_columns(row)), per_page=PER_PAGE)
        return wide.export(str(row))
    candidates = list(listing.page)
    form = MarksForm(request.POST if request.method == "POST" else None, candidates=candidates)
    if request.method == "POST" and form.is_valid():
        try:
            mark_candidates(
                actor=request.actor,
                at=clock.now(),
                selection=row,
                marks=form.marks(),
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Written down. Nothing is decided yet."))
            return redirect(request.get_full_path())
    return _show(request, row, listing, form)


def _show(
    request: ActingRequest, row: Selection, listing: Listing[Candidate], form: MarksForm
) -> HttpResponseBase:
    cut = cut_of(row)
    offers = {o.verb: o for o in SELECTION_FLOW.offered(actor=request.actor, subject=row, at=clock.now())}
    show = request.GET.get("show", "")
    tabs = [("", _("All")), ("chosen", _("Chosen")), ("departing", _("Not as the ranking says"))]
    context = {
        "selection": row,
        "weights": weights_shown(row),
        "listing": listing,
        "rows": [_row(one, cut, form) for one in form.candidates],
        "tabs": [{"label": label, "url": f"?show={key}", "current": key == show} for key, label in tabs],
        "form": form,
        "offers": offers,
        "with_unit": row.is_of_people,
        "may_mark": "mark_candidates" in offers,
        "chosen_count": Candidate.objects.filter(selection=row, chosen=True).count(),
        "unexplained": unexplained(row) if row.state == SelectionState.RANKED else 0,
        "request_key": request_key(request),
    }
    return render(
        request, "distribution/selections/ranking.html", context, status=422 if form.errors else 200
    )


def _row(candidate: Candidate, cut: Cut, form: MarksForm) -> dict[str, Any]:
    expected = cut.expects(candidate.place)
    return {
        "candidate": candidate,
        "chosen": form[f"chosen-{candidate.pk}"],
        "reason": form[f"reason-{candidate.pk}"],
        "expected": expected,
        "departs": candidate.chosen is not None and expected is not None and expected != candidate.chosen,
    }


def _figure_columns(selection: Selection) -> list[Column]:
    """Return two columns for each criterion that counts: the figure, and the points for it."""

    def cell(key: str, at: int) -> Any:
        def value(row: Candidate) -> object:
            kept = row.figures.get(key)
            if kept is None:
                return None
            share = f"{kept['part']}/{kept['whole']}"
            return float(kept["points"]) if at else kept["part"] if kept["whole"] is None else share

        return value

    return [
        Column(f"{shown.criterion.key}-{at}", title, cell(shown.criterion.key, at))
        for shown in weights_shown(selection)
        for at, title in enumerate(
            (shown.criterion.title, _("points (of %(weight)d)") % {"weight": shown.weight})
        )
    ]


@page(SELECTIONS)
def chosen_list(request: ActingRequest, pk: int, ending: str) -> HttpResponseBase:
    """Give the list of those who were chosen, as PDF, Word document or spreadsheet."""
    row = selection_seen(request.actor, pk)
    if row.state != SelectionState.DECIDED or ending not in TYPES:
        raise Http404
    form = _list_form(row)
    content = {"pdf": form.to_pdf, "docx": form.to_docx, "xlsx": form.to_xlsx}[ending]()
    response = HttpResponse(content, content_type=TYPES[ending])
    response["Content-Disposition"] = content_disposition_header(True, f"{form.title}.{ending}") or ""
    return response


TITLES = {
    Award.PROVIDER: "优秀资源提供单位",
    Award.ADMINISTRATOR: "优秀资源配送管理员",
    Award.POINT: "优秀资源配送管理点",
}


def _list_form(row: Selection) -> TableDocument:
    people = (PrintColumn("姓名", 30),) if row.is_of_people else ()
    decided = local_date(row.decided_at) if row.decided_at else None
    return TableDocument(
        title=f"{row.year}年度{TITLES[Award(row.award)]}名单",
        columns=(
            PrintColumn("序号", 15),
            *people,
            PrintColumn("单位", 70 if row.is_of_people else 100, "left"),
            PrintColumn("证书编号", 55),
        ),
        rows=[
            (*((one.person.full_name,) if one.person else ()), one.organisation.name, one.certificate.number)
            for one in chosen_in(row)
        ],
        header_lines=(row.office.name,),
        note=f"{decided.year}年{decided.month}月{decided.day}日" if decided else "",
        numbered=True,
    )
