"""The addresses of organisations, people, one's own profile and the audit trail."""

from lianxue.kernel.models import AuditEntry, StoredFile
from lianxue.kernel.pages.listing import XLSX
from lianxue.orgs.models import Post
from lianxue.orgs.public import Actor, Role
from tests.factories.api import make_program
from tests.factories.orgs import AT
from tests.walk.world import (
    ADMINISTRATORS,
    AUDITOR,
    COLLEGE,
    DESK,
    EDUCATION,
    MEMBERS,
    OFFICE,
    OTHER_DISTRICT,
    POINT,
    SIGNED_IN,
    STREET,
    SUPPLIER,
    UNIVERSITY,
    Address,
    Kwargs,
    World,
)


def organisation(world: World, role: str, own: bool) -> Kwargs | None:
    if own:
        return {"pk": world.organisation_of(role).pk}
    if role == SUPPLIER:
        return {"pk": world.network.colleges[0].pk}
    point = world.point(role, own=False)
    return {"pk": point.pk} if point else None


def holder(world: World, role: str, own: bool) -> Actor | None:
    """Return somebody who holds a post in the role's charge, or outside it."""
    network = world.network
    if not own:
        point = world.point(role, own=False)
        return network.actor(point) if point else None
    if role in EDUCATION:
        education = world.education
        street = education.streets[2 if role == OTHER_DISTRICT else 0]
        return education.actor(street, Role.DESK_CLERK if role == STREET else Role.TIER_ADMIN)
    charges = {OFFICE: COLLEGE, COLLEGE: POINT, POINT: DESK}
    if role == UNIVERSITY:
        return network.actor(network.points[5])
    return world.actor(charges.get(role, POINT))


def person(world: World, role: str, own: bool) -> Kwargs | None:
    found = holder(world, role, own)
    return {"pk": found.person_id} if found else None


def post(world: World, role: str, own: bool) -> Kwargs | None:
    found = holder(world, role, own)
    return {"pk": Post.objects.get(pk=found.post_id).pk} if found else None


def marked_table(world: World, role: str, own: bool) -> Kwargs | None:
    """Return a table that the role itself sent in, or that somebody else did."""
    sender = role if own and role in ADMINISTRATORS else (POINT if role == COLLEGE else COLLEGE)

    def make() -> StoredFile:
        from django.core.files.base import ContentFile

        stored = StoredFile(
            original_name="单位.xlsx",
            media_type=XLSX,
            size=2,
            sha256="0" * 64,
            created_at=AT,
            created_by_id=world.actor(sender).person_id,
        )
        stored.file.save("table.xlsx", ContentFile(b"PK"))
        return stored

    return {"pk": world.once(f"marked table of {sender}", make).pk}


def entry(world: World, role: str, own: bool) -> Kwargs | None:
    return {"pk": AuditEntry.objects.latest("pk").pk} if own else None


def token(world: World, role: str, own: bool) -> Kwargs | None:
    owner = role if own and role in MEMBERS else (POINT if role == COLLEGE else COLLEGE)
    return {"pk": world.once(f"token of {owner}", lambda: make_program(world.actor(owner))).token.pk}


ADDRESSES = {
    "orgs:network": Address(opens_to=MEMBERS),
    "orgs:register": Address(opens_to=ADMINISTRATORS),
    "orgs:import": Address(opens_to=ADMINISTRATORS),
    "orgs:import-blank": Address(opens_to=ADMINISTRATORS),
    "orgs:import-marked": Address(opens_to=ADMINISTRATORS, example=marked_table),
    "orgs:organisation": Address(opens_to=MEMBERS, example=organisation),
    "orgs:change": Address(opens_to=ADMINISTRATORS, example=organisation),
    "orgs:people": Address(opens_to=ADMINISTRATORS),
    "orgs:register-person": Address(opens_to=ADMINISTRATORS),
    "orgs:appoint": Address(opens_to=ADMINISTRATORS),
    "orgs:person": Address(opens_to=ADMINISTRATORS, example=person),
    "orgs:reveal": Address(opens_to=SIGNED_IN, example=person, answer=405, foreign_answer=405),
    "orgs:renew-password": Address(opens_to=ADMINISTRATORS, example=person, answer=405, foreign_answer=405),
    "orgs:end-post": Address(opens_to=ADMINISTRATORS, example=post),
    "orgs:profile": Address(opens_to=SIGNED_IN),
    "orgs:preferences": Address(opens_to=SIGNED_IN, answer=405),
    "orgs:own-trail": Address(opens_to=SIGNED_IN),
    "orgs:choose-post": Address(opens_to=SIGNED_IN, answer=405),
    "orgs:tokens": Address(opens_to=MEMBERS),
    "orgs:token-new": Address(opens_to=MEMBERS, answer=302),  # one shows again who one is
    "orgs:token-revoke": Address(opens_to=MEMBERS, example=token, answer=405, foreign_answer=405),
    "orgs:audit": Address(opens_to=frozenset({AUDITOR})),
    "orgs:audit-entry": Address(opens_to=frozenset({AUDITOR}), example=entry),
}
