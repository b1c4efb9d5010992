"""The city's findings, the appraisal confirmed or opened again, and the recommendation within the ratio."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotFound
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.models import Organisation
from lianxue.orgs.public import Actor
from lianxue.workforce.enums import AppraisalState, PartVerdict
from lianxue.workforce.errors import OverQuota, StillOpen
from lianxue.workforce.events import AppraisalConfirmed
from lianxue.workforce.flows.appraisal import APPRAISAL_FLOW
from lianxue.workforce.models import Appraisal, Finding
from lianxue.workforce.operations.checks import require_reason
from lianxue.workforce.queries.appraisal import line_of, sheet_of
from lianxue.workforce.queries.quota import quota_of

CONFIRMED = ("state", "indicators", "indicators_met", "indicators_in_all", "confirmed_at", "confirmed_by")


def _locked(appraisal: Appraisal) -> Appraisal:
    rows = Appraisal.objects.select_for_update(of=("self",))
    return rows.select_related("entry__area", "entry__filing", "city", "office", "indicators").get(
        pk=appraisal.pk
    )


@operation("workforce.find_part", label=_("Note a finding"))
def find_part(
    *,
    actor: Actor,
    at: datetime,
    appraisal: Appraisal,
    part: str,
    verdict: PartVerdict,
    reason: str = "",
    request_key: str | None = None,
) -> Finding:
    """Confirm what the platform worked out of one part, decide what it cannot, or correct it with a reason.

    Raise ``WrongState``, ``NotAllowed``, ``NotFound``, ``ReasonMissing`` or ``Invalid``.
    """
    row = _locked(appraisal)
    APPRAISAL_FLOW.require("find_part", actor=actor, subject=row, at=at)
    line = line_of(row, part)
    if line is None:
        raise NotFound
    if verdict == PartVerdict.OPEN:
        raise Invalid(fields={"verdict": _("Please choose.")})
    departs = line.judged.verdict not in {PartVerdict.OPEN, verdict}
    made, _is_new = Finding.objects.update_or_create(
        appraisal=row,
        part=part,
        defaults={
            "worked_out": line.judged.verdict,
            "arithmetic": line.judged.arithmetic[:300],
            "verdict": verdict,
            "reason": require_reason(reason) if departs or reason.strip() else "",
            "found_at": at,
            "found_by_id": actor.person_id,
        },
    )
    audit.record(
        actor=actor,
        at=at,
        verb="workforce.find_part",
        subject=row,
        before=audit.snapshot(line.finding, "verdict", "reason") if line.finding else None,
        after={"part": part, **audit.snapshot(made, "worked_out", "verdict")},
        note=made.reason,
    )
    return made


@operation("workforce.confirm_appraisal", label=_("Confirm an appraisal"))
def confirm_appraisal(
    *, actor: Actor, at: datetime, appraisal: Appraisal, request_key: str | None = None
) -> Appraisal:
    """Confirm an appraisal: what the platform worked out stands where the city noted nothing else.

    Raise ``WrongState``, ``NotAllowed`` or ``StillOpen`` while a part is open.
    """
    row = _locked(appraisal)
    APPRAISAL_FLOW.require("confirm_appraisal", actor=actor, subject=row, at=at)
    sheet = sheet_of(row)
    if any(line.verdict == PartVerdict.OPEN for line in sheet.lines()):
        raise StillOpen
    before = audit.snapshot(row, *CONFIRMED)
    Finding.objects.bulk_create(
        Finding(
            appraisal=row,
            part=line.key,
            worked_out=line.judged.verdict,
            arithmetic=line.judged.arithmetic[:300],
            verdict=line.verdict,
            found_at=at,
            found_by_id=actor.person_id,
        )
        for line in sheet.lines()
        if line.finding is None
    )
    row.state, row.indicators = AppraisalState.CONFIRMED, sheet.published
    row.indicators_met = sum(1 for one in sheet.indicators if one.verdict == PartVerdict.MET)
    row.indicators_in_all = len(sheet.indicators)
    row.confirmed_at, row.confirmed_by_id = at, actor.person_id
    row.save(update_fields=[*CONFIRMED])
    audit.record(
        actor=actor,
        at=at,
        verb="workforce.confirm_appraisal",
        subject=row,
        before=before,
        after=audit.snapshot(row, *CONFIRMED),
    )
    publish(AppraisalConfirmed(at, row.pk))
    return row


@operation("workforce.reopen_appraisal", label=_("Open an appraisal again"))
def reopen_appraisal(
    *, actor: Actor, at: datetime, appraisal: Appraisal, reason: str, request_key: str | None = None
) -> Appraisal:
    """Open a confirmed appraisal again, with a reason; the city's corrections stay, the rest is worked out anew.

    Raise ``WrongState``, ``NotAllowed``, ``Unmet`` (recommended) or ``ReasonMissing``.
    """
    row = _locked(appraisal)
    APPRAISAL_FLOW.require("reopen_appraisal", actor=actor, subject=row, at=at)
    before = audit.snapshot(row, *CONFIRMED)
    note = require_reason(reason)
    row.findings.exclude(worked_out=PartVerdict.OPEN).filter(reason="").delete()
    row.state, row.indicators = AppraisalState.OPEN, None
    row.indicators_met = row.indicators_in_all = None
    row.confirmed_at = row.confirmed_by = None
    row.save(update_fields=[*CONFIRMED])
    audit.record(
        actor=actor,
        at=at,
        verb="workforce.reopen_appraisal",
        subject=row,
        before=before,
        after=audit.snapshot(row, *CONFIRMED),
        note=note,
    )
    return row


@operation("workforce.recommend", label=_("Recommend somebody"))
def recommend(
    *, actor: Actor, at: datetime, appraisal: Appraisal, words: str = "", request_key: str | None = None
) -> Appraisal:
    """Recommend an appraised person within the ratio of the year (S1-49, S1-52); who did not meet all needs a reason.

    Raise ``WrongState``, ``NotAllowed``, ``Unmet``, ``ReasonMissing`` or ``OverQuota``.
    """
    Organisation.objects.select_for_update().get(
        pk=appraisal.city_id
    )  # two at once count one after the other
    row = _locked(appraisal)
    APPRAISAL_FLOW.require("recommend", actor=actor, subject=row, at=at)
    said = words.strip() if row.did_meet_all and not words.strip() else require_reason(words, field="words")
    quota = quota_of(row.city_id, row.office_id, row.year, row.team)
    if quota is None or quota.taken >= quota.places:
        raise OverQuota(quota.full_words if quota else None)
    row.is_recommended, row.recommended_words = True, said
    row.save(update_fields=["is_recommended", "recommended_words"])
    audit.record(
        actor=actor,
        at=at,
        verb="workforce.recommend",
        subject=row,
        before={"is_recommended": False},
        after=audit.snapshot(row, "is_recommended", "recommended_words"),
    )
    return row


@operation("workforce.take_recommendation_back", label=_("Take a recommendation back"))
def take_recommendation_back(
    *, actor: Actor, at: datetime, appraisal: Appraisal, request_key: str | None = None
) -> Appraisal:
    """Take a recommendation back. What was filed already is changed there. Raise ``WrongState``, ``NotAllowed``, ``Unmet``."""
    row = _locked(appraisal)
    APPRAISAL_FLOW.require("take_recommendation_back", actor=actor, subject=row, at=at)
    row.is_recommended, row.recommended_words = False, ""
    row.save(update_fields=["is_recommended", "recommended_words"])
    audit.record(
        actor=actor,
        at=at,
        verb="workforce.take_recommendation_back",
        subject=row,
        before={"is_recommended": True},
        after={"is_recommended": False},
    )
    return row
