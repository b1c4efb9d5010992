"""What waits for whom around parcels: those that go through us, claims, transfers."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.queries.claims import to_accept, to_answer
from lianxue.distribution.queries.shipments import coming_through, waiting_here
from lianxue.distribution.queries.standing import supervises
from lianxue.distribution.queries.transfers import to_agree, to_receive, to_send
from lianxue.kernel.errors import Text
from lianxue.kernel.kept import kept
from lianxue.kernel.pages import Waiting
from lianxue.orgs.public import Actor, Role

_TO_ACCEPT, _TO_SEND, _TO_RECEIVE = kept(to_accept), kept(to_send), kept(to_receive)


def waiting_shipping(actor: Actor, _at: datetime) -> list[Waiting]:
    """Return what the actor has to do with parcels on their way through, claims and transfers."""
    return list(_waiting(actor))


def _waiting(actor: Actor) -> Iterator[Waiting]:
    if actor.role == Role.SUPPLIER_CLERK:
        yield from _some(to_answer(actor), _("Claims to answer"), "claims", "?state=open")
        yield from _some(to_receive(actor), _("Copies come back to you"), "transfers", "?state=sent")
        return
    if actor.role not in (Role.TIER_ADMIN, Role.DESK_CLERK) or actor.tier is None:
        return
    accept, send, receive = (one.count(actor=actor) for one in (_TO_ACCEPT, _TO_SEND, _TO_RECEIVE))
    yield from _line(accept, _("Suppliers have answered your claims"), "claims", "?state=answered")
    yield from _line(send, _("Copies to send to others"), "transfers", "?state=agreed")
    yield from _line(receive, _("Copies from others to check"), "transfers", "?state=sent")
    if supervises(actor):
        yield from _some(to_answer(actor), _("Claims to answer"), "claims", "?state=open")
        yield from _some(coming_through(actor), _("Parcels on the way to us"), "through", "?show=coming")
        yield from _some(waiting_here(actor), _("Parcels to send on to points"), "through", "?show=here")
        yield from _some(
            to_agree(actor), _("Transfers wait for your consent"), "transfers", "?state=requested"
        )


def _some(rows: QuerySet, title: Text, name: str, query: str) -> Iterator[Waiting]:  # type: ignore[type-arg]  # of any kind
    yield from _line(rows.count(), title, name, query)


def _line(count: int, title: Text, name: str, query: str) -> Iterator[Waiting]:
    if count:
        yield Waiting(title, reverse(f"distribution:{name}") + query, count)
