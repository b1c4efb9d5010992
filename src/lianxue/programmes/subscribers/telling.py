"""Who is told what of calls and filings."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.kernel.days import local_date
from lianxue.kernel.events import subscribe
from lianxue.kernel.kept import kept
from lianxue.notices.public import notify, register_kind
from lianxue.programmes.enums import ScoreState
from lianxue.programmes.events import (
    CallOpened,
    ChangeNoticeDecided,
    ChangeNoticeSubmitted,
    FilingDecided,
    FilingMoved,
    FilingReturned,
    FilingSubmitted,
    PanelDrawn,
    UnitsReminded,
)
from lianxue.programmes.models import Call, ChangeNotice, Filing, Panel, Score
from lianxue.programmes.queries.units import units_of
from lianxue.programmes.queries.windows import days_of_stages

CALL, DESK, ANSWER = "programmes.call", "programmes.desk", "programmes.answer"
REMINDER, SCORING = "programmes.reminder", "programmes.scoring"


def connect_telling() -> None:
    """Register the kinds of messages and listen."""
    register_kind(
        CALL, gettext_lazy("A call is open"), gettext_lazy("When an office calls on you to file something.")
    )
    register_kind(
        DESK,
        gettext_lazy("A filing lies at your desk"),
        gettext_lazy("When somebody's filing waits for your opinion."),
    )
    register_kind(
        ANSWER,
        gettext_lazy("Answer to your filing"),
        gettext_lazy("When your filing was returned, approved or declined."),
    )
    register_kind(
        REMINDER,
        gettext_lazy("Reminder of a filing"),
        gettext_lazy("When an office or a level above reminds you of a filing that is still missing."),
    )
    register_kind(
        SCORING,
        gettext_lazy("Filings to score"),
        gettext_lazy("When you were drawn for a panel and it begins."),
    )
    subscribe(PanelDrawn, _tell_experts)
    subscribe(CallOpened, _tell_units)
    subscribe(UnitsReminded, _remind)
    subscribe(FilingSubmitted, _tell_desk)
    subscribe(FilingMoved, _tell_desk)
    subscribe(FilingReturned, _tell_of_return)
    subscribe(FilingDecided, _tell_of_decision)
    subscribe(ChangeNoticeSubmitted, _tell_of_notice)
    subscribe(ChangeNoticeDecided, _tell_of_notice_decided)


def _tell_units(event: CallOpened) -> None:
    call = Call.objects.select_related("revision").get(pk=event.call_id)
    notify(
        at=event.at,
        kind=CALL,
        title=lambda: _("A call is open: %(call)s") % {"call": call},
        url=reverse("programmes:call", args=[call.pk]),
        once_key=f"call-open:{call.pk}",
        organisation_ids=list(units_of(call).values_list("pk", flat=True)),
    )


def _tell_experts(event: PanelDrawn) -> None:
    panel = Panel.objects.select_related("call").get(pk=event.panel_id)
    waiting = Score.objects.filter(seat__panel=panel, state=ScoreState.OPEN)
    notify(
        at=event.at,
        kind=SCORING,
        title=lambda: _("Filings wait for your score: %(call)s") % {"call": panel.call},
        url=reverse("programmes:scoring"),
        once_key=f"scoring:{panel.pk}:{event.at:%Y%m%d%H%M}",
        person_ids=sorted(set(waiting.values_list("seat__expert_id", flat=True))),
    )


def _remind(event: UnitsReminded) -> None:
    call = Call.objects.select_related("revision").get(pk=event.call_id)
    last_day = days_of_stages(call)[event.stage].last_day
    stage = call.definition.stage(event.stage).title
    notify(
        at=event.at,
        kind=REMINDER,
        title=lambda: _("Still missing: %(stage)s of %(call)s") % {"stage": stage, "call": call},
        body=(lambda: _("It can be handed in until %(day)s.") % {"day": last_day}) if last_day else "",
        url=reverse("programmes:call", args=[call.pk]),
        once_key=f"remind:{call.pk}:{event.stage}:{local_date(event.at)}",
        organisation_ids=event.unit_ids,
    )


def _tell_desk(event: FilingSubmitted | FilingMoved) -> None:
    filing = _filing(event.filing_id)
    notify(
        at=event.at,
        kind=DESK,
        title=lambda: _("A filing waits for your opinion: %(filing)s") % {"filing": filing},
        url=reverse("programmes:filing", args=[filing.pk]),
        once_key=f"desk:{filing.pk}:{filing.revision_number}:{filing.position}",
        organisation_ids=[event.desk_id],
    )


def _tell_of_return(event: FilingReturned) -> None:
    filing = _filing(event.filing_id)
    notify(
        at=event.at,
        kind=ANSWER,
        title=lambda: _("Returned for mending: %(filing)s") % {"filing": filing},
        body=event.comment,
        url=reverse("programmes:filing", args=[filing.pk]),
        once_key=f"returned:{filing.pk}:{filing.revision_number}",
        organisation_ids=[filing.unit_id],
    )


def _tell_of_decision(event: FilingDecided) -> None:
    filing = _filing(event.filing_id)
    notify(
        at=event.at,
        kind=ANSWER,
        title=lambda: (
            (_("Approved: %(filing)s") if event.approved else _("Declined: %(filing)s")) % {"filing": filing}
        ),
        url=reverse("programmes:filing", args=[filing.pk]),
        once_key=f"decided:{filing.pk}:{filing.revision_number}",
        organisation_ids=[filing.unit_id],
    )


def _tell_of_notice(event: ChangeNoticeSubmitted) -> None:
    notice = _notice(event.notice_id)
    notify(
        at=event.at,
        kind=DESK,
        title=lambda: _("A change notice waits for your opinion: %(filing)s") % {"filing": notice.filing},
        url=reverse("programmes:notice", args=[notice.pk]),
        once_key=f"notice:{notice.pk}",
        organisation_ids=[event.desk_id],
    )


def _tell_of_notice_decided(event: ChangeNoticeDecided) -> None:
    notice = _notice(event.notice_id)
    notify(
        at=event.at,
        kind=ANSWER,
        title=lambda: (
            (
                _("The change is accepted: %(filing)s")
                if event.approved
                else _("The change is not accepted: %(filing)s")
            )
            % {"filing": notice.filing}
        ),
        body=notice.comment,
        url=reverse("programmes:notice", args=[notice.pk]),
        once_key=f"notice-decided:{notice.pk}",
        organisation_ids=[notice.filing.unit_id],
    )


def _filing(pk: int) -> Filing:
    return _named.get(pk=pk)


@kept
def _named(pk: int) -> QuerySet[Filing]:
    rows = Filing.objects.select_related("call", "unit").filter(pk=pk)
    return rows.only("revision_number", "position", "call__title", "unit__name")


def _notice(pk: int) -> ChangeNotice:
    return ChangeNotice.objects.select_related("filing__call", "filing__unit").get(pk=pk)
