"""The addresses of the catalogue and of contributions."""

from django.core.files.base import ContentFile

from lianxue.kernel.models import StoredFile
from lianxue.kernel.pages.listing import XLSX
from lianxue.orgs.public import Organisation
from lianxue.resources.enums import ContributionState
from lianxue.resources.models import CatalogueEntry, Contribution
from lianxue.resources.operations import add_entry, save_contribution, withdraw_entry
from tests.factories.orgs import AT, PLATFORM
from tests.factories.resources import (
    COMPLETE_OFFER,
    make_category,
    make_contribution,
    make_description,
    make_picture,
)
from tests.walk.world import (
    AUDITOR,
    COLLEGE,
    EVERYBODY,
    MEMBERS,
    OFFICE,
    POINT,
    REVIEWER,
    UNIVERSITY,
    Address,
    Kwargs,
    World,
)

WRITERS = frozenset({POINT, COLLEGE, UNIVERSITY})
REVIEWERS = frozenset({OFFICE, REVIEWER})
OFFICE_READERS = REVIEWERS | {AUDITOR}


def _accepted(world: World, organisation: Organisation) -> Contribution:
    def make() -> Contribution:
        author = world.network.actor(organisation)
        draft = save_contribution(
            actor=author,
            at=AT,
            description=make_description(f"{organisation}的封面"),
            offer=COMPLETE_OFFER,
            new_cover=make_picture(),
        )
        row = make_contribution(world.network, ContributionState.ACCEPTED, organisation=organisation)
        Contribution.objects.filter(pk=row.pk).update(cover=draft.cover)
        return row

    return world.once(f"accepted of {organisation.pk}", make)


def _draft(world: World, organisation: Organisation) -> Contribution:
    return world.once(
        f"draft of {organisation.pk}",
        lambda: make_contribution(world.network, organisation=organisation, title="草稿"),
    )


def contribution(world: World, role: str, own: bool) -> Kwargs | None:
    """Return a contribution that was sent in from the role's area, or one from elsewhere or not sent in."""
    point = world.point(role, own=own)
    if point is None:
        return {"pk": _draft(world, world.network.points[0]).pk}
    return {"pk": _accepted(world, point).pk}


def draft(world: World, role: str, own: bool) -> Kwargs | None:
    """Return a draft of the role's own organisation, or of another one, be it below."""
    network = world.network
    if own and role in WRITERS:
        return {"pk": _draft(world, world.organisation_of(role)).pk}
    return {"pk": _draft(world, network.points[3] if role == POINT else network.points[0]).pk}


def to_review(world: World, _role: str, own: bool) -> Kwargs | None:
    network = world.network
    row = world.once(
        "to review", lambda: make_contribution(network, ContributionState.COLLATED, title="待审核")
    )
    return {"pk": row.pk} if own else {"pk": _draft(world, network.points[0]).pk}


def queue(world: World, role: str, own: bool) -> Kwargs | None:
    """Make sure that something waits at the desk, so that it leads there."""
    to_review(world, role, own)
    return {} if own else None


def entry(world: World, role: str, own: bool) -> Kwargs | None:
    """Return a published entry, or a withdrawn one that came from somewhere else."""

    def make() -> CatalogueEntry:
        return add_entry(
            actor=PLATFORM,
            at=AT,
            description=make_description("目录条目"),
            provider=world.network.supplier,
            new_cover=make_picture(),
        )

    if own:
        return {"code": world.once("entry", make).code}
    if role in OFFICE_READERS:
        return None
    gone = world.once(
        "withdrawn entry",
        lambda: withdraw_entry(actor=world.actor(OFFICE), at=AT, entry=make(), reason="到期"),
    )
    return {"code": gone.code}


def kept_entry(world: World, role: str, own: bool) -> Kwargs | None:
    return entry(world, role, own) if own else None


def entry_to_withdraw(world: World, role: str, own: bool) -> Kwargs | None:
    return {**(entry(world, role, True) or {}), "verb": "withdraw"} if own else None


def category(world: World, _role: str, own: bool) -> Kwargs | None:
    return {"code": world.once("category", make_category).code} if own else None


def marked_table(world: World, role: str, own: bool) -> Kwargs | None:
    """Return a table that the role itself sent in, or that somebody else did."""
    sender = role if own and role in MEMBERS else (POINT if role == COLLEGE else COLLEGE)

    def make() -> StoredFile:
        stored = StoredFile(
            original_name="资源.xlsx",
            media_type=XLSX,
            size=2,
            sha256="0" * 64,
            created_at=AT,
            created_by_id=world.actor(sender).person_id,
        )
        stored.file.save("resources.xlsx", ContentFile(b"PK"))
        return stored

    return {"pk": world.once(f"marked table of resources of {sender}", make).pk}


ADDRESSES = {
    "resources:catalogue": Address(opens_to=MEMBERS),
    "resources:entry": Address(opens_to=MEMBERS, example=entry),
    "resources:entry-cover": Address(opens_to=EVERYBODY, example=entry),
    "resources:entry-cover-small": Address(opens_to=EVERYBODY, example=entry),
    "resources:entry-add": Address(opens_to=REVIEWERS),
    "resources:entry-edit": Address(opens_to=REVIEWERS, example=kept_entry),
    "resources:entry-state": Address(opens_to=REVIEWERS, example=entry_to_withdraw),
    "resources:entry-import": Address(opens_to=REVIEWERS),
    "resources:entry-blank": Address(opens_to=REVIEWERS),
    "resources:categories": Address(opens_to=frozenset({OFFICE})),
    "resources:category-add": Address(opens_to=frozenset({OFFICE})),
    "resources:category": Address(opens_to=frozenset({OFFICE}), example=category),
    "resources:category-remove": Address(opens_to=frozenset({OFFICE}), example=category, answer=405),
    "resources:contributions": Address(opens_to=WRITERS | OFFICE_READERS),
    "resources:contribution-new": Address(opens_to=WRITERS),
    "resources:contribution-import": Address(opens_to=WRITERS),
    "resources:contribution-blank": Address(opens_to=WRITERS),
    "resources:contributions-submit": Address(opens_to=WRITERS, answer=405),
    "resources:contribution": Address(opens_to=WRITERS | OFFICE_READERS, example=contribution),
    "resources:contribution-cover": Address(opens_to=WRITERS | OFFICE_READERS, example=contribution),
    "resources:contribution-cover-small": Address(opens_to=WRITERS | OFFICE_READERS, example=contribution),
    "resources:contribution-edit": Address(opens_to=WRITERS, example=draft),
    "resources:contribution-submit": Address(opens_to=WRITERS, example=draft, answer=405, foreign_answer=405),
    "resources:contribution-discard": Address(
        opens_to=WRITERS, example=draft, answer=405, foreign_answer=405
    ),
    "resources:contribution-return": Address(opens_to=WRITERS, example=draft, answer=405, foreign_answer=405),
    "resources:collation": Address(opens_to=WRITERS),
    "resources:review": Address(opens_to=REVIEWERS, example=queue, answer=302),
    "resources:review-one": Address(opens_to=REVIEWERS, example=to_review),
    "resources:network": Address(opens_to=OFFICE_READERS | {COLLEGE, UNIVERSITY}),
    "resources:figures": Address(opens_to=OFFICE_READERS | {COLLEGE, UNIVERSITY}),
    "resources:marked-sheet": Address(opens_to=MEMBERS, example=marked_table),
}
