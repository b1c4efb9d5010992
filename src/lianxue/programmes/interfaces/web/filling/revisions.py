"""Revisions of a filing, and what differs between two of them."""

from django.http.response import HttpResponseBase
from django.shortcuts import render

from lianxue.kernel.errors import NotFound
from lianxue.kernel.pages import page
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.interfaces.web.access import READERS
from lianxue.programmes.interfaces.web.filling.differences import differences
from lianxue.programmes.interfaces.web.filling.filing import spoken_by, told_sections
from lianxue.programmes.models import Filing, FilingRevision
from lianxue.programmes.operations.filings.revisions import is_unchanged
from lianxue.programmes.queries.filings import filing_seen
from lianxue.programmes.queries.opening import masked_answers, opened_answers
from lianxue.programmes.queries.papers import revision_opinions
from lianxue.programmes.queries.units import areas_of
from lianxue.programmes.rules.filing import FILLS_IN, OPENS_PAPER


@page(READERS)
def revision(request: ActingRequest, pk: int, number: int) -> HttpResponseBase:
    """Show one revision as it was handed in, with its fingerprint and the opinions on it."""
    filing = filing_seen(request.actor, pk)
    row = _revision(filing, number)
    opened = opened_answers if FILLS_IN.holds(request.actor, filing) else masked_answers
    context = {
        "filing": filing,
        "revision": row,
        "sections": told_sections(filing, opened(filing.form, row.answers), row),
        "is_unchanged": is_unchanged(row),
        "opinions": [
            {
                "title": f"{one.organisation.name}：{one.get_decision_display()}",
                "at": one.given_at,
                "by": spoken_by(one),
                "note": one.comment,
            }
            for one in revision_opinions(row)
        ],
        "others": [other for other in filing.revisions.order_by("number") if other.number != number],
        "may_take_away": OPENS_PAPER.holds(request.actor, filing),
    }
    return render(request, "programmes/filing/revision.html", context)


@page(READERS)
def compare(request: ActingRequest, pk: int, number: int, other: int) -> HttpResponseBase:
    """Show what differs between an older revision and a newer one."""
    filing = filing_seen(request.actor, pk)
    older, newer = sorted([number, other])
    first, second = _revision(filing, older), _revision(filing, newer)
    opened = opened_answers if FILLS_IN.holds(request.actor, filing) else masked_answers
    context = {
        "filing": filing,
        "older": first,
        "newer": second,
        "differences": differences(
            filing.form,
            opened(filing.form, first.answers),
            opened(filing.form, second.answers),
            areas_of(filing.unit),
            files=(first.files, second.files),
        ),
    }
    return render(request, "programmes/filing/compare.html", context)


def _revision(filing: Filing, number: int) -> FilingRevision:
    row = filing.revisions.select_related("submitted_by").filter(number=number).first()
    if row is None:
        raise NotFound
    return row
