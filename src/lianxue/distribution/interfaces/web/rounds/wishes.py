"""The public page of a point: anybody says what they would like, without an account (S0-41)."""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.distribution.enums import Audience
from lianxue.distribution.interfaces.web.rounds.covers import cover_url
from lianxue.distribution.interfaces.web.rounds.forms import (
    PHYSICAL_KINDS,
    WishForm,
    copies_of,
    whole_number,
)
from lianxue.distribution.interfaces.web.rounds.menu import Tab, door_tabs
from lianxue.distribution.interfaces.web.rounds.throttle import is_over_limit
from lianxue.distribution.models import PointDoor, Round, RoundTitle
from lianxue.distribution.operations.demand.leave_need import MOST_COPIES, Wish, leave_need
from lianxue.distribution.queries.needs import door_behind, round_for_door, titles_matching
from lianxue.distribution.queries.titles import titles_of
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused, Text
from lianxue.kernel.pages import PUBLIC, add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest

# A whole class may sit behind one address; a machine sends more.
MOST_FROM_ADDRESS, ADDRESS_SECONDS = 60, 600
MOST_AT_DOOR, DOOR_SECONDS = 300, 3600
TRAP = "website"  # nobody sees this field; who fills it in is no person
LINE_LENGTH = 42
TOO_MANY = gettext_lazy("Very many wishes have come in here just now. Please try again a little later.")
NOT_A_NUMBER = gettext_lazy("Please give a number from 1 to 200.")


@page(PUBLIC)
def wish(request: ActingRequest, token: str) -> HttpResponseBase:
    """Show what is on offer; choose how many of what. Searching keeps what was chosen."""
    door = door_behind(token)
    current = round_for_door(door, clock.today())
    if current is None:
        return _unlisted(
            render(
                request, "distribution/needs/closed.html", {"door": door, "tabs": door_tabs(token, "wish")}
            )
        )
    text, kind = request.GET.get("q", "")[:100], request.GET.get("kind", "")
    titles = list(titles_matching(titles_of(current.pk), text, kind if kind in dict(PHYSICAL_KINDS) else ""))
    chosen = copies_of(request.GET, "quantity")
    shown = {title.pk for title in titles}
    context = {
        "door": door,
        "tabs": door_tabs(token, "wish"),
        "round": current,
        "text": text,
        "kind": kind,
        "kinds": _kinds(request, kind),
        "offers": [_offer(title, chosen.get(title.pk, "")) for title in titles],
        "kept": [(pk, typed) for pk, typed in chosen.items() if pk not in shown and whole_number(typed)],
        "most": MOST_COPIES,
    }
    return _unlisted(render(request, "distribution/needs/wish.html", context))


@page(PUBLIC)
def leave(request: ActingRequest, token: str) -> HttpResponseBase:
    """Look over what was chosen, say who is asking, and leave it."""
    door = door_behind(token)
    current = round_for_door(door, clock.today())
    if current is None:
        return redirect("distribution:wish", token)
    form = WishForm(request.POST or None)
    faults: dict[str, Text] = {}
    if request.method == "POST" and form.is_valid():
        if request.POST.get(TRAP):
            return redirect("distribution:wish-thanks", token)
        faults = _leave(request, door, current, form)
        if not faults and not form.errors:
            return redirect("distribution:wish-thanks", token)
    data = request.POST if request.method == "POST" else request.GET
    context = {
        "door": door,
        "round": current,
        "form": form,
        "offers": _chosen_offers(current, data, faults),
        "most": MOST_COPIES,
        "trap": TRAP,
        "fault": faults.get("wishes", ""),
        "request_key": request_key(request),
    }
    is_faulty = bool(form.errors or faults)
    return _unlisted(
        render(request, "distribution/needs/leave.html", context, status=422 if is_faulty else 200)
    )


@page(PUBLIC)
def thanks(request: ActingRequest, token: str) -> HttpResponseBase:
    """Say thank you."""
    door = door_behind(token)
    return _unlisted(render(request, "distribution/needs/thanks.html", {"door": door}))


def _leave(request: ActingRequest, door: PointDoor, current: Round, form: WishForm) -> dict[str, Text]:
    """Leave the wishes; return what is wrong with the numbers, the rest stands on the form."""
    address = request.actor.remote_address or ""
    if is_over_limit(
        "wish-address", address, most=MOST_FROM_ADDRESS, seconds=ADDRESS_SECONDS
    ) or is_over_limit("wish-door", door.token, most=MOST_AT_DOOR, seconds=DOOR_SECONDS):
        form.add_error(None, str(TOO_MANY))
        return {}
    wishes, faults = _wishes(request.POST)
    if faults:
        return faults
    try:
        leave_need(
            actor=request.actor,
            at=clock.now(),
            door=door,
            round=current,
            wishes=wishes,
            audience=Audience(form.cleaned_data["audience"]),
            something_else=form.cleaned_data["something_else"],
            person_name=form.cleaned_data["person_name"],
            note=form.cleaned_data["note"],
            request_key=request_key(request),
        )
    except Refused as refusal:
        numbers = {name: text for name, text in refusal.fields.items() if name not in form.fields}
        if not numbers:
            add_refusal(form, refusal)
        return numbers
    return {}


def _wishes(data: QueryDict) -> tuple[list[Wish], dict[str, Text]]:
    wishes, faults = [], dict[str, Text]()
    for title_id, typed in copies_of(data, "quantity").items():
        number = whole_number(typed)
        if number is None:
            faults[f"quantity_{title_id}"] = NOT_A_NUMBER
        elif number:
            wishes.append(Wish(title_id, number))
    return wishes, faults


def _chosen_offers(current: Round, data: QueryDict, faults: dict[str, Text]) -> list[dict[str, Any]]:
    """Return the titles chosen, with what was typed."""
    typed = {pk: text for pk, text in copies_of(data, "quantity").items() if text not in ("", "0")}
    titles = titles_of(current.pk).filter(pk__in=typed)
    return [_offer(title, typed[title.pk], faults.get(f"quantity_{title.pk}", "")) for title in titles]


def _offer(title: RoundTitle, typed: str, fault: Text = "") -> dict[str, Any]:
    entry = title.entry
    line = " ".join(entry.description.split())
    return {
        "pk": title.pk,
        "name": f"quantity_{title.pk}",
        "title": entry.title,
        "kicker": " · ".join(part for part in (entry.get_kind_display(), entry.creator) if part),
        "text": line if len(line) <= LINE_LENGTH else f"{line[:LINE_LENGTH]}…",
        "cover": cover_url(entry),
        "typed": typed,
        "fault": fault,
    }


def _kinds(request: HttpRequest, kind: str) -> list[Tab]:
    """Return the kinds as tabs that keep what was typed."""

    def url(value: str) -> str:
        data = request.GET.copy()
        data["kind"] = value
        return "?" + data.urlencode()

    return [
        Tab(_("all"), url(""), kind not in dict(PHYSICAL_KINDS)),
        *[Tab(label, url(value), kind == value) for value, label in PHYSICAL_KINDS],
    ]


def _unlisted(response: HttpResponseBase) -> HttpResponseBase:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
