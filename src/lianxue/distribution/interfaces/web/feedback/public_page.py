"""The public page of a point: what is there, and what readers think of it, without an account (S0-47)."""

from django.db.models import Q
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from lianxue.distribution.enums import Audience
from lianxue.distribution.errors import TooMuchFeedback
from lianxue.distribution.interfaces.web.feedback.forms import FeedbackForm
from lianxue.distribution.interfaces.web.fulfilment.forms import sent
from lianxue.distribution.interfaces.web.rounds.covers import cover_url
from lianxue.distribution.interfaces.web.rounds.menu import door_tabs
from lianxue.distribution.interfaces.web.rounds.throttle import is_over_limit
from lianxue.distribution.operations.feedback.leave_feedback import leave_feedback
from lianxue.distribution.queries.feedback import (
    Rating,
    ratings,
    shown_words,
    title_to_judge,
    titles_to_judge,
)
from lianxue.distribution.queries.needs import door_behind
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import PUBLIC, Column, Listing, add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest

# A whole class may sit behind one address; a machine sends more.
MOST_FROM_ADDRESS, ADDRESS_SECONDS = 60, 600
TRAP = "website"  # nobody sees this field; who fills it in is no person
MOST_SHOWN = 20
TITLE = Column("title", "", lambda row: row.title)


@page(PUBLIC)
def titles(request: ActingRequest, token: str) -> HttpResponseBase:
    """Show the titles that readers can know here, each with its stars and a way to say what one thinks."""
    door = door_behind(token)
    rows = titles_to_judge(door.point_id)
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    if text:
        rows = rows.filter(Q(title__icontains=text) | Q(creator__icontains=text))
    listing = Listing(request, rows, (TITLE,), per_page=30)
    shown = list(listing.page)
    found = ratings([entry.pk for entry in shown], point_id=door.point_id)
    context = {
        "door": door,
        "tabs": door_tabs(token, "feedback-titles"),
        "text": text,
        "listing": listing,
        "titles": [
            {
                "entry": entry,
                "cover": cover_url(entry),
                "kicker": " · ".join(part for part in (entry.get_kind_display(), entry.creator) if part),
                "rating": found.get(entry.pk),
            }
            for entry in shown
        ],
    }
    return _unlisted(render(request, "distribution/feedback/titles.html", context))


@page(PUBLIC)
def leave(request: ActingRequest, token: str, entry_id: int) -> HttpResponseBase:
    """Say what one thinks of a title; what others said stands below as far as the point shows it."""
    door = door_behind(token)
    entry = title_to_judge(door.point_id, entry_id)
    data, _files = sent(request)
    form = FeedbackForm(data)
    if data is not None and form.is_valid():
        if data.get(TRAP):
            return redirect("distribution:feedback-thanks", token)
        try:
            if is_over_limit(
                "feedback-address",
                request.actor.remote_address or "",
                most=MOST_FROM_ADDRESS,
                seconds=ADDRESS_SECONDS,
            ):
                raise TooMuchFeedback
            leave_feedback(
                actor=request.actor,
                at=clock.now(),
                door=door,
                entry_id=entry.pk,
                stars=form.cleaned_data["stars"],
                words=form.cleaned_data["words"],
                audience=Audience(form.cleaned_data["audience"]),
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("distribution:feedback-thanks", token)
    context = {
        "door": door,
        "entry": entry,
        "cover": cover_url(entry),
        "form": form,
        "trap": TRAP,
        "rating": ratings([entry.pk], point_id=door.point_id).get(entry.pk, Rating()),
        "words": shown_words(entry.pk, point_id=door.point_id)[:MOST_SHOWN],
        "request_key": request_key(request),
    }
    status = 422 if form.errors else 200
    return _unlisted(render(request, "distribution/feedback/leave.html", context, status=status))


@page(PUBLIC)
def thanks(request: ActingRequest, token: str) -> HttpResponseBase:
    """Say thank you."""
    return _unlisted(render(request, "distribution/feedback/thanks.html", {"door": door_behind(token)}))


def _unlisted(response: HttpResponseBase) -> HttpResponseBase:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
