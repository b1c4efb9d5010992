"""Catalogue entries and contributions for tests, made through the same operations as the real ones."""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from lianxue.orgs.public import Organisation, OrganisationKind
from lianxue.resources.enums import ContributionState, ResourceKind, Verdict
from lianxue.resources.models import CatalogueEntry, Category, Contribution
from lianxue.resources.operations import (
    Description,
    Offer,
    add_entry,
    collate_contributions,
    review_contribution,
    save_category,
    save_contribution,
    submit_contribution,
)
from tests.factories.orgs import AT, PLATFORM, Network, make_organisation


def make_entry(
    title: str = "智能手机入门",
    kind: ResourceKind = ResourceKind.BOOK,
    provider: Organisation | None = None,
    **description: Any,
) -> CatalogueEntry:
    """Put a published entry into the catalogue; without ``provider`` it comes from one organisation made for it."""
    return add_entry(
        actor=PLATFORM,
        at=AT,
        description=Description(title=title, kind=kind, **description),
        provider=provider or _some_provider(),
    )


def _some_provider() -> Organisation:
    code = "provider-of-entries"
    found = Organisation.objects.filter(code=code).first()
    return found or make_organisation(code, OrganisationKind.OTHER, name="资源提供单位")


def make_category(code: str = "skills", name: str = "智能技术", parent: Category | None = None) -> Category:
    """Return the category ``code``, made when there is none."""
    found = Category.objects.filter(code=code).first()
    return found or save_category(
        actor=PLATFORM, at=AT, code=code, name=name, name_en=code.title(), parent=parent
    )


def make_description(title: str = "弄堂里的童谣", **values: Any) -> Description:
    """Return a description with everything that sending in needs."""
    given: dict[str, Any] = {
        "kind": ResourceKind.BOOK,
        "creator": "社区课程组",
        "description": "收集整理本街道老人口述的童谣二十首。",
        "audience": "社区居民",
        "keywords": "童谣、口述",
        "category": make_category(),
    }
    return Description(title=title, **{**given, **values})


COMPLETE_OFFER = Offer(copies_offered=20, rights_holder="本校", rights_declared=True)


def make_contribution(
    network: Network,
    state: ContributionState = ContributionState.DRAFT,
    *,
    organisation: Organisation | None = None,
    title: str = "弄堂里的童谣",
    offer: Offer = COMPLETE_OFFER,
    **description: Any,
) -> Contribution:
    """Write a contribution of ``organisation`` (the first point when None) and lead it to ``state``."""
    organisation = organisation or network.points[0]
    author = network.actor(organisation)
    row = save_contribution(
        actor=author, at=AT, description=make_description(title, **description), offer=offer
    )
    if state != ContributionState.DRAFT:
        submit_contribution(actor=author, at=AT, contribution=row)
    if state not in (ContributionState.DRAFT, ContributionState.SUBMITTED):
        _lead_on(network, row, state)
    row.refresh_from_db()
    return row


def _lead_on(network: Network, row: Contribution, state: ContributionState) -> None:
    row.refresh_from_db()
    if row.state == ContributionState.SUBMITTED:
        college = next(one for one in [*network.colleges, network.elder_university] if _is_above(one, row))
        collate_contributions(actor=network.actor(college), at=AT, contribution_ids=[row.pk])
    if state in Verdict.values and state != ContributionState.COLLATED:
        review_contribution(
            actor=network.office_admin,
            at=AT,
            contribution=row,
            revision=1,
            verdict=Verdict(state),
            reason="内容扎实，可供全市选订。",
        )


def _is_above(college: Organisation, row: Contribution) -> bool:
    return row.organisation.places.filter(superior=college).exists()


def make_picture(width: int = 300, height: int = 420) -> "ContentFile[bytes]":
    """Return an upload that is a real picture of the given size in pixels."""
    target = BytesIO()
    Image.new("RGB", (width, height), "teal").save(target, "PNG")
    return ContentFile(target.getvalue(), name="封面.png")
