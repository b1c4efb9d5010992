"""What stands on each form: plain values, no tables. Who knows the facts fills them in; this feature prints them."""

from lianxue.documents.models.delivery import DeliveryLine, DeliveryNote
from lianxue.documents.models.effect_report import EffectReportPaper, Figure
from lianxue.documents.models.posters import DisplaySign, NeedPoster
from lianxue.documents.models.registers import IssueRegisterRow, LoanRegisterRow

__all__ = [
    "DeliveryLine",
    "DeliveryNote",
    "DisplaySign",
    "EffectReportPaper",
    "Figure",
    "IssueRegisterRow",
    "LoanRegisterRow",
    "NeedPoster",
]
