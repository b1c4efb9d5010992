"""What other features may use of programmes."""

from lianxue.programmes.enums import AwardKind, CallState, Decision, FilingState
from lianxue.programmes.errors import BadDefinitions, NotComplete
from lianxue.programmes.events import CallOpened, FilingDecided, FilingReturned, FilingSubmitted
from lianxue.programmes.models import Award, Call, Filing, FilingRevision, RosterEntry
from lianxue.programmes.models.definition import Definition, Fault, Place
from lianxue.programmes.models.definition.faults import nearest
from lianxue.programmes.models.definition.nodes import compose
from lianxue.programmes.models.definition.shaping import Shaper
from lianxue.programmes.operations.calls.moving import close_call, give_consent, open_call
from lianxue.programmes.operations.calls.prepare import Days, create_call, save_call
from lianxue.programmes.operations.desks.opinions import give_opinion, give_opinions
from lianxue.programmes.operations.filings.begin import begin_filing
from lianxue.programmes.operations.filings.save_answer import save_answer
from lianxue.programmes.operations.filings.submit import submit_filing
from lianxue.programmes.operations.notices.change_notice import (
    begin_notice,
    decide_notice,
    save_notice,
    submit_notice,
)
from lianxue.programmes.operations.products.awards import confer, withdraw_award
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
from lianxue.programmes.queries.units import areas_of, units_of
from lianxue.programmes.rules.checks import CHECKS
from lianxue.programmes.rules.seats import SEATS

__all__ = [
    "CHECKS",
    "SEATS",
    "Award",
    "AwardKind",
    "BadDefinitions",
    "Call",
    "CallOpened",
    "CallState",
    "Days",
    "Decision",
    "Definition",
    "Fault",
    "Filing",
    "FilingDecided",
    "FilingReturned",
    "FilingRevision",
    "FilingState",
    "FilingSubmitted",
    "Kept",
    "Loaded",
    "NotComplete",
    "Place",
    "RosterEntry",
    "Shaper",
    "areas_of",
    "begin_filing",
    "begin_notice",
    "close_call",
    "compose",
    "confer",
    "create_call",
    "decide_notice",
    "definition_directories",
    "definition_files",
    "give_consent",
    "give_opinion",
    "give_opinions",
    "latest_definition",
    "latest_definitions",
    "load_definitions",
    "masked_answers",
    "nearest",
    "open_call",
    "open_value",
    "opened_answers",
    "save_answer",
    "save_call",
    "save_notice",
    "submit_filing",
    "submit_notice",
    "units_of",
    "withdraw_award",
]
