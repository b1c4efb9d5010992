"""Giving an opinion on one filing: what was filed, what others said, what may be decided here."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.accounts.models import Person
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.enums import Decision, ScanState
from lianxue.programmes.flows.filing import FILING_FLOW
from lianxue.programmes.interfaces.web.access import DECIDERS
from lianxue.programmes.models import Filing, FilingRevision, Scan
from lianxue.programmes.operations.desks.opinions import COMMENT_LENGTH, give_opinion
from lianxue.programmes.queries.filings import filing_on_desk, next_on_desk, on_desk
from lianxue.programmes.queries.reading import answers_shown, opinions_on, steps_of
from lianxue.programmes.rules.filing import principals_of

BESIDE = 6  # columns of a grid that leave room for the opinion beside them; with more it stands below
WORDS = {
    Decision.APPROVE: gettext_lazy("Agree: it goes on to the next level, or is approved at the last"),
    Decision.RETURN: gettext_lazy("Return for mending: the unit mends it and hands it in again"),
    Decision.DECLINE: gettext_lazy("Decline: it ends here"),
}


class OpinionForm(forms.Form):
    """The opinion itself."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        widget=forms.RadioSelect,  # nothing is chosen beforehand: nobody agrees by a careless press
        error_messages={"required": gettext_lazy("Please choose what you decide.")},
    )
    comment = forms.CharField(
        label=gettext_lazy("Opinion"),
        required=False,
        max_length=COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "Needed for a return or a refusal. It stands on the form and the unit reads it."
        ),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
    position = forms.IntegerField(required=False, widget=forms.HiddenInput)
    on_behalf_of = forms.ChoiceField(label=gettext_lazy("In the place of"), required=False)

    def __init__(
        self, data: Any = None, *, filing: Filing, principals: list[Person], is_delegate: bool
    ) -> None:
        lying = {"revision": filing.revision_number, "position": filing.position}
        super().__init__(data, initial=lying)
        level = filing.level
        may = level.may if level else ()
        self.fields["decision"].choices = [(one.value, WORDS[one]) for one in Decision if one.value in may]  # type: ignore[attr-defined]  # a ChoiceField has them
        if principals:
            own = [] if is_delegate else [("", _("in my own name"))]
            named = [(str(one.pk), one.full_name) for one in principals]
            self.fields["on_behalf_of"].choices = [*own, *named]  # type: ignore[attr-defined]  # likewise
        else:
            del self.fields["on_behalf_of"]


@page(DECIDERS)
def opinion(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Read a filing at the actor's desk and give the opinion of this level."""
    filing = filing_on_desk(request.actor, pk, bare=request.method == "POST")
    known = principals_of(request.actor)
    principals = list(Person.objects.filter(pk__in=known).order_by("pk")) if known else []
    form = OpinionForm(
        request.POST if request.method == "POST" else None,
        filing=filing,
        principals=principals,
        is_delegate=not request.actor.is_administrator,
    )
    if request.method == "POST" and form.is_valid():
        behalf = form.cleaned_data.get("on_behalf_of") or ""
        try:
            decided = give_opinion(
                actor=request.actor,
                at=clock.now(),
                filing=filing,
                decision=Decision(form.cleaned_data["decision"]),
                comment=form.cleaned_data["comment"],
                revision_number=form.cleaned_data["revision"],
                position=form.cleaned_data["position"],
                on_behalf_of=next((one for one in principals if str(one.pk) == behalf), None),
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(
                request, _("Your opinion on %(unit)s has been recorded.") % {"unit": filing.unit.name}
            )
            following = next_on_desk(request.actor, filing.call_id)
            return (
                redirect("programmes:opinion", following)
                if following
                else redirect("programmes:filing", decided.pk)
            )
    revision = filing.revisions.get(number=filing.revision_number)
    offers = {o.verb: o for o in FILING_FLOW.offered(actor=request.actor, subject=filing, at=clock.now())}
    sections = answers_shown(filing, revision)
    context = {
        "filing": filing,
        "revision": revision,
        "level": filing.level,
        "form": form,
        "hindrances": offers["approve"].hindrances if "approve" in offers else (),
        "sections": sections,
        "is_wide": any(len(one.columns) > BESIDE for one in sections),
        "opinions": opinions_on(filing),
        "steps": steps_of(filing),
        "waiting": on_desk(request.actor).filter(call_id=filing.call_id).count(),
        "scan": _scan_of(filing, revision),
        "earlier": filing.revisions.filter(number__lt=filing.revision_number).order_by("-number").first(),
        "request_key": request_key(request),
    }
    return render(request, "programmes/desk/opinion.html", context, status=422 if form.errors else 200)


def _scan_of(filing: Filing, revision: FilingRevision) -> Scan | None:
    """Return the newest stamped scan that came since the form was handed in, whether its code could be read or not."""
    came_since = Scan.objects.filter(filing=filing, sent_at__gte=revision.submitted_at)
    return came_since.exclude(state=ScanState.REFUSED).first()
