"""What other features, the command and the demonstration may use of distribution."""

from lianxue.distribution.enums import (
    AllocationState,
    Audience,
    Award,
    BatchState,
    ClaimState,
    DemandState,
    FeedbackState,
    LoanState,
    PlaceKind,
    ReportState,
    RoundState,
    Route,
    ShipmentState,
    TransferPurpose,
)
from lianxue.distribution.models import (
    Allocation,
    AllocationLine,
    Claim,
    DemandBatch,
    DemandLine,
    DemandRequest,
    DisplayCorner,
    DisplayPhoto,
    EffectReport,
    Feedback,
    Issue,
    Loan,
    Need,
    OnlineAccess,
    PointDoor,
    Receipt,
    ReceiptLine,
    Round,
    RoundTitle,
    Selection,
    Shipment,
    ShipmentLine,
    StockBalance,
    Transfer,
)
from lianxue.distribution.operations.allocation.commit_allocation import commit_allocation
from lianxue.distribution.operations.allocation.propose_allocation import propose_allocation
from lianxue.distribution.operations.claims.answer import answer_claim, decline_answer
from lianxue.distribution.operations.claims.settle import accept_answer, settle_claim
from lianxue.distribution.operations.demand.adjust_lines import LineChange, adjust_lines
from lianxue.distribution.operations.demand.carry_unmet import carry_unmet
from lianxue.distribution.operations.demand.copy_last_demand import copy_last_demand
from lianxue.distribution.operations.demand.give_late_consent import give_late_consent
from lianxue.distribution.operations.demand.leave_need import Wish, leave_need
from lianxue.distribution.operations.demand.open_point_door import open_point_door
from lianxue.distribution.operations.demand.remind_missing import remind_missing, send_due_reminders
from lianxue.distribution.operations.demand.remove_need import remove_need
from lianxue.distribution.operations.demand.return_batch import return_batch
from lianxue.distribution.operations.demand.return_demand import return_demand
from lianxue.distribution.operations.demand.save_demand import save_demand
from lianxue.distribution.operations.demand.state_learners import state_learners
from lianxue.distribution.operations.demand.submit_batch import submit_batch
from lianxue.distribution.operations.demand.submit_demand import submit_demand
from lianxue.distribution.operations.demand.take_back_demand import take_back_demand
from lianxue.distribution.operations.demand.take_over_demand import StatedLine, take_over_demand
from lianxue.distribution.operations.demand.take_over_wishes import take_over_wishes
from lianxue.distribution.operations.desk.anonymise import anonymise_borrowers
from lianxue.distribution.operations.desk.issue import issue, issue_to_class, undo_issue
from lianxue.distribution.operations.desk.lend import lend
from lianxue.distribution.operations.desk.renew_loan import renew_loan
from lianxue.distribution.operations.desk.reserve import cancel_reservation, lapse_reservations, reserve
from lianxue.distribution.operations.desk.return_loan import report_loss, return_loan
from lianxue.distribution.operations.desk.set_lending_terms import set_lending_terms
from lianxue.distribution.operations.desk.tell_overdue import tell_overdue_loans
from lianxue.distribution.operations.desk.undo_loan import undo_loan
from lianxue.distribution.operations.direct.hand_out import Portion, hand_out
from lianxue.distribution.operations.direct.prepare import choose_direct_titles, create_direct_round
from lianxue.distribution.operations.display.corner import refresh_corner, set_up_corner
from lianxue.distribution.operations.display.office_terms import remind_of_corners, set_office_terms
from lianxue.distribution.operations.display.photographs import add_display_photo
from lianxue.distribution.operations.display.place_on_display import place_on_display, take_off_display
from lianxue.distribution.operations.feedback.decide_feedback import set_feedback_aside, show_feedback
from lianxue.distribution.operations.feedback.leave_feedback import leave_feedback, write_feedback_down
from lianxue.distribution.operations.online.access import grant_access
from lianxue.distribution.operations.online.links import make_link, open_link
from lianxue.distribution.operations.reports.pictures import add_report_picture
from lianxue.distribution.operations.reports.save_effect_report import save_effect_report
from lianxue.distribution.operations.reports.submit_effect_report import (
    return_effect_report,
    submit_effect_report,
)
from lianxue.distribution.operations.rounds.add_titles import add_titles
from lianxue.distribution.operations.rounds.change_title import change_title
from lianxue.distribution.operations.rounds.close_round import close_round
from lianxue.distribution.operations.rounds.close_unmet import UnmetOutcome, close_unmet
from lianxue.distribution.operations.rounds.create_round import create_round
from lianxue.distribution.operations.rounds.edit_round import edit_round
from lianxue.distribution.operations.rounds.open_round import open_round
from lianxue.distribution.operations.rounds.remove_title import remove_title
from lianxue.distribution.operations.rounds.round_particulars import RoundDays
from lianxue.distribution.operations.rounds.round_titles import Offer as TitleOffer
from lianxue.distribution.operations.rounds.start_allocating import start_allocating
from lianxue.distribution.operations.selections.decide_selection import decide_selection
from lianxue.distribution.operations.selections.mark_candidates import Mark, follow_ranking, mark_candidates
from lianxue.distribution.operations.selections.publish_selection import publish_selection
from lianxue.distribution.operations.selections.rank_candidates import rank_candidates
from lianxue.distribution.operations.selections.save_selection import begin_selection, save_selection
from lianxue.distribution.operations.shipping.correct_receipt import correct_receipt
from lianxue.distribution.operations.shipping.dispatch import dispatch, dispatch_shipments
from lianxue.distribution.operations.shipping.pass_on import confirm_arrival, send_on
from lianxue.distribution.operations.shipping.receive import LotCount, receive
from lianxue.distribution.operations.stocktaking.begin import begin_stocktake
from lianxue.distribution.operations.stocktaking.count import LineCount, finish_counting, save_counts
from lianxue.distribution.operations.stocktaking.settle import settle_stocktake
from lianxue.distribution.operations.transfers.decide_transfer import agree_to_transfer, cancel_transfer
from lianxue.distribution.operations.transfers.receive_transfer import TransferCount, receive_transfer
from lianxue.distribution.operations.transfers.request_transfer import LotToMove, request_transfer
from lianxue.distribution.operations.transfers.send_transfer import send_transfer
from lianxue.distribution.queries.feedback import titles_to_judge
from lianxue.distribution.queries.ledger import check_ledger, retention_violations
from lianxue.distribution.queries.unmet import UnmetChoice, unmet_totals

