"""Before something that lasts beyond the session, one shows again who one is, with the second step if one has it."""

from datetime import timedelta
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from lianxue.kernel import clock

FRESH_FOR = timedelta(minutes=5)


def where_to_show_again(request: HttpRequest) -> str | None:
    """Return the address at which to show again who one is; None: that was done within five minutes.

    Nobody knows the passwords of a demonstration, so nobody is asked there.
    """
    if settings.DEMO:
        return None
    has_second_step = is_mfa_enabled(request.user)
    since = (clock.now() - FRESH_FOR).timestamp()
    fresh = {
        record["method"]
        for record in get_authentication_records(request, request.user)
        if record.get("at", 0) >= since
    }
    if "mfa" in fresh or (fresh and not has_second_step):
        return None
    page = reverse("mfa_reauthenticate" if has_second_step else "account_reauthenticate")
    return f"{page}?{urlencode({'next': request.get_full_path()})}"
