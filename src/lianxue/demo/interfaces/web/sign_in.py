"""Becoming one of the demonstration's people with one click."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from lianxue.accounts.public import Person
from lianxue.demo.people import demonstration_people
from lianxue.kernel.pages import PUBLIC, page


@page(PUBLIC)
@require_GET
def roles(request: HttpRequest) -> HttpResponseBase:
    """Show everybody whom a visitor can be, and what is worth trying as each."""
    return render(request, "demo/roles.html", {"people": demonstration_people()})


@page(PUBLIC)
@require_POST
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Sign in as one of the demonstration's people; no other account can be entered this way."""
    username = request.POST.get("username", "")
    if not settings.DEMO or username not in {person.username for person in demonstration_people()}:
        raise Http404
    person = Person.objects.filter(username=username, is_active=True).first()
    if person is None:
        raise Http404
    logout(request)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return HttpResponseRedirect(reverse("web:home"))
