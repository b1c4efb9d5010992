"""Official letters with their numbers, as tables; and what stands on each printed form, as plain values."""

from lianxue.documents.models.certificate import Certificate, SelectionCertificate
from lianxue.documents.models.counting import CountingList, CountingRow
from lianxue.documents.models.delivery import DeliveryLine, DeliveryNote
from lianxue.documents.models.effect_report import EffectReportPaper, Figure, PaperPicture
from lianxue.documents.models.labels import COMMON_GRIDS, Label, LabelGrid
from lianxue.documents.models.letter import Letter, LetterCode, LetterSeries, LetterWithdrawal
from lianxue.documents.models.letter_paper import LetterPaper
from lianxue.documents.models.packing import HandedParcel, PackingLine, PackingSum
from lianxue.documents.models.posters import DisplaySign, NeedPoster, OnlinePoster
from lianxue.documents.models.registers import IssueRegisterRow, LoanRegisterRow
from lianxue.documents.models.report_roll_up import (
    Quotation,
    ReportRollUp,
    RollUpUnit,
    UnitPoints,
    UnitQuotations,
)

__all__ = [
    "COMMON_GRIDS",
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
    "LetterCode",
    "LetterPaper",
    "LetterSeries",
    "LetterWithdrawal",
    "LoanRegisterRow",
    "NeedPoster",
    "OnlinePoster",
    "PackingLine",
    "PackingSum",
    "PaperPicture",
    "Quotation",
    "ReportRollUp",
    "RollUpUnit",
    "SelectionCertificate",
    "UnitPoints",
    "UnitQuotations",
]
