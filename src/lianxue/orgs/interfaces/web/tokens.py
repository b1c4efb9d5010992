"""One's tokens for programs: the list, making one, revoking one."""

from django import forms
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lianxue.kernel import clock
from lianxue.kernel.api.scopes import SCOPES
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import Column, Listing, add_refusal, page, request_key
from lianxue.orgs.interfaces.web.access import MEMBERS
from lianxue.orgs.interfaces.web.fresh_sign_in import where_to_show_again
from lianxue.orgs.models import ActingRequest
from lianxue.orgs.operations.api_tokens import LONGEST_DAYS, make_token, revoke_token
from lianxue.orgs.queries.api_tokens import own_tokens

COLUMNS = (
    Column("name", gettext_lazy("What it is for"), lambda row: row.name, "name"),
    Column("prefix", gettext_lazy("Begins with"), lambda row: row.prefix),
    Column("organisation", gettext_lazy("Acts for"), lambda row: row.post.organisation.name),
    Column("scopes", gettext_lazy("May do"), lambda row: ", ".join(row.scopes)),
    Column(
        "expires_at",
        gettext_lazy("Valid until"),
        lambda row: f"{clock.local_time(row.expires_at):%Y-%m-%d %H:%M}",
        "expires_at",
    ),
    Column(
        "last_used_at",
        gettext_lazy("Last used"),
        lambda row: row.last_used_at and f"{clock.local_time(row.last_used_at):%Y-%m-%d %H:%M}",
        "last_used_at",
    ),
    Column("state", gettext_lazy("State"), lambda row: str(standing(row))),
)


class TokenForm(forms.Form):
    """What a new token is for and what it may do."""

    name = forms.CharField(
        label=gettext_lazy("What it is for"),
        max_length=60,
        help_text=gettext_lazy("The name of the program and where it runs."),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"), widget=forms.CheckboxSelectMultiple
    )
    valid_days = forms.IntegerField(
        label=gettext_lazy("Valid for so many days"), min_value=1, max_value=LONGEST_DAYS
    )

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["scopes"].choices = SCOPES.items()  # type: ignore[attr-defined]


def standing(token: object) -> str:
    """Return how a token stands, in a word."""
    if getattr(token, "revoked_at", None) is not None:
        return _("revoked")
    return _("valid") if token.is_valid(clock.now()) else _("over")  # type: ignore[attr-defined]


@page(MEMBERS)
def tokens(request: ActingRequest) -> HttpResponseBase:
    """Show the tokens that one made."""
    listing = Listing(request, own_tokens(request.actor), COLUMNS)
    if listing.export_asked:
        return listing.export(_("My tokens"))
    now = clock.now()
    rows = [(token, standing(token), token.is_valid(now)) for token in listing.page]
    return render(request, "orgs/tokens.html", {"listing": listing, "rows": rows})


@page(MEMBERS)
def new_token(request: ActingRequest) -> HttpResponseBase:
    """Make a token and show it this once; before that one shows again who one is."""
    again = where_to_show_again(request)
    if again is not None:
        return redirect(again)
    form = TokenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = make_token(actor=request.actor, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return render(request, "orgs/token_made.html", {"token": made.token, "text": made.text})
    return render(request, "orgs/token_new.html", {"form": form}, status=422 if form.errors else 200)


@page(MEMBERS)
@require_POST
def revoke(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Revoke one of one's own tokens."""
    token = own_tokens(request.actor).filter(pk=pk).first()
    if token is None:
        raise NotFound
    revoke_token(actor=request.actor, at=clock.now(), token=token, request_key=request_key(request))
    messages.success(request, _("The token is revoked. Programs that use it get in no more."))
    return redirect("orgs:tokens")
