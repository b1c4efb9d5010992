"""What other features may use of documents: values in, printed forms out."""

from lianxue.documents.enums import PrintedKind
from lianxue.documents.models import (
    COMMON_GRIDS,
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
from lianxue.documents.operations.certificate import selection_certificates
from lianxue.documents.operations.counting import counting_list
from lianxue.documents.operations.delivery import delivery_note, delivery_notes
from lianxue.documents.operations.effect_report import effect_report_docx, effect_report_pdf
from lianxue.documents.operations.labels import label_sheet
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
    "LoanRegisterRow",
    "NeedPoster",
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
    "counting_list",
    "delivery_note",
    "delivery_notes",
    "display_sign",
    "effect_report_docx",
    "effect_report_pdf",
    "handing_over_list",
    "issue_register",
    "label_sheet",
    "loan_register",
    "need_poster",
    "online_poster",
    "packing_list_by_parcel",
    "packing_list_by_title",
    "read_issue_register",
    "read_loan_register",
    "report_roll_up",
    "selection_certificates",
]
