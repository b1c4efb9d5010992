"""Puts the actor on every request: the signed-in person under the post that they chose."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from lianxue.accounts.models import Person
from lianxue.kernel.clock import today
from lianxue.kernel.pages import remote_address
from lianxue.orgs.models import Actor, Post
from lianxue.orgs.queries import POSTS_IN_FORCE, actor_for

CHOSEN_POST = "chosen_post"


class ActorMiddleware:
    """Set ``request.actor`` and ``request.posts`` (all posts in force, for the switcher)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        address = remote_address(request)
        posts: list[Post] = []
        if isinstance(request.user, Person):
            posts = POSTS_IN_FORCE.rows(person_id=request.user.pk, on=today())
            chosen = request.session.get(CHOSEN_POST)
            post = next((p for p in posts if p.pk == chosen), posts[0] if posts else None)
            actor = actor_for(request.user, post, address)
        else:
            actor = Actor.visitor(address)
        request.actor = actor  # type: ignore[attr-defined]  # ActingRequest declares it for the views
        request.posts = posts  # type: ignore[attr-defined]
        return self.get_response(request)
