"""One filing: where it is, what was said, what was handed in; and for its unit the next step."""

from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lianxue.kernel import clock
from lianxue.kernel.pages import page
from lianxue.orgs.models import Organisation
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.enums import FilingState, ScanState
from lianxue.programmes.flows.filing import FILING_FLOW
from lianxue.programmes.interfaces.web.access import READERS
from lianxue.programmes.interfaces.web.filling.told import told
from lianxue.programmes.models import Filing, FilingRevision, Opinion, Scan
from lianxue.programmes.models.definition import Grid
from lianxue.programmes.queries.desks import desks_of
from lianxue.programmes.queries.filings import filing_seen
from lianxue.programmes.queries.letters import DECIDED, letter_to_read
from lianxue.programmes.queries.opening import Answers, masked_answers, opened_answers
from lianxue.programmes.queries.units import areas_of
from lianxue.programmes.rules.filing import FILLS_IN, JUDGES_SCAN, OPENS_PAPER

COUNTS = (ScanState.MATCHED, ScanState.CONFIRMED)
OPINION_TONES = {"approve": "success", "return": "warning", "decline": "danger"}


@page(READERS)
def filing(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show a filing: where it is, what was said."""
    row = filing_seen(request.actor, pk)
    revisions = list(row.revisions.select_related("submitted_by").order_by("-number"))
    opinions = list(
        Opinion.objects.filter(revision__filing=row)
        .select_related("organisation", "person", "on_behalf_of", "revision")
        .order_by("-given_at", "-pk")
    )
    scans = list(Scan.objects.filter(filing=row).select_related("file", "revision", "judged_by"))
    is_own = FILLS_IN.holds(request.actor, row)
    offers = {one.verb: one for one in FILING_FLOW.offered(actor=request.actor, subject=row, at=clock.now())}
    revision = revisions[0] if revisions else None
    context = {
        "filing": row,
        "is_own": is_own,
        "steps": _steps(row, opinions),
        "history": history(revisions, opinions),
        "revisions": revisions,
        "revision": revision,
        "answers": shown_answers(row, revision, is_own=is_own),
        "offers": offers,
        "returned": next((one for one in opinions if one.decision == "return"), None)
        if row.state == FilingState.RETURNED
        else None,
        "scans": scans,
        "scan_needed": _scan_needed(row, scans),
        "to_judge": [
            one
            for one in scans
            if one.state == ScanState.UNREADABLE and JUDGES_SCAN.holds(request.actor, one)
        ],
        "may_take_away": revision is not None and OPENS_PAPER.holds(request.actor, row),
        "notices": list(row.notices.order_by("-number")),
        "letter": letter_to_read(request.actor, row) if row.state in DECIDED else None,
        "may_change": "begin_notice" in offers and row.stage_definition.changes == "notice",
    }
    return render(request, "programmes/filing/filing.html", context)


def _steps(row: Filing, opinions: list[Opinion]) -> list[dict[str, Any]]:
    """Return the way of the filing: the unit first, then each level with who sits there and since when it lies there."""
    desks = {}
    for level in row.stage_definition.levels:
        desks[level.key] = desks_of(row.call, level, [row.unit_id])[row.unit_id]
    names = dict(
        Organisation.objects.filter(pk__in=[pk for pk in desks.values() if pk]).values_list("pk", "name")
    )
    given = {one.position: one for one in opinions if one.revision.number == row.revision_number}
    writing = row.state in (FilingState.DRAFT, FilingState.RETURNED)
    first = {
        "label": row.unit.name,
        "state": "problem" if row.state == FilingState.RETURNED else "current" if writing else "done",
        "detail": row.get_state_display() if writing else _("Handed in"),
    }
    steps = [first]
    for at, level in enumerate(row.stage_definition.levels):
        desk = desks[level.key]
        name = names.get(desk, "") if desk else ""
        if row.position == at:
            since = clock.local_date(row.since)
            words = _("%(desk)s, since %(day)s") % {"desk": name, "day": date_format(since, "DATE_FORMAT")}
            steps.append({"label": level.title, "state": "current", "detail": words})
        elif at in given and not writing:
            state = {"approve": "done"}.get(given[at].decision, "problem")
            steps.append({"label": level.title, "state": state, "detail": given[at].get_decision_display()})
        else:
            steps.append(
                {"label": level.title, "state": "todo", "detail": name if name != level.title else ""}
            )
    return steps


def history(revisions: list[FilingRevision], opinions: list[Opinion]) -> list[dict[str, Any]]:
    """Return what happened, newest first: revisions and opinions with the people who handed in and spoke."""
    items: list[dict[str, Any]] = [
        {
            "title": _("Revision %(number)d handed in") % {"number": one.number}
            if one.kind == "filing"
            else _("Change put in force as revision %(number)d") % {"number": one.number},
            "at": one.submitted_at,
            "by": str(one.submitted_by or ""),
            "note": one.reason,
            "tone": "info",
        }
        for one in revisions
    ]
    items += [
        {
            "title": f"{one.organisation.name}：{one.get_decision_display()}",
            "at": one.given_at,
            "by": spoken_by(one),
            "note": one.comment,
            "tone": OPINION_TONES.get(one.decision, "neutral"),
        }
        for one in opinions
    ]
    return sorted(items, key=lambda item: item["at"], reverse=True)


def spoken_by(opinion: Opinion) -> str:
    """Return who gave an opinion; a delegate is named with the person in whose place they spoke."""
    if opinion.on_behalf_of is None:
        return str(opinion.person or "")
    return _("%(delegate)s for %(principal)s") % {
        "delegate": opinion.person,
        "principal": opinion.on_behalf_of,
    }


def shown_answers(row: Filing, revision: FilingRevision | None, *, is_own: bool) -> list[dict[str, Any]]:
    """Return the answers by section in words; personal values are masked for everybody but the unit itself."""
    kept = revision.answers if revision else row.answers if is_own else {}
    return told_sections(row, (opened_answers if is_own else masked_answers)(row.form, kept), revision)


def told_sections(row: Filing, answers: Answers, revision: FilingRevision | None) -> list[dict[str, Any]]:
    """Return answers by section in words: a list of questions, or a table of rows."""
    areas = areas_of(row.unit)
    files: dict[str, list[dict[str, Any]]] = {}
    for one in revision.files if revision else ():
        url = reverse("programmes:attached", args=[row.pk, one["id"]])
        files.setdefault(one["key"], []).append(
            {"name": one["name"], "url": url, "kind": one["name"].rpartition(".")[2]}
        )
    sections: list[dict[str, Any]] = []
    for part in row.form.sections:
        if isinstance(part, Grid):
            rows = [
                [told(one, line.get(one.key), areas) for one in part.columns]
                for line in answers.get(part.key) or []
            ]
            sections.append({"title": part.title, "heads": [one.title for one in part.columns], "rows": rows})
        else:
            pairs = [
                {
                    "title": one.title,
                    "words": told(one, answers.get(one.key), areas),
                    "files": files.get(one.key, []),
                }
                for one in part.fields
            ]
            sections.append({"title": part.title, "pairs": pairs})
    return sections


def _scan_needed(row: Filing, scans: list[Scan]) -> bool:
    if row.form.scan == "none" or row.state != FilingState.SUBMITTED:
        return False
    return not any(
        one.state in COUNTS and one.revision is not None and one.revision.number == row.revision_number
        for one in scans
    )
