"""A college passes on less of one title in one step: every point's number goes down in proportion."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.models import DemandBatch, RoundTitle
from lianxue.distribution.operations.demand.adjust_lines import LineChange, adjust_lines
from lianxue.distribution.operations.rounds.round_locks import held_batch, held_round
from lianxue.distribution.queries.aggregation import counted_lines
from lianxue.kernel.errors import Invalid
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@operation("distribution.cut_lines", label=_("Pass on less of a title"))
def cut_lines(
    *,
    actor: Actor,
    at: datetime,
    batch: DemandBatch,
    title: RoundTitle,
    total: int,
    reason: str,
    request_key: str | None = None,
) -> DemandBatch:
    """Lower what is passed on of ``title`` to ``total`` copies together; the points see their new number and why.

    Each point that has some keeps one while there are enough, the rest goes in proportion, largest remainder first,
    ties by the code of the point. Raise ``Invalid`` (field ``total``) unless this is less than now, or what
    ``adjust_lines`` raises.
    """
    held = held_batch(batch.pk, held_round(batch.round_id))
    lines = counted_lines(held).filter(title=title, agreed__gt=0).order_by("request__point__code")
    agreed = dict(lines.values_list("pk", "agreed"))
    if not 0 <= total < sum(agreed.values()):
        raise Invalid(fields={"total": _("Please give fewer copies than are passed on now.")})
    shares = in_proportion(list(agreed.values()), total)
    changes = [
        LineChange(pk, share, reason, seen=before)
        for (pk, before), share in zip(agreed.items(), shares, strict=True)
    ]
    return adjust_lines(actor=actor, at=at, batch=batch, changes=changes)


def in_proportion(numbers: Sequence[int], total: int) -> list[int]:
    """Return how ``total`` is shared among positive ``numbers`` that come to more; earlier ones win ties."""
    if total < len(numbers):  # one each for the largest
        order = sorted(range(len(numbers)), key=lambda place: (-numbers[place], place))
        chosen = set(order[:total])
        return [int(place in chosen) for place in range(len(numbers))]
    spare, above = total - len(numbers), sum(numbers) - len(numbers)
    exact = [(number - 1) * spare for number in numbers]
    shares = [1 + part // above for part in exact]
    remainders = sorted(range(len(numbers)), key=lambda place: (-(exact[place] % above), place))
    for place in remainders[: total - sum(shares)]:
        shares[place] += 1
    return shares
