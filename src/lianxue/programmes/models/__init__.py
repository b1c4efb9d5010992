"""Tables of programmes."""

from lianxue.programmes.models.archive import DossierLink, Evidence, Guidance
from lianxue.programmes.models.call import Call, DefinitionRevision, LateConsent, Window
from lianxue.programmes.models.filing import ChangeNotice, Filing, FilingFile, FilingRevision, Scan
from lianxue.programmes.models.opinion import Delegation, FilingLetter, Opinion
from lianxue.programmes.models.panel import Panel, PanelSeat, Score
from lianxue.programmes.models.product import Award, RosterEntry

__all__ = [
    "Award",
    "Call",
    "ChangeNotice",
    "DefinitionRevision",
    "Delegation",
    "DossierLink",
    "Evidence",
    "Filing",
    "FilingFile",
    "FilingLetter",
    "FilingRevision",
    "Guidance",
    "LateConsent",
    "Opinion",
    "Panel",
    "PanelSeat",
    "RosterEntry",
    "Scan",
    "Score",
    "Window",
]
