"""One candidate: every figure with its arithmetic, and the rows behind each figure."""

from django.http.response import HttpResponseBase
from django.shortcuts import render

from lianxue.distribution.interfaces.web.selections.access import CANDIDATES
from lianxue.distribution.interfaces.web.selections.rows import COLUMNS, COUNTS
from lianxue.distribution.interfaces.web.selections.shown import figures_shown
from lianxue.distribution.queries.selections.criterion import CRITERIA, Scale
from lianxue.distribution.queries.selections.reading import candidate_seen
from lianxue.distribution.rules.selections import READS_SELECTION
from lianxue.kernel.errors import NotFound
from lianxue.kernel.pages import Listing, page
from lianxue.orgs.public import ActingRequest

PER_PAGE = 50


@page(CANDIDATES)
def candidate(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show the figures of a candidate as they were when the ranking was made."""
    row = candidate_seen(request.actor, pk)
    context = {
        "candidate": row,
        "selection": row.selection,
        "figures": figures_shown(row),
        "is_office": READS_SELECTION.holds(request.actor, row.selection),
        "certificate": getattr(row, "certificate", None),
    }
    return render(request, "distribution/selections/candidate.html", context)


@page(CANDIDATES)
def figure_rows(request: ActingRequest, pk: int, key: str) -> HttpResponseBase:
    """List the rows that a figure counts, as they are now."""
    row = candidate_seen(request.actor, pk)
    if key not in row.figures or key not in CRITERIA:
        raise NotFound
    criterion = CRITERIA[key]
    found = criterion.rows_of(row.selection.year, (row.organisation_id, row.person_id))
    columns = COLUMNS[found.model]
    if criterion.scale == Scale.SHARE:
        columns = (*columns, COUNTS)
    listing = Listing(request, found, columns, per_page=PER_PAGE)
    if listing.export_asked:
        return listing.export(f"{row} {criterion.title}")
    context = {
        "candidate": row,
        "selection": row.selection,
        "criterion": criterion,
        "figure": next(one for one in figures_shown(row) if one.criterion.key == key),
        "listing": listing,
        "rows": [[column.value(one) for column in columns] for one in listing.page],
    }
    return render(request, "distribution/selections/rows.html", context)
