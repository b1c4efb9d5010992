"""What a unit files in a stage of a call: the answers at work, and each revision that was handed in."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.kernel.models import StoredFile
from lianxue.orgs.models import Organisation
from lianxue.programmes.enums import FilingState, NoticeState, RevisionKind, ScanState
from lianxue.programmes.models.call import Call
from lianxue.programmes.models.definition import Form, Level, Stage


class Filing(models.Model):
    """The filing of one unit in one stage of a call.

    ``answers`` by key of question or grid; values of personal questions are sealed. ``marks`` counts the changes of each
    answer, so that two people at once never overwrite one another silently; ``version`` counts all of them.
    ``position`` and ``desk`` say at which level it lies and ``since`` from when; both are empty while the unit has it.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="filings")
    stage = models.CharField(max_length=40)
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="filings")
    state = models.CharField(_("state"), max_length=10, choices=FilingState, default=FilingState.DRAFT)
    answers = models.JSONField(default=dict)
    marks = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    revision_number = models.PositiveIntegerField(_("revision"), default=0)
    position = models.PositiveSmallIntegerField(null=True, blank=True)
    desk = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="filings_on_desk"
    )
    since = models.DateTimeField(_("since"))
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(_("handed in on"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    approved = models.ForeignKey(
        "FilingRevision", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["call_id", "unit_id", "id"]
        verbose_name = _("filing")
        constraints = [
            models.UniqueConstraint(fields=["call", "stage", "unit"], name="one_filing_a_stage"),
            models.CheckConstraint(
                condition=models.Q(state="submitted", position__isnull=False, desk__isnull=False)
                | (~models.Q(state="submitted") & models.Q(position__isnull=True, desk__isnull=True)),
                name="filing_lies_somewhere",
            ),
            models.CheckConstraint(
                condition=models.Q(state="approved", approved__isnull=False, decided_at__isnull=False)
                | (~models.Q(state="approved") & models.Q(approved__isnull=True)),
                name="filing_approved_has_revision",
            ),
        ]
        indexes = [
            models.Index(fields=["desk", "state"], name="filing_on_desk"),
            models.Index(fields=["call", "state"], name="filing_of_call"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.call}"

    @property
    def stage_definition(self) -> Stage:
        """Return the stage as the call's definition has it."""
        return self.call.definition.stage(self.stage)

    @property
    def form(self) -> Form:
        """Return the form that is filled in; a filing exists only in stages that have one."""
        return self.call.definition.forms[self.stage_definition.form]

    @property
    def level(self) -> Level | None:
        """Return the level at whose desk it lies, if any."""
        return None if self.position is None else self.stage_definition.levels[self.position]


class FilingRevision(models.Model):
    """A filing as it was handed in: frozen, and evidence from then on (S2-45). The database refuses changes.

    ``files`` lists what was attached (``key``, ``name``, ``sha256``, ``id``). ``digest`` is the SHA-256 over answers and
    files in canonical JSON, ``code`` what the QR code on its paper holds.
    """

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("revision"))
    kind = models.CharField(max_length=10, choices=RevisionKind, default=RevisionKind.FILING)
    answers = models.JSONField()
    files = models.JSONField(default=list)
    digest = models.CharField(_("fingerprint"), max_length=64)
    code = models.CharField(max_length=24, unique=True)
    submitted_at = models.DateTimeField(_("handed in on"))
    submitted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        ordering = ["filing_id", "number"]
        verbose_name = _("revision")
        constraints = [models.UniqueConstraint(fields=["filing", "number"], name="filing_revision_once")]

    def __str__(self) -> str:
        return f"{self.filing} · {self.number}"


class FilingFile(models.Model):
    """A file attached to a question of a filing."""

    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="files")
    key = models.CharField(max_length=60)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.file)

    def told(self) -> dict[str, Any]:
        """Return what a revision keeps of it."""
        return {
            "id": self.pk,
            "key": self.key,
            "name": self.file.original_name,
            "sha256": self.file.sha256,
        }


class Scan(models.Model):
    """A stamped scan that came back (S1-47): which revision it is of, by its code or by a person's word."""

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="scans")
    revision = models.ForeignKey(
        FilingRevision, on_delete=models.PROTECT, null=True, blank=True, related_name="scans"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=ScanState)
    pages = models.PositiveSmallIntegerField(null=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["matched", "confirmed"]) | models.Q(revision__isnull=False),
                name="scan_that_counts_has_revision",
            )
        ]

    def __str__(self) -> str:
        return f"{self.filing} · {self.get_state_display()}"


class ChangeNotice(models.Model):
    """A written notice that something in an approved filing changes, with its own opinion (S1-48).

    ``marks`` counts the changes of each answer while it is written.
    """

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="notices")
    number = models.PositiveIntegerField()
    state = models.CharField(_("state"), max_length=10, choices=NoticeState, default=NoticeState.DRAFT)
    answers = models.JSONField()
    marks = models.JSONField(default=dict, blank=True, db_default={})
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    effective_on = models.DateField(_("in force from"))
    desk = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    comment = models.CharField(_("opinion"), max_length=500, blank=True)
    revision = models.OneToOneField(
        FilingRevision, on_delete=models.PROTECT, null=True, blank=True, related_name="notice"
    )

    class Meta:
        ordering = ["filing_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["filing", "number"], name="change_notice_once"),
            models.UniqueConstraint(
                fields=["filing"],
                condition=models.Q(state__in=["draft", "submitted"]),
                name="one_open_change_notice",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="approved")
                | models.Q(revision__isnull=False, decided_at__isnull=False),
                name="accepted_notice_has_revision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filing} · {self.number}"
