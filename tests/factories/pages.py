"""Opening pages as somebody."""

from django.test import Client

from lianxue.accounts.models import Person
from lianxue.orgs.public import Actor


def as_actor(actor: Actor) -> Client:
    """Return a browser in which ``actor`` is signed in under their post."""
    client = Client()
    client.force_login(Person.objects.get(pk=actor.person_id))
    session = client.session
    session["chosen_post"] = actor.post_id
    session.save()
    return client
