"""What follows for online titles when a round is decided (S0-05)."""

from lianxue.distribution.events import RoundAllocated
from lianxue.distribution.models import Round
from lianxue.distribution.operations.online.access import grant_round_access
from lianxue.kernel.events import subscribe
from lianxue.orgs.public import Actor


def connect_online() -> None:
    """Listen."""
    subscribe(RoundAllocated, _open_online_titles)


def _open_online_titles(event: RoundAllocated) -> None:
    round_ = Round.objects.get(pk=event.round_id)
    if round_.allocated_at is not None:
        grant_round_access(actor=Actor.platform(), at=round_.allocated_at, round=round_)
