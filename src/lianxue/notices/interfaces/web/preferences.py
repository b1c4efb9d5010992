"""Where one's messages go: by kind, by mail, in the group; and confirming the address."""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import PUBLIC, SIGNED_IN, page
from lianxue.notices.interfaces.web.tabs import tabs
from lianxue.notices.operations.address_out import mail_is_on
from lianxue.notices.operations.choose_channels import choose_channels
from lianxue.notices.operations.confirm_address import ask_confirmation, confirm_address
from lianxue.notices.operations.kinds import KINDS
from lianxue.notices.queries.inbox import choices_of, reach_of
from lianxue.orgs.public import ActingRequest


@page(SIGNED_IN)
def preferences(request: ActingRequest) -> HttpResponseBase:
    """Choose for each kind of message where else it goes; the platform itself keeps all of them."""
    if request.method == "POST":
        choose_channels(
            actor=request.actor,
            at=clock.now(),
            by_email=request.POST.getlist("email"),
            by_robot=request.POST.getlist("robot"),
        )
        messages.success(request, _("Your choice has been saved."))
        return redirect("notices:preferences")
    chosen = choices_of(request.actor)
    context = {
        "kinds": [
            {
                "name": name,
                "kind": kind,
                "by_email": name not in chosen or chosen[name].by_email,
                "by_robot": name not in chosen or chosen[name].by_robot,
            }
            for name, kind in sorted(KINDS.items(), key=lambda item: item[0])
        ],
        "reach": reach_of(request.actor, [post.organisation_id for post in request.posts]),
        "mail_is_on": mail_is_on(),
        "tabs": tabs(request),
    }
    return render(request, "notices/preferences.html", context)


@page(SIGNED_IN)
@require_POST
def ask(request: ActingRequest) -> HttpResponseBase:
    """Have the link sent by which one confirms the address."""
    try:
        ask_confirmation(actor=request.actor, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("A mail is on its way to you. Please open the link in it."))
    return redirect("notices:preferences")


@page(PUBLIC)
def confirm(request: ActingRequest, token: str) -> HttpResponseBase:
    """Ask for one press, because programs that check mail open links too; then confirm."""
    if request.method != "POST":
        return render(request, "notices/confirm.html")
    try:
        confirm_address(actor=request.actor, at=clock.now(), token=token)
    except Refused as refusal:
        return render(request, "notices/confirm.html", {"refusal": refusal}, status=409)
    messages.success(request, _("The address is confirmed."))
    return redirect(_after(request))


def _after(request: HttpRequest) -> str:
    return "notices:preferences" if request.user.is_authenticated else "web:home"
