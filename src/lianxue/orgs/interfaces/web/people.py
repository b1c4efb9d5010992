"""People: the list of posts in one's charge, and the page of one person."""

from typing import Literal, cast

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lianxue.accounts.models import Person
from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import SIGNED_IN, Column, Listing, add_refusal, page, request_key
from lianxue.kernel.rules import get_visible
from lianxue.orgs.enums import Role, role_label
from lianxue.orgs.interfaces.web.access import ADMINISTRATORS
from lianxue.orgs.interfaces.web.first_password import first_password
from lianxue.orgs.interfaces.web.people_forms import PeopleFilter, RevealForm
from lianxue.orgs.models import ActingRequest, Post
from lianxue.orgs.operations import record_people_export, renew_password, reveal_personal_data
from lianxue.orgs.queries import (
    find_people,
    in_force,
    may_renew_password,
    not_over,
    people_in_charge,
    posts_in_charge,
)
from lianxue.orgs.rules import may_appoint

COLUMNS = (
    Column("person", gettext_lazy("Person"), lambda post: post.person.full_name, "person__full_name"),
    Column("account", gettext_lazy("Account name"), lambda post: post.person.username, "person__username"),
    Column(
        "organisation",
        gettext_lazy("Organisation"),
        lambda post: post.organisation.name,
        "organisation__code",
    ),
    Column("role", gettext_lazy("Role"), lambda post: str(role_label(post.role, post.tier)), "role"),
    Column("phone", gettext_lazy("Telephone"), lambda post: post.person.masked_phone),
    Column("starts_on", gettext_lazy("From"), lambda post: post.starts_on, "starts_on"),
    Column("ends_on", gettext_lazy("Until"), lambda post: post.ends_on, "ends_on"),
)


@page(ADMINISTRATORS)
def people(request: ActingRequest) -> HttpResponseBase:
    """Show the posts that the actor answers for, with the people who hold them."""
    form = PeopleFilter(request.GET)
    rows = _asked_for(posts_in_charge(request.actor), form).order_by("organisation__code", "role", "pk")
    listing = Listing(request, rows, COLUMNS)
    if listing.export_asked:
        record_people_export(
            actor=request.actor, at=clock.now(), count=rows.count(), query=request.GET.urlencode()
        )
        return listing.export(_("People"))
    shown = [(post, role_label(post.role, post.tier)) for post in listing.page]  # type: ignore[attr-defined]
    context = {"form": form, "listing": listing, "shown": shown, "is_filtered": bool(request.GET)}
    return render(request, "orgs/people.html", context)


def _asked_for(rows: QuerySet[Post], form: PeopleFilter) -> QuerySet[Post]:
    asked = form.cleaned_data if form.is_valid() else {}
    if asked.get("q"):
        rows = find_people(rows, asked["q"])
    if asked.get("role"):
        rows = rows.filter(role=asked["role"])
    if asked.get("organisation"):
        rows = rows.filter(organisation__name__icontains=asked["organisation"])
    today = clock.today()
    states = {
        "": in_force(today),
        "coming": not_over(today) & Q(starts_on__gt=today),
        "over": ~not_over(today),
        "all": Q(),
    }
    return rows.filter(states[asked.get("state", "")])


def _person(request: ActingRequest, pk: int) -> Person:
    """Return a person in the actor's charge, or the actor's own person."""
    if pk == request.actor.person_id:
        return Person.objects.get(pk=pk)
    return get_visible(Person.objects.all(), people_in_charge(clock.today()), request.actor, pk=pk)


@page(ADMINISTRATORS)
def person(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show one person: account, masked personal data, posts."""
    return _person_page(request, _person(request, pk))


def _person_page(
    request: ActingRequest, shown: Person, revealed: dict[str, str] | None = None, status: int = 200
) -> HttpResponseBase:
    actor, today = request.actor, clock.today()
    posts = [
        (
            post,
            role_label(post.role, post.tier),  # type: ignore[attr-defined]
            post.is_in_force(today),
            not _is_over(post)
            and actor.person_id != shown.pk
            and may_appoint(actor, post.organisation, Role(post.role)),
        )
        for post in posts_in_charge(actor).filter(person=shown).order_by("-starts_on", "-pk")
    ]
    context = {
        "person": shown,
        "posts": posts,
        "revealed": revealed or {},
        "phone_form": RevealForm(initial={"field": "phone"}, auto_id="phone_%s"),
        "citizen_id_form": RevealForm(initial={"field": "citizen_id"}, auto_id="citizen_id_%s"),
        "may_renew": may_renew_password(actor, shown, today),
        "is_self": actor.person_id == shown.pk,
    }
    return render(request, "orgs/person.html", context, status=status)


def _is_over(post: Post) -> bool:
    return post.ended_at is not None or (post.ends_on is not None and post.ends_on < clock.today())


@page(SIGNED_IN)
@require_POST
def reveal(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show a telephone or identity number in full, this once; who looked and why is written down."""
    shown = _person(request, pk)
    form = RevealForm(request.POST, needs_reason=request.actor.person_id != pk)
    value = ""
    if form.is_valid():
        field = cast("Literal['phone', 'citizen_id']", form.cleaned_data["field"])
        try:
            value = reveal_personal_data(
                actor=request.actor,
                at=clock.now(),
                person=shown,
                field=field,
                reason=form.cleaned_data["reason"],
            )
        except Refused as refusal:
            add_refusal(form, refusal)
    if "field" in form.errors:
        raise NotFound
    name = form.cleaned_data["field"]
    form.auto_id = f"{name}_%s"
    context = {"person": shown, "name": name, "form": form, "value": value}
    whole_page = request.headers.get("HX-Request") != "true"
    template = "orgs/reveal.html" if whole_page else "orgs/parts/reveal.html"
    return render(request, template, context, status=422 if form.errors and whole_page else 200)


@page(ADMINISTRATORS)
@require_POST
def renew(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Give somebody a new first password and show it, this once."""
    shown, key = _person(request, pk), request_key(request)
    password = first_password(key)
    try:
        renewed = renew_password(
            actor=request.actor, at=clock.now(), person=shown, password=password, request_key=key
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("orgs:person", pk=pk)
    return show_first_password(request, renewed, password)


def show_first_password(request: ActingRequest, shown: Person, password: str) -> HttpResponseBase:
    """Show a first password as long as it is the one that is set."""
    is_set = shown.must_change_password and shown.check_password(password)
    return render(
        request, "orgs/first_password.html", {"person": shown, "password": password if is_set else ""}
    )
