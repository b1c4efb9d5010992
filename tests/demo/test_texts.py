"""Catalogue titles, contributions and remarks are complete and readable."""

from collections import Counter

import pytest

from lianxue.demo.network import read_network
from lianxue.demo.remarks import read_remarks
from lianxue.demo.titles import (
    SampleContribution,
    Title,
    read_categories,
    read_contributions,
    read_titles,
)

KINDS = {"book", "disc", "other", "online"}  # S0-52, S0-05


def test_categories_are_a_tree_of_two_levels() -> None:
    categories = read_categories()
    tops = [c.code for c in categories if c.parent is None]
    assert tops == ["civic", "skills", "health", "arts", "local"]
    assert {c.parent for c in categories if c.parent} == set(tops)
    assert len({c.code for c in categories}) == len(categories)
    assert all(c.name and c.name_en for c in categories)


def test_there_are_titles_of_every_kind_and_in_every_category() -> None:
    titles = read_titles()
    assert len(titles) == 68
    assert {t.kind for t in titles} == KINDS
    assert {t.category for t in titles} == {c.code for c in read_categories() if c.parent}
    assert len({t.title for t in titles}) == len(titles)
    assert [t.code for t in titles] == [f"T{number:03d}" for number in range(1, 69)]


@pytest.mark.parametrize("title", read_titles(), ids=lambda t: t.code)
def test_a_title_is_complete(title: Title) -> None:
    assert 60 <= len(title.description) <= 150
    assert title.publisher.endswith("（示例）")
    assert 2018 <= title.year <= 2025
    assert len(title.keywords) >= 3
    assert title.audience
    assert title.creator
    assert bool(title.online_url) == (title.kind == "online")


def test_titles_are_delivered_by_suppliers() -> None:
    suppliers = {o.code for o in read_network() if o.kind == "supplier"}
    assert {t.supplier for t in read_titles()} == suppliers
    # Each of them has something to pack in the rounds: what is only on line goes in no parcel.
    assert {t.supplier for t in [t for t in read_titles() if t.kind != "online"][8:22]} == suppliers


@pytest.mark.parametrize("contribution", read_contributions(), ids=lambda c: c.title)
def test_a_contribution_is_complete(contribution: SampleContribution) -> None:
    assert contribution.kind in KINDS
    assert contribution.category in {c.code for c in read_categories() if c.parent}
    assert contribution.point_kind in {"community_school", "elder_branch", "care_learning_point"}
    assert 40 <= len(contribution.description) <= 150
    assert (contribution.copies_offered == 0) == (contribution.kind == "online")
    assert bool(contribution.online_url) == (contribution.kind == "online")


def test_every_kind_of_point_contributes() -> None:
    contributions = read_contributions()
    assert Counter(c.point_kind for c in contributions) == {
        "community_school": 15,
        "elder_branch": 6,
        "care_learning_point": 4,
    }


def test_there_are_enough_remarks_and_none_twice() -> None:
    remarks = read_remarks()
    assert len(remarks.needs) == 30
    assert {n.audience for n in remarks.needs} == {"teacher", "learner"}
    assert len(remarks.effect_reports) == 20
    assert len(remarks.corner_locations) == 20
    receipts = remarks.received_in_order + remarks.received_short + remarks.received_damaged
    assert len(receipts) == 20
    for sentences in (
        remarks.accepted,
        remarks.returned,
        remarks.rejected,
        remarks.adjusted,
        remarks.dispatched,
        receipts,
        remarks.corner_locations,
        tuple(n.note for n in remarks.needs),
        tuple(r.effects for r in remarks.effect_reports),
    ):
        assert len(set(sentences)) == len(sentences)
        assert all(sentences)
