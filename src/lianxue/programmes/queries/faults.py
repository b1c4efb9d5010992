"""What is missing or wrong in a filing, as its definition says."""

from collections.abc import Mapping
from typing import Any

from lianxue.programmes.models import Evidence, Filing
from lianxue.programmes.queries.opening import opened_answers
from lianxue.programmes.queries.units import areas_of
from lianxue.programmes.rules.answers import AnswerFault, faults_of
from lianxue.programmes.rules.one_answer import asks_for_areas


def faults_in(filing: Filing) -> list[AnswerFault]:
    """Return every fault of what stands in a filing now, in the order of the form."""
    return faults_of_answers(filing, filing.answers)


def faults_of_answers(filing: Filing, answers: Mapping[str, Any]) -> list[AnswerFault]:
    """Return every fault of ``answers`` as the content of a filing."""
    return faults_of(
        filing.form,
        opened_answers(filing.form, answers),
        areas=areas_of(filing.unit) if asks_for_areas(filing.form) else {},
        evidence=evidence_kept(filing),
    )


def evidence_kept(filing: Filing) -> dict[str, int]:
    """Return how many pieces of evidence the unit keeps for each item, by the item's title (S2-46)."""
    titles = {one.key: one.title for one in filing.call.definition.evidence}
    if not titles:
        return {}
    kept = dict.fromkeys(titles.values(), 0)
    rows = Evidence.objects.filter(call_id=filing.call_id, unit_id=filing.unit_id, removed_at__isnull=True)
    for item in rows.values_list("item", flat=True):
        if item in titles:
            kept[titles[item]] += 1
    return kept


def anchor(fault: AnswerFault) -> str:
    """Return where on the page a fault stands: the question, or grid, row and column."""
    return (
        ".".join(part for part in (fault.section, fault.row, fault.key) if part)
        if fault.row
        else (fault.key or fault.section)
    )
