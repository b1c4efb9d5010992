"""The texts of a definition as a call says them: with its own years and days."""

from lianxue.programmes.models import Call, Filing
from lianxue.programmes.models.definition import Form, Words, worded, words_for
from lianxue.programmes.queries.windows import StageDays, days_of_stages


def words_of(call: Call, stage: str) -> Words:
    """Return the words of a stage of a call."""
    return words_in(call, days_of_stages(call)[stage])


def words_in(call: Call, days: StageDays) -> Words:
    """Return the same from the days of the stage, where they are known already."""
    return words_for(call.definition, call.year, days.opens_on, days.closes_on)


def worded_form(filing: Filing) -> Form:
    """Return the form of a filing with the words of its call."""
    return worded(filing.form, words_of(filing.call, filing.stage))
