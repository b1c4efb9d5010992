"""One's own page: how to be reached, how the pages look, posts and the choice between them, one's own trail."""

from django.conf import settings
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.accounts.models import Person
from lianxue.accounts.public import Language, TextSize, change_contact, choose_preferences
from lianxue.kernel import clock
from lianxue.kernel.audit import act_label
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.models import AuditEntry, Outcome
from lianxue.kernel.pages import SIGNED_IN, Listing, add_refusal, page
from lianxue.orgs.enums import role_label
from lianxue.orgs.errors import NoSuchPost
from lianxue.orgs.interfaces.web.audit import COLUMNS
from lianxue.orgs.interfaces.web.middleware import CHOSEN_POST
from lianxue.orgs.interfaces.web.people_forms import ContactForm, PreferencesForm, RevealForm
from lianxue.orgs.interfaces.web.sent import id_in, own_address, sent
from lianxue.orgs.models import ActingRequest
from lianxue.orgs.operations import choose_post as choose
from lianxue.orgs.queries import own_trail, tier_of


def _me(request: ActingRequest) -> Person:
    return Person.objects.get(pk=request.actor.person_id or 0)


@page(SIGNED_IN)
def profile(request: ActingRequest) -> HttpResponseBase:
    """Show one's own data, and change how one can be reached."""
    me = _me(request)
    form = ContactForm(*sent(request), initial={"email": me.email})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        phone = "" if given["without_phone"] else given["phone"] or None
        try:
            change_contact(actor=request.actor, at=clock.now(), person=me, email=given["email"], phone=phone)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Your contact data have been saved."))
            return redirect("orgs:profile")
    context = {
        "person": me,
        "form": form,
        "preferences": PreferencesForm(initial={"language": me.language, "text_size": me.text_size}),
        "phone_form": RevealForm(initial={"field": "phone"}, needs_reason=False, auto_id="phone_%s"),
        "citizen_id_form": RevealForm(
            initial={"field": "citizen_id"}, needs_reason=False, auto_id="citizen_id_%s"
        ),
        "own_posts": [(post, role_label(post.role, tier_of(post.organisation_id))) for post in request.posts],
        "latest": [_event(entry) for entry in own_trail(request.actor)[:5]],
    }
    return render(request, "orgs/profile.html", context, status=422 if form.errors else 200)


def _event(entry: AuditEntry) -> dict[str, object]:
    """Return an entry of the trail as a timeline shows it."""
    is_refused = entry.outcome == Outcome.REFUSED
    return {
        "title": act_label(entry.verb),
        "at": entry.at,
        "note": f"{entry.get_outcome_display()} · {entry.subject_label}"
        if is_refused
        else entry.subject_label,
        "tone": "danger" if is_refused else "neutral",
    }


@page(SIGNED_IN)
@require_POST
def preferences(request: ActingRequest) -> HttpResponseBase:
    """Remember language and text size, here and at every later sign-in."""
    form = PreferencesForm(request.POST)
    response = redirect("orgs:profile")
    if not form.is_valid():
        raise NotFound
    chosen = choose_preferences(
        actor=request.actor,
        at=clock.now(),
        person=_me(request),
        language=Language(form.cleaned_data["language"]),
        text_size=TextSize(form.cleaned_data["text_size"]),
    )
    secure = request.is_secure()
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen.language, samesite="Lax", secure=secure)
    response.delete_cookie("text_size", samesite="Lax")  # from now on the choice of the account counts
    return response


@page(SIGNED_IN)
def trail(request: ActingRequest) -> HttpResponseBase:
    """Show what one did or tried oneself, and what was done to one's account."""
    listing = Listing(request, own_trail(request.actor), COLUMNS)
    return render(request, "orgs/own_trail.html", {"listing": listing})


@page(SIGNED_IN)
@require_POST
def choose_post(request: ActingRequest) -> HttpResponseBase:
    """Go on under another of one's posts."""
    try:
        post = choose(actor=request.actor, at=clock.now(), post_id=id_in(request.POST.get("post", "")))
    except NoSuchPost as refusal:
        messages.error(request, str(refusal))
    else:
        request.session[CHOSEN_POST] = post.pk
        said = _("You are now here for %(organisation)s.") % {"organisation": post.organisation}
        messages.success(request, said)
    return redirect(own_address(request))
