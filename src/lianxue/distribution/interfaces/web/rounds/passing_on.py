"""A college submits its aggregation; it can be taken away as a table, changed there and sent in again."""

from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lianxue.distribution.interfaces.web.rounds.access import COLLEGE
from lianxue.distribution.interfaces.web.rounds.aggregation import desk
from lianxue.distribution.interfaces.web.rounds.tables import ImportPage, import_page, workbook
from lianxue.distribution.operations.demand.adjust_lines import adjust_lines
from lianxue.distribution.operations.demand.submit_batch import submit_batch
from lianxue.distribution.operations.sheets import AGGREGATION_SHAPE, aggregation_rows, read_changes
from lianxue.distribution.queries.aggregation import own_batch, point_standings, sheet_lines, title_totals
from lianxue.kernel import clock
from lianxue.kernel.pages import page, request_key
from lianxue.kernel.pages.pressing import acted
from lianxue.kernel.tables import SheetRead, blank_sheet
from lianxue.orgs.public import ActingRequest


@page(COLLEGE)
def submit(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show what is about to go and who is missing, and submit it."""
    batch = own_batch(request.actor, pk)
    back = reverse("distribution:aggregation", args=[batch.round_id])
    if request.method == "POST":
        return acted(
            request,
            lambda: submit_batch(
                actor=request.actor, at=clock.now(), batch=batch, request_key=request_key(request)
            ),
            done=_("Submitted to the office."),
            back=back,
        )
    standings = point_standings(batch)
    context = desk(request, batch, standings)
    if not context["may_submit"]:
        return redirect(back)
    context |= {
        "late": [one for one in standings if not one.has_reported],
        "titles": len(title_totals(batch)),
        "request_key": request_key(request),
    }
    return render(request, "distribution/demand/submit_batch.html", context)


@page(COLLEGE)
def table(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Give every line as a table that can be changed and sent in again."""
    batch = own_batch(request.actor, pk)
    content = blank_sheet(AGGREGATION_SHAPE, aggregation_rows(sheet_lines(batch)))
    return workbook(content, _("Aggregated demand of %(college)s") % {"college": batch.college.name})


@page(COLLEGE)
def table_import(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Take changes in from a table."""
    batch = own_batch(request.actor, pk)

    def take_in(content: bytes, name: str) -> tuple[SheetRead, int]:
        changes, read = read_changes(content, name=name, batch=batch)
        if not read.faults:
            adjust_lines(
                actor=request.actor,
                at=clock.now(),
                batch=batch,
                changes=changes,
                request_key=request_key(request),
            )
        return read, len(changes)

    words = ImportPage(
        heading=_("Changes from a table"),
        lead=_("Change numbers in the column “Number passed on” and give a reason in the same row."),
        take_label=_("The lines as a table"),
        take_hint=_(
            "Take the lines away, change what must be changed, and leave the other rows as they are."
        ),
        take_url=reverse("distribution:aggregation-table", args=[batch.round_id]),
        back_url=reverse("distribution:aggregation", args=[batch.round_id]),
        back_label=_("Aggregation"),
    )
    return import_page(request, words, take_in)
