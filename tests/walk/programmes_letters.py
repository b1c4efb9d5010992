"""The addresses of dossiers in one volume, and of letters about decisions."""

from tests.walk.programmes_archive import a_dossier, a_link_in_hand
from tests.walk.programmes_office import _pressed, a_call, nothing
from tests.walk.world import ADMINISTRATORS, EDUCATION, EVERYBODY, Address

ADDRESSES = {
    "programmes:dossier-pdf": Address(opens_to=EDUCATION, example=a_dossier),
    "programmes:dossier-open-pdf": Address(opens_to=EVERYBODY, example=a_link_in_hand),
    "programmes:call-letters": _pressed(ADMINISTRATORS, a_call()),
    "programmes:filing-letter": _pressed(ADMINISTRATORS, nothing),
}
