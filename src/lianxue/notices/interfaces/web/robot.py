"""The robot in the group of one's organisation."""

from django.conf import settings
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.notices.enums import RobotKind
from lianxue.notices.interfaces.web.access import GROUP_KEEPERS
from lianxue.notices.interfaces.web.forms import RobotForm
from lianxue.notices.interfaces.web.tabs import tabs
from lianxue.notices.operations.group_robot import register_robot, remove_robot, try_robot
from lianxue.notices.queries.inbox import robot_of
from lianxue.orgs.public import ActingRequest


@page(GROUP_KEEPERS)
def robot(request: ActingRequest) -> HttpResponseBase:
    """Show whether there is one, and register another."""
    form = RobotForm(request.POST if request.method == "POST" else None, initial={"kind": RobotKind.DINGTALK})
    if request.method == "POST" and form.is_valid():
        try:
            register_robot(
                actor=request.actor,
                at=clock.now(),
                kind=RobotKind(form.cleaned_data["kind"]),
                address=form.cleaned_data["address"],
                secret=form.cleaned_data["secret"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The robot is registered. Try it now."))
            return redirect("notices:robot")
    context = {
        "form": form,
        "robot": robot_of(request.actor),
        "hosts": settings.WEBHOOK_HOSTS,
        "request_key": request_key(request),
        "tabs": tabs(request),
    }
    return render(request, "notices/robot.html", context, status=422 if form.errors else 200)


@page(GROUP_KEEPERS)
@require_POST
def try_out(request: ActingRequest) -> HttpResponseBase:
    """Say a word of trial in the group."""
    try_robot(actor=request.actor, at=clock.now(), request_key=request_key(request))
    messages.success(request, _("The robot has been asked to say a word. Please look into the group."))
    return redirect("notices:robot")


@page(GROUP_KEEPERS)
@require_POST
def remove(request: ActingRequest) -> HttpResponseBase:
    """Remove the robot."""
    remove_robot(actor=request.actor, at=clock.now(), request_key=request_key(request))
    messages.success(request, _("The robot has been removed; its address is forgotten."))
    return redirect("notices:robot")
