"""Shares in exact proportion to what was asked, by largest remainder.

First the whole packs of each exact share, then one more to the largest fractions until nothing is left. Who asks for
very little may get nothing. With one pack more in supply a point may get one less (the Alabama paradox): that is the
price of staying within one pack of the exact share, and the description says so.
"""

from collections.abc import Sequence
from operator import sub

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.distribution.operations.allocation.policies.apportionment import largest_remainders
from lianxue.distribution.operations.allocation.policies.policy import (
    Claim,
    Group,
    Numbers,
    Policy,
    Rest,
)
from lianxue.distribution.operations.allocation.policies.wording import in_words, unit_of
from lianxue.kernel.errors import Text


def asks_most(_group: Group, claim: Claim) -> float:
    """Put those who ask for most first."""
    return -claim.agreed


def _share_rest(group: Group, first: Sequence[int], seats: int) -> Rest:
    still_open = list(map(sub, group.limits, first))
    found = largest_remainders(still_open, seats)
    return Rest(found.given, {"open_total": sum(still_open), "left": found.left}, found.places)


def _explain_rest(n: Numbers) -> list[Text]:
    still_open, rest, total = n["limit"] - n["first"], n["rest"], n["open_total"]
    whole = rest * still_open // total
    words = {
        **n,
        "open": still_open,
        "whole": whole,
        "exact": in_words(rest * still_open, total),
        "unit": unit_of(n),
    }
    sentences: list[Text] = [
        _("The exact share of this point is %(rest)d × %(open)d ÷ %(open_total)d = %(exact)s.") % words,
        _("It gets the %(whole)d whole %(unit)s of that.") % words,
    ]
    if n["left"]:
        sentences.append(
            _(
                "%(left)d %(unit)s remain after the whole ones and go to the largest fractions, one each; equal ones by code."
            )
            % words
        )
        sentences.append(
            _("Its fraction is number %(place)d in size, so it gets one more.") % words
            if n["place"] <= n["left"]
            else _("Its fraction is number %(place)d in size, so it gets none of these.") % words
        )
    return sentences


PROPORTIONAL = Policy(
    key="proportional",
    title=gettext_lazy("In proportion"),
    description=gettext_lazy(
        "Everybody gets the share of the copies that they have of the demand, as exactly as whole copies allow. "
        "Who asks for little may get nothing, and when copies are added a point may even get one less."
    ),
    is_monotone=False,
    priority=asks_most,
    priority_text=gettext_lazy("Those who ask for most come first; equal ones by their code."),
    share_rest=_share_rest,
    explain_rest=_explain_rest,
)
