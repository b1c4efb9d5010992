"""Trainings: what is planned, for whom, and who was there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.orgs.models import Division, Organisation
from lianxue.orgs.public import Chain
from lianxue.programmes.models import RosterEntry
from lianxue.workforce.enums import (
    AttendanceState,
    AttendanceWay,
    AudienceKind,
    Part,
    SessionState,
    Team,
    TrainingLevel,
    TrainingTopic,
    TrainingWay,
)


class TrainingSession(models.Model):
    """One training (S1-25, S1-28, S0-48). ``level`` is that of the organiser in ``chain`` when it was written down."""

    organiser = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="trainings", verbose_name=_("organiser")
    )
    chain = models.CharField(max_length=30, choices=Chain)
    level = models.CharField(_("level"), max_length=10, choices=TrainingLevel)
    title = models.CharField(_("title"), max_length=120)
    topic = models.CharField(_("topic"), max_length=20, choices=TrainingTopic)
    way = models.CharField(_("way"), max_length=10, choices=TrainingWay)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    words = models.TextField(_("what it is about"), max_length=2000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=SessionState, default=SessionState.DRAFT)
    created_at = models.DateTimeField(_("written down on"))
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    announced_at = models.DateTimeField(_("announced on"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True)
    cancel_reason = models.CharField(_("why it was called off"), max_length=300, blank=True)
    reminded_at = models.DateTimeField(_("last reminded on"), null=True, blank=True)

    class Meta:
        ordering = ["-starts_at", "-id"]
        verbose_name = _("training")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="training_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "cancelled"]) | models.Q(announced_at__isnull=False),
                name="training_announced_has_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="cancelled") | ~models.Q(cancel_reason=""),
                name="training_cancelled_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["organiser", "-starts_at"], name="training_of_organiser")]

    def __str__(self) -> str:
        return self.title


class AudienceLine(models.Model):
    """Who must attend a training: posts below, a service team, or one unit."""

    session = models.ForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="audience")
    kind = models.CharField(max_length=20, choices=AudienceKind)
    team = models.CharField(max_length=20, choices=Team, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["session_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "kind", "team", "organisation"],
                name="audience_line_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(kind="team") & ~models.Q(team="") & models.Q(organisation__isnull=True)
                | models.Q(kind="unit", team="", organisation__isnull=False)
                | models.Q(kind__in=["directly_below", "all_below"], team="", organisation__isnull=True),
                name="audience_line_says_who",
            ),
        ]

    def __str__(self) -> str:
        if self.kind == AudienceKind.UNIT:
            return f"{self.organisation}"
        return str(self.get_team_display() if self.team else self.get_kind_display())


class Attendance(models.Model):
    """Somebody and one training: expected, there, excused; as a participant or as a lecturer.

    ``person`` is empty for whoever has no account; ``name`` is empty where a unit is expected and has nobody yet.
    ``is_expected`` tells those whom the audience names from those who came of themselves.
    """

    kept_out_of_trail = frozenset({"name"})

    session = models.ForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="attendances")
    part = models.CharField(_("part"), max_length=12, choices=Part, default=Part.PARTICIPANT)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    entry = models.ForeignKey(
        RosterEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    area = models.ForeignKey(Division, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=60, blank=True)
    unit_name = models.CharField(_("unit"), max_length=120, blank=True)
    is_expected = models.BooleanField(_("expected"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=AttendanceState, default=AttendanceState.EXPECTED
    )
    way = models.CharField(_("known by"), max_length=10, choices=AttendanceWay, blank=True)
    noted_at = models.DateTimeField(_("noted on"), null=True, blank=True)
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["session_id", "part", "organisation__code", "name", "id"]
        verbose_name = _("attendance")
        constraints = [
            models.UniqueConstraint(fields=["session", "person", "part"], name="person_attends_once"),
            models.UniqueConstraint(fields=["session", "entry", "part"], name="member_attends_once"),
            models.CheckConstraint(
                condition=~models.Q(state="excused") | ~models.Q(reason=""), name="excuse_has_reason"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="attended")
                | (models.Q(noted_at__isnull=False) & ~models.Q(way="")),
                name="attended_is_known_by_something",
            ),
            models.CheckConstraint(
                condition=models.Q(state="expected") | ~models.Q(name=""), name="who_attended_has_a_name"
            ),
        ]
        indexes = [models.Index(fields=["person", "state"], name="trainings_of_person")]

    def __str__(self) -> str:
        return self.name or self.unit_name
