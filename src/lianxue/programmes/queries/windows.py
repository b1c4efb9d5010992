"""When a stage of a call takes filings."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from lianxue.kernel.kept import kept
from lianxue.programmes.models import Call, LateConsent, Window


@dataclass(frozen=True)
class StageDays:
    """The days of one stage for one unit; ``consent_until`` is set where the office lets it file late."""

    opens_on: date | None
    closes_on: date | None
    is_early_allowed: bool = False
    consent_until: date | None = None

    def takes(self, on: date) -> bool:
        """Tell whether something may be handed in on a day; windows may overlap and stay open-ended."""
        if self.consent_until is not None and on <= self.consent_until:
            return True
        has_begun = self.is_early_allowed or self.opens_on is None or self.opens_on <= on
        return has_begun and (self.closes_on is None or on <= self.closes_on)

    @property
    def last_day(self) -> date | None:
        """Return the last day, late consent included."""
        days = [day for day in (self.closes_on, self.consent_until) if day is not None]
        return max(days) if days else None


@kept
def _windows(call_id: int) -> QuerySet[Window]:
    return Window.objects.filter(call_id=call_id)


@kept
def _consents(call_id: int, unit_id: int) -> QuerySet[LateConsent]:
    return LateConsent.objects.filter(call_id=call_id, unit_id=unit_id)


def days_of_stages(call: Call, unit_id: int | None = None) -> dict[str, StageDays]:
    """Return the days of every stage of a call, with the late consents of one unit."""
    windows = {window.stage: window for window in _windows.rows(call_id=call.pk)}
    consents: dict[str, date] = {}
    if unit_id is not None:
        for row in _consents.rows(call_id=call.pk, unit_id=unit_id):
            consents[row.stage] = max(row.until_on, consents.get(row.stage, row.until_on))
    days = {}
    for stage in call.definition.stages:
        window = windows.get(stage.key)
        days[stage.key] = StageDays(
            window.opens_on if window else None,
            window.closes_on if window else None,
            stage.early,
            consents.get(stage.key),
        )
    return days


def is_stage_open(call: Call, stage: str, unit_id: int, on: date) -> bool:
    """Tell whether ``unit`` may hand something in in this stage on a day."""
    return days_of_stages(call, unit_id)[stage].takes(on)
