"""Catalogue entries and contributions for tests."""

from lianxue.orgs.public import Organisation, OrganisationKind
from lianxue.resources.enums import ResourceKind
from lianxue.resources.models import CatalogueEntry
from tests.factories.orgs import AT, make_organisation


def make_entry(
    title: str = "智能手机入门",
    kind: ResourceKind = ResourceKind.BOOK,
    provider: Organisation | None = None,
) -> CatalogueEntry:
    """Put a published entry into the catalogue; without ``provider`` it comes from one organisation made for it."""
    number = CatalogueEntry.objects.count() + 1
    return CatalogueEntry.objects.create(
        code=f"T{number:06d}", title=title, kind=kind, provider=provider or _some_provider(), published_at=AT
    )


def _some_provider() -> Organisation:
    code = "provider-of-entries"
    found = Organisation.objects.filter(code=code).first()
    return found or make_organisation(code, OrganisationKind.OTHER, name="资源提供单位")
