"""The catalogue: subject categories, titles with covers, and contributions in every state."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle

from django.conf import settings
from django.core.files.base import ContentFile

from lianxue.demo.cast import Cast
from lianxue.demo.pictures import CoverText, draw_cover, find_typefaces
from lianxue.demo.remarks import Remarks, read_remarks
from lianxue.demo.titles import SampleContribution, Title, read_categories, read_contributions, read_titles
from lianxue.resources.public import (
    CatalogueEntry,
    Category,
    Contribution,
    Description,
    Offer,
    ResourceKind,
    Verdict,
    add_entry,
    collate_contributions,
    return_contribution,
    review_contribution,
    save_category,
    save_contribution,
    submit_contribution,
)

Step = Callable[[str, int, int], None]

# Where the contributions of the demonstration stop, in turn.
FATES = (
    "accepted",
    "submitted",
    "collated",
    "accepted",
    "returned",
    "draft",
    "accepted",
    "rejected",
    "sent_back",
)


def build_categories(cast: Cast, *, at: datetime) -> dict[str, Category]:
    """Load the tree of subjects; return the categories by code."""
    office, made = cast.actor(cast.office), dict[str, Category]()
    for rank, one in enumerate(read_categories()):
        made[one.code] = save_category(
            actor=office,
            at=at,
            code=one.code,
            name=one.name,
            name_en=one.name_en,
            parent=made[one.parent] if one.parent else None,
            rank=rank,
        )
    return made


def build_entries(
    cast: Cast, categories: Mapping[str, Category], *, at: datetime, step: Step, covers: bool = True
) -> dict[str, CatalogueEntry]:
    """Put every title into the catalogue; return the entries by the code of the data file."""
    titles = read_titles()
    made: dict[str, CatalogueEntry] = {}
    for number, one in enumerate(titles, 1):
        made[one.code] = add_entry(
            actor=cast.actor(cast.office),
            at=at + timedelta(minutes=number),
            description=_description(one, categories),
            provider=cast.organisations[one.supplier],
            new_cover=_cover(one, categories) if covers else None,
        )
        step("Catalogue", number, len(titles))
    return made


def build_contributions(
    cast: Cast, categories: Mapping[str, Category], *, at: datetime, seed: int, step: Step
) -> None:
    """Let points contribute their own work over half a year before ``at``; each stops in one of all states."""
    contributions, fates = read_contributions(), cycle(FATES)
    play = _Contributing(cast, categories, random.Random(f"contributions {seed}"), read_remarks())
    for number, one in enumerate(contributions, 1):
        begun = at - timedelta(days=150 * (1 - number / len(contributions)) + 2)
        play.one(one, next(fates), begun)
        step("Contributions", number, len(contributions))


@dataclass(frozen=True)
class _Contributing:
    """Plays the way of one contribution after the other (S0-40)."""

    cast: Cast
    categories: Mapping[str, Category]
    chance: random.Random
    remarks: Remarks

    def one(self, one: SampleContribution, fate: str, begun: datetime) -> None:
        """Write one contribution and take it as far as ``fate`` says."""
        at_home = [p for p in self.cast.points if p.kind == one.point_kind]
        point = self.chance.choice(at_home or self.cast.points)
        author, college = self.cast.actor(point), self.cast.actor(self.cast.college_of(point))
        row = save_contribution(
            actor=author,
            at=begun,
            description=_description(one, self.categories),
            offer=Offer(
                copies_offered=one.copies_offered, rights_holder=one.rights_holder, rights_declared=True
            ),
            new_cover=_cover(one, self.categories),
        )
        if fate == "draft":
            return
        submit_contribution(actor=author, at=begun + timedelta(hours=2), contribution=row)
        if fate == "sent_back":
            reason = self.chance.choice(self.remarks.returned)
            return_contribution(
                actor=college, at=begun + timedelta(hours=20), contribution=row, reason=reason
            )
        if fate in {"submitted", "sent_back"}:
            return
        collate_contributions(actor=college, at=begun + timedelta(hours=24), contribution_ids=[row.pk])
        if fate != "collated":
            self._review(row, Verdict(fate), begun + timedelta(hours=46))

    def _review(self, row: Contribution, verdict: Verdict, at: datetime) -> None:
        reasons = {
            Verdict.ACCEPTED: self.remarks.accepted,
            Verdict.RETURNED: self.remarks.returned,
            Verdict.REJECTED: self.remarks.rejected,
        }
        review_contribution(
            actor=self.cast.reviewer,
            at=at,
            contribution=row,
            revision=1,
            verdict=verdict,
            reason=self.chance.choice(reasons[verdict]),
        )


def _description(one: Title | SampleContribution, categories: Mapping[str, Category]) -> Description:
    return Description(
        title=one.title,
        kind=ResourceKind(one.kind),
        creator=one.creator,
        publisher=one.publisher if isinstance(one, Title) else "",
        year=one.year,
        category=categories[one.category],
        audience=one.audience,
        description=one.description,
        keywords="、".join(one.keywords),
        online_url=one.online_url,
    )


def _cover(one: Title | SampleContribution, categories: Mapping[str, Category]) -> "ContentFile[bytes]":
    text = CoverText(
        title=one.title,
        kind=one.kind,
        category=one.category,
        category_name=categories[one.category].name,
        creator=one.creator,
        publisher=one.publisher if isinstance(one, Title) else "",
    )
    return ContentFile(draw_cover(text, find_typefaces(settings.FONT_DIRS)), name=f"{one.title}.jpg")
