"""The texts of a definition as a call says them: with its own years and days."""

from collections.abc import Mapping
from datetime import date

from lianxue.programmes.models import Call, Filing
from lianxue.programmes.models.definition import Form, Words, worded, words_between
from lianxue.programmes.queries.windows import StageDays, days_of_stages


def words_of(call: Call, stage: str) -> Words:
    """Return the words of a stage of a call."""
    return words_in(call, stage, days_of_stages(call))


def words_in(call: Call, stage: str, days: Mapping[str, StageDays]) -> Words:
    """Return the same from ``days`` that are known already."""
    all_days: list[date | None] = [day for one in days.values() for day in (one.opens_on, one.closes_on)]
    return words_between(call.year, all_days, days[stage].opens_on, days[stage].closes_on)


def worded_form(filing: Filing) -> Form:
    """Return the form of a filing with the words of its call."""
    return worded(filing.form, words_of(filing.call, filing.stage))
