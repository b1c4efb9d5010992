"""The addresses of notices."""

from lianxue.notices.enums import Channel, DeliveryState, Failure
from lianxue.notices.models import Delivery, Message, Notice
from tests.factories.orgs import AT
from tests.walk.world import (
    ADMINISTRATORS,
    EVERYBODY,
    OFFICE,
    OPERATOR,
    POINT,
    SIGNED_IN,
    VISITOR,
    Address,
    Kwargs,
    World,
)

MINDERS = frozenset({OFFICE, OPERATOR})


def notice(world: World, role: str, own: bool) -> Kwargs | None:
    """Return a notice of the role itself, or of somebody else."""
    told = role if own and role != VISITOR else (OFFICE if role != OFFICE else POINT)

    def make() -> Notice:
        message = Message.objects.create(
            kind="trial", title={"zh-hans": "消息"}, body={}, url="/profile/", at=AT
        )
        return Notice.objects.create(message=message, person_id=world.actor(told).person_id)

    return {"pk": world.once(f"notice of {told}", make).pk}


def failed(world: World, _role: str, own: bool) -> Kwargs | None:
    def make() -> Delivery:
        return Delivery.objects.create(
            person_id=world.actor(POINT).person_id,
            channel=Channel.EMAIL,
            state=DeliveryState.FAILED,
            reason=Failure.REFUSED,
            due_at=AT,
        )

    return {"pk": world.once("failed delivery", make).pk} if own else None


def link(_world: World, _role: str, own: bool) -> Kwargs | None:
    return {"token": "no-token"} if own else None


ADDRESSES = {
    "notices:inbox": Address(opens_to=SIGNED_IN),
    "notices:open": Address(opens_to=SIGNED_IN, example=notice, answer=302),
    "notices:read": Address(opens_to=SIGNED_IN, answer=405),
    "notices:preferences": Address(opens_to=SIGNED_IN),
    "notices:ask": Address(opens_to=SIGNED_IN, answer=405),
    "notices:confirm": Address(opens_to=EVERYBODY, example=link),
    "notices:robot": Address(opens_to=ADMINISTRATORS),
    "notices:robot-try": Address(opens_to=ADMINISTRATORS, answer=405),
    "notices:robot-remove": Address(opens_to=ADMINISTRATORS, answer=405),
    "notices:undelivered": Address(opens_to=MINDERS),
    "notices:again": Address(opens_to=MINDERS, example=failed, answer=405),
}
