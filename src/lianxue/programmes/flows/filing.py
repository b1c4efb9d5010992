"""The way of a filing from desk to desk. Which desk is a row (``position``), not a state."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.days import local_date
from lianxue.kernel.flow import Condition, Flow, Step
from lianxue.programmes.enums import CallState, FilingState, NoticeState, PanelState, ScanState
from lianxue.programmes.models import ChangeNotice, Filing, FilingLetter, Opinion, Panel, Scan
from lianxue.programmes.queries.windows import is_stage_open
from lianxue.programmes.rules.filing import (
    DECIDES_NOTICE,
    FILLS_IN,
    JUDGES_SCAN,
    SITS_AT_DESK,
    SPOKE_LAST,
    WRITES_NOTICE,
)

DRAFT, SUBMITTED, RETURNED, APPROVED, DECLINED = FilingState.values


def _is_open(filing: Filing, at: datetime) -> bool:
    # What was returned may be handed in again after the window: the unit is not to blame for a slow desk.
    if filing.call.state != CallState.OPEN:
        return False
    return filing.state == RETURNED or is_stage_open(
        filing.call, filing.stage, filing.unit_id, local_date(at)
    )


def _has_no_opinion(filing: Filing, _at: datetime) -> bool:
    return not Opinion.objects.filter(
        revision__filing=filing, revision__number=filing.revision_number
    ).exists()


def _is_stamped(filing: Filing, _at: datetime) -> bool:
    if filing.form.scan != "required":
        return True
    counts = (ScanState.MATCHED, ScanState.CONFIRMED)
    return Scan.objects.filter(
        filing=filing, revision__number=filing.revision_number, state__in=counts
    ).exists()


def _has_no_letter(filing: Filing, _at: datetime) -> bool:
    rows = FilingLetter.objects.filter(opinion__revision__filing=filing, letter__withdrawal__isnull=True)
    return not rows.exists()


def _panel_is_done(filing: Filing, _at: datetime) -> bool:
    level = filing.level
    if level is None or level.panel is None:
        return True
    return Panel.objects.filter(
        call_id=filing.call_id, stage=filing.stage, level=level.key, state=PanelState.CLOSED
    ).exists()


STAGE_IS_OPEN = Condition(
    "stage_is_open",
    _is_open,
    _("This stage does not take filings now. Late filing needs the consent of the office."),
)
NO_OPINION_YET = Condition(
    "no_opinion_yet", _has_no_opinion, _("An opinion was given already; ask the desk to return it.")
)
IS_STAMPED = Condition(  # S1-47: the electronic table goes with the stamped scan
    "is_stamped", _is_stamped, _("The stamped scan of this revision is still missing.")
)
NO_LETTER_YET = Condition(
    "no_letter_yet", _has_no_letter, _("A letter about this decision was issued already.")
)
PANEL_IS_DONE = Condition("panel_is_done", _panel_is_done, _("The panel has not finished scoring."))


FILING_FLOW = Flow(
    "filing",
    states=FilingState.values,
    steps=[
        Step("save_answer", (DRAFT, RETURNED), None, FILLS_IN, _("Save"), tone="plain"),
        Step("submit_filing", (DRAFT, RETURNED), SUBMITTED, FILLS_IN, _("Hand in"), needs=(STAGE_IS_OPEN,)),
        Step(
            "take_back_filing",
            (SUBMITTED,),
            DRAFT,
            FILLS_IN,
            _("Take back to change it"),
            needs=(NO_OPINION_YET, STAGE_IS_OPEN),  # else it could not be handed in again
            tone="plain",
        ),
        Step("send_scan", (SUBMITTED,), None, FILLS_IN, _("Send the stamped scan")),
        Step("approve", (SUBMITTED,), None, SITS_AT_DESK, _("Agree"), needs=(IS_STAMPED, PANEL_IS_DONE)),
        Step("return", (SUBMITTED,), RETURNED, SITS_AT_DESK, _("Return for mending"), tone="plain"),
        Step(
            "decline",
            (SUBMITTED,),
            DECLINED,
            SITS_AT_DESK,
            _("Decline"),
            needs=(PANEL_IS_DONE,),
            tone="danger",
        ),
        Step(
            "issue_letter",
            (APPROVED, DECLINED),
            None,
            SPOKE_LAST,
            _("Issue a letter"),
            needs=(NO_LETTER_YET,),
            tone="plain",
        ),
        Step(
            "begin_notice", (APPROVED,), None, FILLS_IN, _("Give notice of a change"), tone="plain"
        ),  # S1-48
    ],
)


def _has_reason(notice: ChangeNotice, _at: datetime) -> bool:
    return bool(notice.reason.strip())


HAS_REASON = Condition("has_reason", _has_reason, _("Please say why it changes."))
NOTICE_DRAFT, NOTICE_SUBMITTED, NOTICE_APPROVED, NOTICE_DECLINED = NoticeState.values

NOTICE_FLOW = Flow(
    "change_notice",
    states=NoticeState.values,
    steps=[
        Step("save_notice", (NOTICE_DRAFT,), None, WRITES_NOTICE, _("Save"), tone="plain"),
        Step(
            "discard_notice", (NOTICE_DRAFT,), None, WRITES_NOTICE, _("Throw the draft away"), tone="danger"
        ),
        Step(
            "submit_notice",
            (NOTICE_DRAFT,),
            NOTICE_SUBMITTED,
            WRITES_NOTICE,
            _("Hand in the notice"),
            needs=(HAS_REASON,),
        ),
        Step("accept_notice", (NOTICE_SUBMITTED,), NOTICE_APPROVED, DECIDES_NOTICE, _("Accept")),
        Step(
            "decline_notice",
            (NOTICE_SUBMITTED,),
            NOTICE_DECLINED,
            DECIDES_NOTICE,
            _("Do not accept"),
            tone="danger",
        ),
    ],
)


def _is_of_what_lies_there(scan: Scan, _at: datetime) -> bool:
    # What was handed in anew since has another paper; its stamp is asked for again.
    return scan.filing.submitted_at is not None and scan.sent_at >= scan.filing.submitted_at


IS_OF_THIS_REVISION = Condition(
    "is_of_this_revision",
    _is_of_what_lies_there,
    _("This scan came before the form was handed in anew. The unit has to send the scan of the new one."),
)

SCAN_FLOW = Flow(
    "stamped_scan",
    states=ScanState.values,
    steps=[
        Step(
            "confirm_scan",
            (ScanState.UNREADABLE,),
            ScanState.CONFIRMED,
            JUDGES_SCAN,
            _("It is of this form"),
            needs=(IS_OF_THIS_REVISION,),
        ),
        Step(
            "refuse_scan",
            (ScanState.UNREADABLE,),
            ScanState.REFUSED,
            JUDGES_SCAN,
            _("Refuse this scan"),
            tone="danger",
        ),
    ],
)
