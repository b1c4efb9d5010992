"""The second step at sign-in (TOTP and recovery codes): its secrets are sealed, its changes audited."""

from typing import Any

from allauth.mfa import signals
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from lianxue.accounts.errors import WrongSecondStep
from lianxue.accounts.models import Person, PersonActing
from lianxue.accounts.operations import (
    record_failed_sign_in,
    record_recovery_codes_renewed,
    record_second_factor_added,
    record_second_factor_removed,
)
from lianxue.kernel import clock
from lianxue.kernel.pages import remote_address
from lianxue.kernel.sealing import seal, unseal

SEALED_AS = "accounts.second_step"


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth publishes no types
    """Keeps what the second step knows sealed, and labels it with the account name."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WrongSecondStep.default_message,
    }

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """Return the account name: it stands in the list of the person's authenticator."""
        return user.get_username()

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return seal(text, context=SEALED_AS)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return unseal(encrypted_text, context=SEALED_AS)


def listen() -> None:
    """Have allauth tell us of every change of a second step."""
    signals.authenticator_added.connect(_added, dispatch_uid="accounts.second_step.added")
    signals.authenticator_removed.connect(_removed, dispatch_uid="accounts.second_step.removed")
    signals.authenticator_reset.connect(_renewed, dispatch_uid="accounts.second_step.renewed")
    signals.authentication_failed.connect(_failed, dispatch_uid="accounts.second_step.failed")


def _added(request: HttpRequest, user: Person, authenticator: Authenticator, **_more: Any) -> None:
    record_second_factor_added(
        actor=_acting(request, user), at=clock.now(), person=user, kind=str(authenticator.type)
    )


def _removed(request: HttpRequest, user: Person, authenticator: Authenticator, **_more: Any) -> None:
    record_second_factor_removed(
        actor=_acting(request, user), at=clock.now(), person=user, kind=str(authenticator.type)
    )


def _renewed(request: HttpRequest, user: Person, **_more: Any) -> None:
    record_recovery_codes_renewed(actor=_acting(request, user), at=clock.now(), person=user)


def _failed(request: HttpRequest, user: Person, **_more: Any) -> None:
    record_failed_sign_in(
        actor=_acting(request, user), at=clock.now(), username=user.username, refusal=WrongSecondStep()
    )


def _acting(request: HttpRequest, person: Person) -> PersonActing:
    return PersonActing.as_person(person, remote_address(request))
