"""How django-allauth signs people in here: no public sign-up, locks and an audit trail of our own."""

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.enums import Language
from lianxue.accounts.errors import AccountLocked, WrongCredentials
from lianxue.accounts.models import Person, PersonActing
from lianxue.accounts.operations import (
    attempt_sign_in,
    change_password,
    record_failed_sign_in,
    record_sign_in,
    record_sign_out,
)
from lianxue.accounts.rules import password_faults
from lianxue.kernel import clock
from lianxue.kernel.pages import remote_address


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth publishes no types
    """Everything about signing in where the platform differs from allauth's own ways."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WrongCredentials.default_message,
        "too_many_login_attempts": AccountLocked.default_message,
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your present password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody signs up: people are registered by whoever appoints them (S1-40)."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that limits are counted by; a local socket counts as one address."""
        return remote_address(request) or "0.0.0.0"  # noqa: S104  # a label, nothing listens there

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Go on to the home page after a change of password."""
        return "/"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Let allauth limit attempts by address, then count this one against the account name."""
        super().pre_authenticate(request, **credentials)
        try:
            attempt_sign_in(
                actor=_acting(request), at=clock.now(), username=str(credentials.get("username", ""))
            )
        except AccountLocked as locked:
            raise ValidationError(str(locked), code=locked.code) from locked

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write a wrong password into the audit trail."""
        record_failed_sign_in(
            actor=_acting(request), at=clock.now(), username=str(credentials.get("username", ""))
        )

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponseBase:
        """Write the sign-in into the audit trail and show the pages as the person prefers them."""
        response: HttpResponseBase = super().post_login(request, user, **kwargs)
        person = cast("Person", user)
        record_sign_in(
            actor=PersonActing.as_person(person, remote_address(request)), at=clock.now(), person=person
        )
        if person.must_change_password:
            messages.info(
                request, _("This is a first password. Please choose one of your own before you go on.")
            )
        # A language other than the usual one was chosen by this person; otherwise the browser's choice stays.
        if person.language != Language.CHINESE:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, person.language, samesite="Lax", secure=request.is_secure()
            )
        return response

    def logout(self, request: HttpRequest) -> None:
        """Write the sign-out into the audit trail, then end the session."""
        if isinstance(request.user, Person):
            record_sign_out(actor=_acting(request), at=clock.now(), person=request.user)
        super().logout(request)

    def clean_password(self, password: str, user: AbstractBaseUser | None = None) -> str:
        """Refuse weak passwords and the present one."""
        faults = password_faults(password, user if isinstance(user, Person) else Person())
        if faults:
            raise ValidationError(faults)
        return password

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Change a password by the one operation that does it."""
        person = cast("Person", user)
        changed = change_password(
            actor=PersonActing.as_person(person, remote_address(self.request)),
            at=clock.now(),
            person=person,
            password=password,
        )
        person.password, person.must_change_password = changed.password, changed.must_change_password

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Say nothing about signing in and out: the page that follows shows it."""
        if message_template and message_template.rpartition("/")[2] in {"logged_in.txt", "logged_out.txt"}:
            return
        super().add_message(request, level, message_template, *args, **kwargs)


def _acting(request: HttpRequest) -> PersonActing:
    """Return who sends ``request``: the person who is signed in, otherwise a visitor."""
    if isinstance(request.user, Person):
        return PersonActing.as_person(request.user, remote_address(request))
    return PersonActing(None, str(_("Visitor")), remote_address(request))
