"""The database that is measured: Shanghai's network with a played round, stock at desks, demand, a large catalogue.

Everything but the large catalogue comes about through the operations that the pages call; the seed is fixed.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection

from benchmarks.titles import fill_catalogue
from lianxue.accounts.public import Person, create_person
from lianxue.demo.build.catalogue import build_categories, build_entries
from lianxue.demo.build.network import build_network
from lianxue.demo.play import demand, fulfilment, rounds, use
from lianxue.demo.play.player import Player, no_step
from lianxue.demo.play.statistics import refresh_statistics
from lianxue.demo.titles import read_titles
from lianxue.distribution.public import Round, RoundDays
from lianxue.kernel import clock
from lianxue.orgs.public import Actor, Organisation
from lianxue.resources.public import CatalogueEntry

SEED = 1
TITLES = 30
ORDERED = 10  # titles in the rounds of order, dispatch and receipt
PASSWORD = "a-Password-of-the-benchmark-7"
Session = Any


@dataclass
class Sown:
    """What the measures need to know of the database."""

    player: Player
    played: Round
    open_round: Round
    entries: Sequence[tuple[CatalogueEntry, Organisation]]

    def session(self, organisation: Organisation) -> str:
        """Sign in whoever acts for an organisation, without a request; return the session's key."""
        return signed_in(self.player.cast.actor(organisation))


def sow(catalogue: int) -> Sown:
    """Fill the empty database at hand."""
    now = clock.now()
    at = now - timedelta(days=60)
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    cast = build_network(at=at - timedelta(days=60), seed=SEED, step=no_step)
    categories = build_categories(cast, at=at)
    made = build_entries(cast, categories, at=at, step=no_step, covers=False)
    player = Player(cast, SEED)
    entries = [
        (made[one.code], cast.organisations[one.supplier]) for one in read_titles() if one.kind != "online"
    ]
    played = _play(player, entries[:TITLES], at)
    fill_catalogue(catalogue, provider=cast.suppliers[0], at=now, chance=random.Random(SEED))
    refresh_statistics()
    open_round = rounds.prepare_round(
        player, name="正在征集的一轮", at=now - timedelta(days=3), entries=entries[:TITLES], days=NO_DAYS
    )
    demand.state_demand(player, open_round, at=now - timedelta(days=2))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return Sown(player, played, open_round, entries)


NO_DAYS = RoundDays(None, None, None, None)


def _play(player: Player, entries: Sequence[tuple[CatalogueEntry, Organisation]], at: datetime) -> Round:
    """Play a round to its end, so that every point has stock, loans and a history."""
    played = rounds.prepare_round(player, name="已配送的一轮", at=at, entries=entries, days=NO_DAYS)
    demand.state_demand(player, played, at=at + timedelta(days=1))
    demand.aggregate(player, played, at=at + timedelta(days=8))
    rounds.share_out(player, played, at=at + timedelta(days=10))
    fulfilment.set_up_corners(player, at=at + timedelta(days=11))
    refresh_statistics()
    fulfilment.dispatch_round(player, played, at=at + timedelta(days=12))
    fulfilment.receive_round(player, played, at=at + timedelta(days=14), photo_share=0)
    refresh_statistics()
    use.use_copies(player, played, at=at + timedelta(days=20), days=30)
    return played


def signed_in(actor: Actor) -> str:
    """Return the key of a new session of the actor's person."""
    person = Person.objects.get(pk=actor.person_id)
    session: Session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def people_with_passwords(count: int) -> list[str]:
    """Register people who can sign in with ``PASSWORD``; return their account names."""
    platform, at = Actor.platform(), clock.now()
    names = [f"reader{number}" for number in range(count)]
    for name in names:
        create_person(actor=platform, at=at, username=name, full_name="林小满", password=PASSWORD)
    return names
