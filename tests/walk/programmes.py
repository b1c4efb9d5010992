"""The addresses of programmes."""

from tests.walk.world import MEMBERS, Address, Kwargs, World


def definition(_world: World, _role: str, own: bool) -> Kwargs | None:
    """Return a programme that everybody with a post may read, or one that is not there."""
    return {"code": "service-team-roster" if own else "no-such-programme"}


ADDRESSES = {
    "programmes:definitions": Address(opens_to=MEMBERS),
    "programmes:definition": Address(opens_to=MEMBERS, example=definition),
}
