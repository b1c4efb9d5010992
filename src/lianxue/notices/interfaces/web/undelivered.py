"""What did not arrive: why, and trying again."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lianxue.kernel import clock
from lianxue.kernel.pages import Column, Listing, page, request_key
from lianxue.kernel.rules import get_visible
from lianxue.notices.interfaces.web.access import MINDERS
from lianxue.notices.interfaces.web.forms import UndeliveredFilter
from lianxue.notices.interfaces.web.tabs import tabs
from lianxue.notices.models import Delivery
from lianxue.notices.operations.try_again import try_again
from lianxue.notices.queries.undelivered import undelivered
from lianxue.notices.rules import SEES_UNDELIVERED
from lianxue.orgs.public import ActingRequest

COLUMNS = (
    Column(
        "message",
        gettext_lazy("Message"),
        lambda row: row.message.headline if row.message else _("Confirm the e-mail address"),
    ),
    Column("channel", gettext_lazy("Way"), lambda row: row.get_channel_display(), "channel"),
    Column("to", gettext_lazy("Sent to"), lambda row: str(row.person or row.robot.organisation)),
    Column("reason", gettext_lazy("What went wrong"), lambda row: row.get_reason_display(), "reason"),
    Column("detail", gettext_lazy("What the other side said"), lambda row: row.detail),
    Column("attempts", gettext_lazy("Attempts"), lambda row: row.attempts, "attempts"),
    Column(
        "begun",
        gettext_lazy("Last tried"),
        lambda row: row.begun_at and f"{clock.local_time(row.begun_at):%Y-%m-%d %H:%M}",
        "begun_at",
    ),
)


@page(MINDERS)
def undelivered_list(request: ActingRequest) -> HttpResponseBase:
    """Show what did not arrive."""
    form = UndeliveredFilter(request.GET)
    form.is_valid()
    listing = Listing(request, undelivered(request.actor, **form.cleaned_data), COLUMNS)
    if listing.export_asked:
        return listing.export(_("Not delivered"))
    return render(
        request, "notices/undelivered.html", {"form": form, "listing": listing, "tabs": tabs(request)}
    )


@page(MINDERS)
@require_POST
def again(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Try one again."""
    delivery = get_visible(Delivery.objects.all(), SEES_UNDELIVERED, request.actor, pk=pk)
    try_again(actor=request.actor, at=clock.now(), delivery=delivery, request_key=request_key(request))
    messages.success(request, _("It is being sent again."))
    return redirect("notices:undelivered")