__all__ = [
    "Allocation",
    "AllocationLine",
    "AllocationState",
    "Audience",
    "Award",
    "BatchState",
    "Claim",
    "ClaimState",
    "DemandBatch",
    "DemandLine",
    "DemandRequest",
    "DemandState",
    "DisplayCorner",
    "DisplayPhoto",
    "EffectReport",
    "Feedback",
    "FeedbackState",
    "Issue",
    "LineChange",
    "LineCount",
    "Loan",
    "LoanState",
    "LotCount",
    "LotToMove",
    "Mark",
    "Need",
    "OnlineAccess",
    "PlaceKind",
    "PointDoor",
    "Portion",
    "Receipt",
    "ReceiptLine",
    "ReportState",
    "Round",
    "RoundDays",
    "RoundState",
    "RoundTitle",
    "Route",
    "Selection",
    "Shipment",
    "ShipmentLine",
    "ShipmentState",
    "StatedLine",
    "StockBalance",
    "TitleOffer",
    "Transfer",
    "TransferCount",
    "TransferPurpose",
    "UnmetChoice",
    "UnmetOutcome",
    "Wish",
    "accept_answer",
    "add_display_photo",
    "add_report_picture",
    "add_titles",
    "adjust_lines",
    "agree_to_transfer",
    "anonymise_borrowers",
    "answer_claim",
    "begin_selection",
    "begin_stocktake",
    "cancel_reservation",
    "cancel_transfer",
    "carry_unmet",
    "change_title",
    "check_ledger",
    "choose_direct_titles",
    "close_round",
    "close_unmet",
    "commit_allocation",
    "confirm_arrival",
    "copy_last_demand",
    "correct_receipt",
    "create_direct_round",
    "create_round",
    "decide_selection",
    "decline_answer",
    "dispatch",
    "dispatch_shipments",
    "edit_round",
    "finish_counting",
    "follow_ranking",
    "give_late_consent",
    "grant_access",
    "hand_out",
    "issue",
    "issue_to_class",
    "lapse_reservations",
    "leave_feedback",
    "leave_need",
    "lend",
    "make_link",
    "mark_candidates",
    "open_link",
    "open_point_door",
    "open_round",
    "place_on_display",
    "propose_allocation",
    "publish_selection",
    "rank_candidates",
    "receive",
    "receive_transfer",
    "refresh_corner",
    "remind_missing",
    "remind_of_corners",
    "remove_need",
    "remove_title",
    "renew_loan",
    "report_loss",
    "request_transfer",
    "reserve",
    "retention_violations",
    "return_batch",
    "return_demand",
    "return_effect_report",
    "return_loan",
    "save_counts",
    "save_demand",
    "save_effect_report",
    "save_selection",
    "send_due_reminders",
    "send_on",
    "send_transfer",
    "set_feedback_aside",
    "set_lending_terms",
    "set_office_terms",
    "set_up_corner",
    "settle_claim",
    "settle_stocktake",
    "show_feedback",
    "start_allocating",
    "state_learners",
    "submit_batch",
    "submit_demand",
    "submit_effect_report",
    "take_back_demand",
    "take_off_display",
    "take_over_demand",
    "take_over_wishes",
    "tell_overdue_loans",
    "titles_to_judge",
    "undo_issue",
    "undo_loan",
    "unmet_totals",
    "write_feedback_down",
]
