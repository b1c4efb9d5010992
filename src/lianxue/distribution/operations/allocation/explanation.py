"""Why one demand line gets what it gets, from the numbers that were kept when the copies were shared out."""

from collections.abc import Sequence
from dataclasses import dataclass

from lianxue.distribution.models import AllocationOverride, AllocationTitle
from lianxue.distribution.operations.allocation.policies import ALLOCATION_POLICIES, Policy, explain_share
from lianxue.kernel.errors import NotFound, Text
from lianxue.orgs.models import Organisation


@dataclass(frozen=True)
class Explanation:
    """The way to one number: what the policy gave and why, then what was set by hand."""

    policy: Policy | None
    sentences: list[Text]
    by_policy: int
    quantity: int
    overrides: Sequence[AllocationOverride]


def explain_line(allocation_id: int, title_id: int, line_id: int) -> Explanation:
    """Return why a demand line gets what it gets in an allocation. Raise ``NotFound``."""
    sheet = (
        AllocationTitle.objects.select_related("allocation")
        .filter(allocation_id=allocation_id, title_id=title_id)
        .first()
    )
    if sheet is None or line_id not in sheet.demand_lines:
        raise NotFound
    place = sheet.demand_lines.index(line_id)
    overrides = list(
        AllocationOverride.objects.filter(allocation_id=allocation_id, demand_line_id=line_id).select_related(
            "by"
        )
    )
    quantity = sheet.quantities[place]
    by_policy = overrides[0].before if overrides else quantity
    policy = dict(ALLOCATION_POLICIES.items()).get(sheet.allocation.policy)
    sentences: list[Text] = []
    if policy is not None and sheet.groups:
        group = sheet.groups[sheet.group_of[place]]
        sentences = explain_share(policy, group, _numbers(sheet, place, by_policy), _college_names(group))
    return Explanation(policy, sentences, by_policy, quantity, overrides)


def _numbers(sheet: AllocationTitle, place: int, quantity: int) -> dict[str, int]:
    numbers = {"agreed": sheet.passed_on[place], "place": sheet.places[place], "quantity": quantity}
    for name, values in (("needs", sheet.needs), ("had", sheet.had), ("learners", sheet.learners)):
        if values:
            numbers[name] = values[place]
    return numbers


def _college_names(group: dict[str, int]) -> dict[int, str]:
    if "college" not in group:
        return {}
    return dict(Organisation.objects.filter(pk=group["college"]).values_list("pk", "name"))
