"""What one was told: the list, opening one, marking as read."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lianxue.kernel import clock
from lianxue.kernel.pages import SIGNED_IN, Column, Listing, page
from lianxue.kernel.rules import get_visible
from lianxue.notices.interfaces.web.forms import NoticeFilter
from lianxue.notices.interfaces.web.tabs import tabs
from lianxue.notices.models import Notice
from lianxue.notices.operations.kinds import kind_label
from lianxue.notices.operations.read_notices import read_notices
from lianxue.notices.queries.inbox import kinds_told, notices_of, unread_count
from lianxue.notices.rules import OWN_NOTICE
from lianxue.orgs.public import ActingRequest

COLUMNS = (
    Column("title", gettext_lazy("Message"), lambda notice: notice.message.headline),
    Column(
        "kind",
        gettext_lazy("Kind of message"),
        lambda notice: str(kind_label(notice.message.kind)),
        "message__kind",
    ),
    Column("organisation", gettext_lazy("For"), lambda notice: str(notice.organisation or "")),
    Column(
        "at",
        gettext_lazy("Time"),
        lambda notice: f"{clock.local_time(notice.message.at):%Y-%m-%d %H:%M}",
        "message__at",
    ),
    Column(
        "read",
        gettext_lazy("Read at"),
        lambda notice: notice.read_at and f"{clock.local_time(notice.read_at):%Y-%m-%d %H:%M}",
        "read_at",
    ),
)


@page(SIGNED_IN)
def inbox(request: ActingRequest) -> HttpResponseBase:
    """Show what one was told, unread first."""
    form = NoticeFilter(request.GET, kinds_told(request.actor))
    form.is_valid()
    rows = notices_of(
        request.actor,
        kind=form.cleaned_data.get("kind", ""),
        unread_only=bool(form.cleaned_data.get("unread")),
    )
    listing = Listing(request, rows, COLUMNS)
    if listing.export_asked:
        return listing.export(_("Messages"))
    context = {
        "form": form,
        "listing": listing,
        "notices": [(notice, kind_label(notice.message.kind)) for notice in listing.page],
        "unread": unread_count(request.actor.person_id or 0),
        "tabs": tabs(request),
    }
    return render(request, "notices/inbox.html", context)


@page(SIGNED_IN)
def open_notice(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Mark one notice as read and go to the page that it is about."""
    notice = get_visible(Notice.objects.select_related("message"), OWN_NOTICE, request.actor, pk=pk)
    if notice.read_at is None:
        read_notices(actor=request.actor, at=clock.now(), notice_ids=[notice.pk])
    return redirect(notice.message.url)


@page(SIGNED_IN)
@require_POST
def read_all(request: ActingRequest) -> HttpResponseBase:
    """Mark everything as read, or the ticked ones."""
    chosen = [int(text) for text in request.POST.getlist("chosen") if text.isdecimal() and len(text) <= 18]  # noqa: PLR2004
    read_notices(actor=request.actor, at=clock.now(), notice_ids=chosen or None)
    messages.success(request, _("Marked as read."))
    return redirect("notices:inbox")
