"""A person who can sign in."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.enums import Language, TextSize
from lianxue.kernel.sealing import SealedTextField, mask_citizen_id, mask_phone


class PersonRows(BaseUserManager["Person"]):
    """Rows of people; account names are compared to the letter (S1-86)."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(username=username)

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        return (email or "").strip()


class Person(AbstractBaseUser):
    """Somebody known to the platform by one account.

    ``username`` is case-sensitive (S1-86: 平台账号请注意大小写). ``phone`` (E.164) and ``citizen_id`` (GB 11643,
    18 characters) are sealed; ``*_index`` are keyed hashes that find equal values without opening them.
    """

    username = models.CharField(_("account name"), max_length=60, unique=True)
    full_name = models.CharField(_("full name"), max_length=60)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = SealedTextField(_("telephone"), blank=True, default="")
    phone_index = models.CharField(max_length=64, blank=True, default="", db_index=True, editable=False)
    citizen_id = SealedTextField(_("identity number"), blank=True, default="")
    citizen_id_index = models.CharField(max_length=64, null=True, unique=True, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    must_change_password = models.BooleanField(default=False)
    created_at = models.DateTimeField(_("registered on"))
    language = models.CharField(_("language"), max_length=10, choices=Language, default=Language.CHINESE)
    text_size = models.CharField(_("text size"), max_length=10, choices=TextSize, default=TextSize.NORMAL)

    objects: ClassVar[PersonRows] = PersonRows()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["id"]
        verbose_name = _("person")
        constraints = [
            models.CheckConstraint(condition=~models.Q(username=""), name="person_has_account_name"),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def clean(self) -> None:
        """Keep the account name to the letter: the parent class would normalise it (S1-86)."""

    @property
    def masked_phone(self) -> str:
        """Return the telephone number as it may be shown in lists."""
        return mask_phone(self.phone)

    @property
    def masked_citizen_id(self) -> str:
        """Return the identity number as it may be shown in lists."""
        return mask_citizen_id(self.citizen_id)
