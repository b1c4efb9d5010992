"""The reviewer's desk: forty items tonight, one after another."""

from django import forms
from django.contrib import messages
from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.kernel import clock
from lianxue.kernel.errors import Conflict, Refused, WrongState
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.kernel.rules import get_visible
from lianxue.orgs.public import ActingRequest
from lianxue.resources.enums import Verdict
from lianxue.resources.interfaces.web.access import REVIEWERS
from lianxue.resources.interfaces.web.contributions import ID_DIGITS, page_of
from lianxue.resources.interfaces.web.menu import contribution_tabs
from lianxue.resources.models import Contribution
from lianxue.resources.operations import review_contribution
from lianxue.resources.queries.catalogue import similar_entries
from lianxue.resources.queries.contributions import next_to_review, to_review, visible_contributions
from lianxue.resources.rules.contributions import SEES_CONTRIBUTION

VERDICTS = (Verdict.ACCEPTED, Verdict.RETURNED, Verdict.REJECTED)

# Said so often that nobody should have to type it; the reviewer can add words of their own.
USUAL_REASONS = (
    (
        gettext_lazy("Accept"),
        (
            gettext_lazy("Sound content, clear form, rights declared: fit for the whole city."),
            gettext_lazy("Well suited to older learners; worth sharing."),
            gettext_lazy("Has a local character that other districts can learn from."),
        ),
    ),
    (
        gettext_lazy("Send back"),
        (
            gettext_lazy("Please add a photograph of the cover."),
            gettext_lazy("Please describe the contents more fully."),
            gettext_lazy("Please state the holder of the rights more precisely."),
            gettext_lazy("Please check the number of copies."),
        ),
    ),
    (
        gettext_lazy("Reject"),
        (
            gettext_lazy("The catalogue has this title already."),
            gettext_lazy("The rights do not belong to the contributor."),
            gettext_lazy("The content is not fit for lifelong education."),
        ),
    ),
)


class ReviewForm(forms.Form):
    """The reason of a decision; which decision it is, the pressed button says."""

    use_required_attribute = False  # a usual reason alone is enough

    usual = forms.ChoiceField(label=gettext_lazy("Usual reason"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        choices=[(verdict, verdict.label) for verdict in VERDICTS], widget=forms.HiddenInput
    )

    def __init__(self, data: QueryDict | None, row: Contribution) -> None:
        super().__init__(data, initial={"revision": row.revision})
        groups = [(str(label), [(str(text), str(text)) for text in texts]) for label, texts in USUAL_REASONS]
        self.fields["usual"] = forms.ChoiceField(
            label=_("Usual reason"),
            required=False,
            choices=[("", _("Choose, or write below")), *groups],
            widget=forms.Select(attrs={"data-desk-focus": "", "data-inserts-into": "id_reason"}),
        )

    def full_reason(self) -> str:
        """Return the usual reason and the reviewer's own words together."""
        parts = [self.cleaned_data["usual"], self.cleaned_data["reason"].strip()]
        return "\n".join(part for part in parts if part)


@page(REVIEWERS)
def desk(request: ActingRequest) -> HttpResponseBase:
    """Go to what waits longest; ``?after=`` puts one off."""
    after = request.GET.get("after", "")
    put_off = None
    if after.isascii() and after.isdigit() and len(after) <= ID_DIGITS:
        put_off = to_review(request.actor).filter(pk=int(after)).first()
    found = next_to_review(request.actor, put_off)
    if found is not None:
        return redirect("resources:review-one", found.pk)
    return render(request, "resources/review_done.html", {"tabs": contribution_tabs(request, "review")})


@page(REVIEWERS)
def review(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show one contribution with everything that a decision needs, take the decision, go to the next."""
    actor, at = request.actor, clock.now()
    row = get_visible(visible_contributions(actor), SEES_CONTRIBUTION, actor, pk=pk)
    form = ReviewForm(request.POST if request.method == "POST" else None, row)
    if request.method == "POST" and form.is_valid():
        try:
            decision = review_contribution(
                actor=actor,
                at=at,
                contribution=row,
                revision=form.cleaned_data["revision"],
                verdict=Verdict(form.cleaned_data["verdict"]),
                reason=form.full_reason(),
                request_key=request_key(request),
            )
        except (WrongState, Conflict) as moved_on:
            messages.warning(request, f"《{row.title}》 {moved_on}")
            return redirect("resources:review")
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            done = _("“%(title)s”: %(verdict)s.") % {
                "title": row.title,
                "verdict": decision.get_verdict_display(),
            }
            messages.success(request, done)
            return redirect("resources:review")
    elif request.method != "POST" and not to_review(actor).filter(pk=row.pk).exists():
        return redirect("resources:contribution", row.pk)
    form.fields["reason"].required = True  # so that the page does not call it optional
    context = page_of(row, actor, at) | {
        "form": form,
        "similar": similar_entries(row),
        "left": to_review(actor).count(),
        "next_url": f"{reverse('resources:review')}?after={row.pk}",
        "tabs": contribution_tabs(request, "review"),
        "request_key": request_key(request),
    }
    return render(request, "resources/review.html", context, status=422 if form.errors else 200)
