"""The recommendation list of a city goes into its filing under the province's call (附件3, S1-82)."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.errors import NotAllowed, Unmet
from lianxue.kernel.operation import operation
from lianxue.orgs.models import Organisation
from lianxue.orgs.public import Actor
from lianxue.programmes.public import Call, CallState, Filing, begin_filing, open_value, save_answer, units_of
from lianxue.workforce.enums import Team
from lianxue.workforce.errors import NoCall
from lianxue.workforce.models import Appraisal, Declared

RECOMMENDATION = "service-team-recommendation"
STAGE = "recommendation"
GRIDS: dict[Team, str] = {
    Team.SYSTEM_ADMINS: "administrators",
    Team.TRAINERS: "trainers",
    Team.REVIEWERS: "reviewers",
}


@operation("workforce.file_recommendations", label=_("Fill in the recommendation form"))
def file_recommendations(*, actor: Actor, at: datetime, year: int, request_key: str | None = None) -> Filing:
    """Put everybody whom the city recommends on its form under the province's call of the year, and return the filing.

    What was typed there already for the same person stays. Raise ``NotAllowed``, ``NoCall`` or ``Unmet``.
    """
    if not actor.is_administrator or actor.organisation_id is None:
        raise NotAllowed
    city = Organisation.objects.select_for_update().get(pk=actor.organisation_id)
    rows = list(
        Appraisal.objects.filter(city=city, year=year, is_recommended=True).select_related("entry__area")
    )
    if not rows:
        raise Unmet(_("Nobody has been recommended yet."))
    call = open_call_of(rows[0].office_id, year)
    if call is None or not units_of(call).filter(pk=city.pk).exists():
        raise NoCall
    filing = begin_filing(actor=actor, at=at, call=call, stage=STAGE, unit=city)
    grids = filing.form.grids()
    for team, key in GRIDS.items():
        if key not in grids:
            continue
        columns = [one.key for one in grids[key].columns]
        people = [row for row in rows if row.team == team]
        wanted = [_row(row, columns, filing.answers.get(key) or []) for row in people]
        mark = int(filing.marks.get(key, 0))
        filing = save_answer(actor=actor, at=at, filing=filing, key=key, value=wanted, mark=mark)
    audit.record(
        actor=actor,
        at=at,
        verb="workforce.file_recommendations",
        subject=filing,
        after={"year": year, "people": len(rows)},
    )
    return filing


def open_call_of(office_id: int, year: int) -> Call | None:
    """Return the open call for recommendations of an office and year."""
    rows = Call.objects.filter(
        office_id=office_id, year=year, state=CallState.OPEN, revision__code=RECOMMENDATION
    )
    return rows.select_related("revision").order_by("-pk").first()


def _row(appraisal: Appraisal, columns: list[str], there: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the row of one person: what the roster has, the article's address, and what was typed here before."""
    entry = appraisal.entry
    before = next((one for one in there if one.get("_id") == f"a{appraisal.pk}"), {})
    known = {name: _plain(value) for name, value in entry.values.items()}
    known |= {"area": entry.area_id or "", "name": entry.name}
    known.setdefault("remark", appraisal.recommended_words)
    article = Declared.objects.filter(appraisal=appraisal, part="article.article").first()
    known.setdefault("case_url", article.link if article else "")
    row = {column: known.get(column) or before.get(column) or "" for column in columns}
    return {"_id": f"a{appraisal.pk}", **{name: _plain(value) for name, value in row.items()}}


def _plain(value: Any) -> Any:
    return open_value(value) if isinstance(value, str) else value
