"""What other features may use of documents: printed forms, and letters with their numbers."""

from lianxue.documents.enums import LetterKind, PrintedKind
from lianxue.documents.errors import BadLetter, LetterWithdrawn, NoLetterCode
from lianxue.documents.models import (
    COMMON_GRIDS,
    Certificate,
    CountingList,
    CountingRow,
    DeliveryLine,
    DeliveryNote,
    DisplaySign,
    EffectReportPaper,
    Figure,
    HandedParcel,
    IssueRegisterRow,
    Label,
    LabelGrid,
    Letter,
    LetterPaper,
    LoanRegisterRow,
    NeedPoster,
    OnlinePoster,
    PackingLine,
    PackingSum,
    PaperPicture,
    Quotation,
    ReportRollUp,
    RollUpUnit,
    SelectionCertificate,
    UnitPoints,
    UnitQuotations,
)
from lianxue.documents.operations.certificate import certificates_pdf, selection_certificates
from lianxue.documents.operations.counting import counting_list
from lianxue.documents.operations.delivery import delivery_note, delivery_notes
from lianxue.documents.operations.effect_report import effect_report_docx, effect_report_pdf
from lianxue.documents.operations.labels import label_sheet
from lianxue.documents.operations.letters.issue_letter import issue_letter
from lianxue.documents.operations.letters.letter_paper import letter_docx, letter_pdf, paper_of
from lianxue.documents.operations.letters.set_letter_code import set_letter_code
from lianxue.documents.operations.letters.withdraw_letter import withdraw_letter
from lianxue.documents.operations.packing import (
    handing_over_list,
    packing_list_by_parcel,
    packing_list_by_title,
)
from lianxue.documents.operations.posters import display_sign, need_poster, online_poster
from lianxue.documents.operations.register_reading import read_issue_register, read_loan_register
from lianxue.documents.operations.registers import ANONYMOUS, issue_register, loan_register
from lianxue.documents.operations.report_roll_up import report_roll_up

__all__ = [
    "ANONYMOUS",
    "COMMON_GRIDS",
    "BadLetter",
    "Certificate",
    "CountingList",
    "CountingRow",
    "DeliveryLine",
    "DeliveryNote",
    "DisplaySign",
    "EffectReportPaper",
    "Figure",
    "HandedParcel",
    "IssueRegisterRow",
    "Label",
    "LabelGrid",
    "Letter",
    "LetterKind",
    "LetterPaper",
    "LetterWithdrawn",
    "LoanRegisterRow",
    "NeedPoster",
    "NoLetterCode",
    "OnlinePoster",
    "PackingLine",
    "PackingSum",
    "PaperPicture",
    "PrintedKind",
    "Quotation",
    "ReportRollUp",
    "RollUpUnit",
    "SelectionCertificate",
    "UnitPoints",
    "UnitQuotations",
    "certificates_pdf",
    "counting_list",
    "delivery_note",
    "delivery_notes",
    "display_sign",
    "effect_report_docx",
    "effect_report_pdf",
    "handing_over_list",
    "issue_letter",
    "issue_register",
    "label_sheet",
    "letter_docx",
    "letter_pdf",
    "loan_register",
    "need_poster",
    "online_poster",
    "packing_list_by_parcel",
    "packing_list_by_title",
    "paper_of",
    "read_issue_register",
    "read_loan_register",
    "report_roll_up",
    "selection_certificates",
    "set_letter_code",
    "withdraw_letter",
]
