"""What is told about trainings."""

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.kernel.clock import local_date, local_time
from lianxue.kernel.events import subscribe
from lianxue.notices.public import notify, register_kind
from lianxue.workforce.enums import AttendanceState
from lianxue.workforce.events import AttendanceReminded, SessionAnnounced, SessionCancelled, SessionMoved
from lianxue.workforce.models import TrainingSession

TRAINING = "workforce.training"


def connect_training() -> None:
    """Listen to what is announced, moved, called off and asked again."""
    register_kind(
        TRAINING,
        gettext_lazy("Training"),
        gettext_lazy("When you are asked to a training, and when it is moved or called off."),
    )
    subscribe(SessionAnnounced, _tell_of_training)
    subscribe(SessionMoved, _tell_of_move)
    subscribe(SessionCancelled, _tell_of_cancelling)
    subscribe(AttendanceReminded, _remind)


def _when_and_where(session: TrainingSession) -> str:
    begins = formats.date_format(local_time(session.starts_at), "SHORT_DATETIME_FORMAT")
    return " · ".join(
        part for part in (begins, session.place or session.link, session.organiser.name) if part
    )


def _session(pk: int) -> TrainingSession:
    return TrainingSession.objects.select_related("organiser").get(pk=pk)


def _everybody(session: TrainingSession) -> list[int]:
    rows = session.attendances.filter(person__isnull=False).exclude(state=AttendanceState.EXCUSED)
    return sorted(set(rows.values_list("person_id", flat=True)))


def _tell_of_training(event: SessionAnnounced) -> None:
    session = _session(event.session_id)
    notify(
        at=event.at,
        kind=TRAINING,
        title=lambda: _("You are asked to a training: %(training)s") % {"training": session},
        body=lambda: _when_and_where(session),
        url=reverse("workforce:session", args=[session.pk]),
        once_key=f"training-announced-{session.pk}",
        person_ids=event.person_ids,
    )


def _tell_of_move(event: SessionMoved) -> None:
    session = _session(event.session_id)
    notify(
        at=event.at,
        kind=TRAINING,
        title=lambda: _("Day or place changed: %(training)s") % {"training": session},
        body=lambda: _when_and_where(session),
        url=reverse("workforce:session", args=[session.pk]),
        person_ids=_everybody(session),
    )


def _tell_of_cancelling(event: SessionCancelled) -> None:
    session = _session(event.session_id)
    notify(
        at=event.at,
        kind=TRAINING,
        title=lambda: _("Called off: %(training)s") % {"training": session},
        body=session.cancel_reason,
        url=reverse("workforce:session", args=[session.pk]),
        once_key=f"training-cancelled-{session.pk}",
        person_ids=_everybody(session),
    )


def _remind(event: AttendanceReminded) -> None:
    session = _session(event.session_id)
    # Before it is over they are reminded to come, afterwards to say why they did not.
    is_over = event.at > session.ends_at
    notify(
        at=event.at,
        kind=TRAINING,
        title=lambda: (
            (
                _("You were missed at a training; please say why: %(training)s")
                if is_over
                else _("Please do not forget: %(training)s")
            )
            % {"training": session}
        ),
        body=lambda: _when_and_where(session),
        url=reverse("workforce:session", args=[session.pk]),
        once_key=f"training-remind-{session.pk}-{local_date(event.at)}",  # once a day
        person_ids=event.person_ids,
    )
