"""Official letters: what an organisation wrote under a number, for good."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.documents.enums import LetterKind
from lianxue.orgs.models import Organisation


class LetterCode(models.Model):
    """The words under which an organisation numbers its letters (机关代字, such as 浙教技中心)."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="letter_code", verbose_name=_("organisation")
    )
    words = models.CharField(_("letter code"), max_length=20, unique=True)
    set_at = models.DateTimeField(_("set at"))

    class Meta:
        verbose_name = _("letter code")

    def __str__(self) -> str:
        return self.words


class LetterSeries(models.Model):
    """The last number of one code and year. Its row is locked while a letter is issued, so that no number is left out."""

    issuer = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="letter_series", verbose_name=_("issuer")
    )
    code = models.CharField(_("letter code"), max_length=20)
    year = models.PositiveSmallIntegerField(_("year"))
    last_number = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("series of letters")
        constraints = [models.UniqueConstraint(fields=["code", "year"], name="one_series_per_code_and_year")]

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕"


class Letter(models.Model):
    """One letter. It is never changed; a wrong one is withdrawn by an entry beside it, and its number stays used."""

    issuer = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="letters_issued", verbose_name=_("issuer")
    )
    kind = models.CharField(_("kind of letter"), max_length=20, choices=LetterKind)
    code = models.CharField(_("letter code"), max_length=20)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("running number"))
    title = models.CharField(_("title"), max_length=200)
    addressee = models.CharField(_("addressee"), max_length=300, blank=True)
    addressee_organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        related_name="letters_received",
        verbose_name=_("addressed organisation"),
    )
    body = models.TextField(_("text"))
    attachments = models.TextField(_("attachments"), blank=True)
    copies_to = models.CharField(_("copies to"), max_length=500, blank=True)
    dated_on = models.DateField(_("date of the letter"))
    issued_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("issued by")
    )
    issued_at = models.DateTimeField(_("issued at"))

    class Meta:
        verbose_name = _("letter")
        constraints = [
            models.UniqueConstraint(fields=["code", "year", "number"], name="letter_number_used_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="letter_number_counts_from_one"),
        ]
        indexes = [models.Index(fields=["issuer", "-issued_at"], name="letters_of_issuer")]

    def __str__(self) -> str:
        return f"{self.full_number} {self.title}"

    @property
    def full_number(self) -> str:
        """Return the number as it is printed: six-corner brackets, no 第, no leading zero (发文字号)."""
        return f"{self.code}〔{self.year}〕{self.number}号"

    @property
    def is_withdrawn(self) -> bool:
        return hasattr(self, "withdrawal")


class LetterWithdrawal(models.Model):
    """The counter-entry to a letter that does not count any more, with its reason."""

    letter = models.OneToOneField(
        Letter, on_delete=models.PROTECT, related_name="withdrawal", verbose_name=_("letter")
    )
    reason = models.CharField(_("reason"), max_length=500)
    withdrawn_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("withdrawn by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"))

    class Meta:
        verbose_name = _("withdrawal of a letter")

    def __str__(self) -> str:
        return f"{self.letter.full_number}: {self.reason}"
