"""Calls: a programme opened by an office for one round, with its days."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.orgs.models import Organisation
from lianxue.programmes.enums import CallState
from lianxue.programmes.models.definition import Definition
from lianxue.programmes.models.definition.keeping import definition_again


class DefinitionRevision(models.Model):
    """A definition as it was when a call was made from it; never changed, whatever becomes of its file.

    ``source`` is the file's text, ``digest`` its SHA-256.
    """

    code = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    source = models.TextField()
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["code", "id"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="definition_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"

    @property
    def definition(self) -> Definition:
        """Return the definition, read once in each process; after that its text need not be loaded at all."""
        key = (self.code, self.version, self.digest)
        if key not in _READ:
            _READ[key] = definition_again(self.source, f"{self.code} {self.version}")
        return _READ[key]


_READ: dict[tuple[str, str, str], Definition] = {}


class Call(models.Model):
    """One round of a programme. ``numbers`` holds what the documents leave to the office, by key; none has a default."""

    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="calls")
    revision = models.ForeignKey(DefinitionRevision, on_delete=models.PROTECT, related_name="calls")
    title = models.CharField(_("title"), max_length=120)
    year = models.PositiveSmallIntegerField(_("year"))
    official_number = models.CharField(_("number of the official letter"), max_length=60, blank=True)
    numbers = models.JSONField(default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=CallState, default=CallState.DRAFT)
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(_("opened on"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-year", "-id"]
        verbose_name = _("call")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="draft", opened_at__isnull=True) | models.Q(opened_at__isnull=False),
                name="call_opened_has_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="closed") | models.Q(closed_at__isnull=False),
                name="call_closed_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def definition(self) -> Definition:
        """Return the definition that this call runs on, whatever newer ones there are."""
        return self.revision.definition


class Window(models.Model):
    """From which day until which (inclusive, Asia/Shanghai) a stage of a call takes filings; None: not bounded there."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="windows")
    stage = models.CharField(max_length=40)
    opens_on = models.DateField(_("from"), null=True, blank=True)
    closes_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["call_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["call", "stage"], name="one_window_a_stage"),
            models.CheckConstraint(
                condition=models.Q(opens_on__isnull=True)
                | models.Q(closes_on__isnull=True)
                | models.Q(closes_on__gte=models.F("opens_on")),
                name="window_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} · {self.stage}"


class LateConsent(models.Model):
    """The office lets one unit file after the window, until a day and for a reason."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="consents")
    stage = models.CharField(max_length=40)
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    until_on = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=300)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["call", "unit", "stage"], name="consent_of_unit")]

    def __str__(self) -> str:
        return f"{self.unit} · {self.until_on}"
