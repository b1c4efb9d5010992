"""What other features may use of programmes."""

from lianxue.programmes.enums import (
    AwardKind,
    CallState,
    Decision,
    FilingState,
    GuidanceWay,
    NoticeState,
    PanelState,
    ScoreState,
)
from lianxue.programmes.errors import BadDefinitions, NotComplete
from lianxue.programmes.events import CallOpened, FilingDecided, FilingReturned, FilingSubmitted
from lianxue.programmes.models import (
    Award,
    Call,
    ChangeNotice,
    Evidence,
    Filing,
    FilingRevision,
    Guidance,
    LateConsent,
    Opinion,
    Panel,
    RosterEntry,
    Scan,
    Score,
)
from lianxue.programmes.models.definition import Definition, Fault, Place
from lianxue.programmes.models.definition.faults import nearest
from lianxue.programmes.models.definition.nodes import compose
from lianxue.programmes.models.definition.shaping import Shaper
from lianxue.programmes.operations.archive.evidence import add_evidence
from lianxue.programmes.operations.archive.guidance import log_guidance
from lianxue.programmes.operations.calls.moving import close_call, give_consent, open_call
from lianxue.programmes.operations.calls.prepare import Days, create_call, save_call
from lianxue.programmes.operations.desks.opinions import give_opinion, give_opinions
from lianxue.programmes.operations.filings.begin import begin_filing
from lianxue.programmes.operations.filings.putting import Written
from lianxue.programmes.operations.filings.revisions import is_unchanged
from lianxue.programmes.operations.filings.save_answer import save_answer, save_answers
from lianxue.programmes.operations.filings.scans import send_scan
from lianxue.programmes.operations.filings.submit import submit_filing
from lianxue.programmes.operations.letters.decision_letter import (
    issue_decision_letter,
    issue_decision_letters,
)
from lianxue.programmes.operations.notices.change_notice import (
    begin_notice,
    decide_notice,
    save_notice,
    submit_notice,
)
from lianxue.programmes.operations.panels.draw import draw_panel
from lianxue.programmes.operations.panels.score import (
    begin_scoring,
    close_panel,
    declare_conflict,
    give_score,
)
from lianxue.programmes.operations.products.awards import confer, withdraw_award
from lianxue.programmes.queries.beginnings import BEGINNINGS, Beginning
from lianxue.programmes.queries.definitions import (
    Kept,
    Loaded,
    definition_directories,
    definition_files,
    latest_definition,
    latest_definitions,
    load_definitions,
)
from lianxue.programmes.queries.opening import masked_answers, open_value, opened_answers
from lianxue.programmes.queries.ranking import Ranked, panel_rule, ranking
from lianxue.programmes.queries.units import areas_of, units_of
from lianxue.programmes.rules.checks import CHECKS
from lianxue.programmes.rules.seats import SEATS

__all__ = [
    "BEGINNINGS",
    "CHECKS",
    "SEATS",
    "Award",
    "AwardKind",
    "BadDefinitions",
    "Beginning",
    "Call",
    "CallOpened",
    "CallState",
    "ChangeNotice",
    "Days",
    "Decision",
    "Definition",
    "Evidence",
    "Fault",
    "Filing",
    "FilingDecided",
    "FilingReturned",
    "FilingRevision",
    "FilingState",
    "FilingSubmitted",
    "Guidance",
    "GuidanceWay",
    "Kept",
    "LateConsent",
    "Loaded",
    "NotComplete",
    "NoticeState",
    "Opinion",
    "Panel",
    "PanelState",
    "Place",
    "Ranked",
    "RosterEntry",
    "Scan",
    "Score",
    "ScoreState",
    "Shaper",
    "Written",
    "add_evidence",
    "areas_of",
    "begin_filing",
    "begin_notice",
    "begin_scoring",
    "close_call",
    "close_panel",
    "compose",
    "confer",
    "create_call",
    "decide_notice",
    "declare_conflict",
    "definition_directories",
    "definition_files",
    "draw_panel",
    "give_consent",
    "give_opinion",
    "give_opinions",
    "give_score",
    "is_unchanged",
    "issue_decision_letter",
    "issue_decision_letters",
    "latest_definition",
    "latest_definitions",
    "load_definitions",
    "log_guidance",
    "masked_answers",
    "nearest",
    "open_call",
    "open_value",
    "opened_answers",
    "panel_rule",
    "ranking",
    "save_answer",
    "save_answers",
    "save_call",
    "save_notice",
    "send_scan",
    "submit_filing",
    "submit_notice",
    "units_of",
    "withdraw_award",
]
