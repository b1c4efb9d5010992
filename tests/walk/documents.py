"""The addresses of documents."""

from lianxue.documents.models import Letter, LetterCode
from lianxue.documents.public import LetterKind, issue_letter, set_letter_code
from tests.factories.orgs import AT
from tests.walk.world import ADMINISTRATORS, COLLEGE, OFFICE, Address, Kwargs, World

CODES = {OFFICE: "沪学指办", COLLEGE: "黄社院"}


def letter(world: World, role: str, own: bool) -> Kwargs | None:
    """Return a letter of the role's own organisation, or one of another that is not addressed to it."""
    issuer = role if own and role in ADMINISTRATORS else (OFFICE if role != OFFICE else COLLEGE)

    def make() -> Letter:
        actor = world.actor(issuer)
        if not LetterCode.objects.filter(organisation_id=actor.organisation_id).exists():
            words = CODES.get(issuer) or f"号{'甲乙丙丁戊己庚辛'[LetterCode.objects.count()]}"
            set_letter_code(actor=actor, at=AT, words=words)
        return issue_letter(actor=actor, at=AT, kind=LetterKind.NOTICE, title="通知", body="正文")

    return {"pk": world.once(f"letter of {issuer}", make).pk}


ADDRESSES = {
    "documents:letters": Address(opens_to=ADMINISTRATORS),
    "documents:new-letter": Address(opens_to=ADMINISTRATORS, answer=302),
    "documents:codes": Address(opens_to=ADMINISTRATORS),
    "documents:letter": Address(opens_to=ADMINISTRATORS, example=letter),
    "documents:letter-pdf": Address(opens_to=ADMINISTRATORS, example=letter),
    "documents:letter-docx": Address(opens_to=ADMINISTRATORS, example=letter),
    "documents:withdraw-letter": Address(opens_to=ADMINISTRATORS, example=letter),
}
