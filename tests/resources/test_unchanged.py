"""Counts and pages of a search that are kept while the catalogue does not change: never old, never somebody else's."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.orgs import AT, Network, client_for, small_network
from tests.factories.resources import make_category, make_entry

from lianxue.orgs.models import Division, Organisation
from lianxue.orgs.public import Actor
from lianxue.resources.models import CatalogueEntry
from lianxue.resources.operations import withdraw_entry
from lianxue.resources.queries import catalogue
from lianxue.resources.queries.asked import Search
from lianxue.resources.queries.catalogue import search_catalogue
from lianxue.resources.queries.unchanged import Unchanged, catalogue_mark

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return small_network()


def seen(actor: Actor, **asked: str) -> tuple[list[str], int, dict[str, dict[str, int]]]:
    """Return the titles of the first page, how many there are, and the counts of all facets."""
    result = search_catalogue(actor, Search(**asked))
    counts = {facet.key: {one.value: one.count for one in facet.choices} for facet in result.facets}
    return [entry.title for entry in result.windows[0:24]], result.total, counts


def test_every_change_of_an_entry_shows_at_once(network: Network) -> None:
    actor = network.actor(network.points[0])
    arts = make_category("arts", "书画")
    assert seen(actor, text="太极")[:2] == ([], 0)
    entry = make_entry("太极拳入门")
    assert seen(actor, text="太极")[:2] == (["太极拳入门"], 1)
    entry.year, entry.category = 2025, arts
    entry.save()
    assert seen(actor, text="太极")[2]["year"] == {"2025": 1}
    assert seen(actor, text="太极")[2]["category"] == {"arts": 1}
    CatalogueEntry.objects.filter(pk=entry.pk).update(year=2024)
    assert seen(actor, text="太极")[2]["year"] == {"2024": 1}
    withdraw_entry(actor=network.office_admin, at=AT, entry=entry, reason="到期")
    assert seen(actor, text="太极")[:2] == ([], 0)


def test_the_same_search_is_counted_once(network: Network) -> None:
    one, other = network.actor(network.points[0]), network.actor(network.points[1])
    make_entry("太极拳入门")
    seen(one, text="太极")

    def statements(actor: Actor) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            seen(actor, text="太极")
        return [query["sql"] for query in captured if "GROUPING SETS" in query["sql"]]

    assert statements(one) == statements(other) == []
    make_entry("太极剑")
    assert len(statements(one)) == 1


def test_nobody_gets_what_another_may_see(network: Network) -> None:
    point, other = network.points[0], network.points[1]
    make_entry("太极拳入门", provider=point)
    withdrawn = make_entry("太极剑", provider=point)
    withdraw_entry(actor=network.office_admin, at=AT, entry=withdrawn, reason="到期")
    for _twice in range(2):
        asked = {"text": "太极", "state": "withdrawn"}
        assert seen(network.actor(point), **asked)[:2] == (["太极剑"], 1)
        assert seen(network.office_admin, **asked)[:2] == (["太极剑"], 1)
        assert seen(network.actor(other), **asked)[:2] == ([], 0)
        assert seen(network.actor(other), text="太极")[2]["state"] == {"published": 1}
        assert seen(network.actor(point), text="太极")[2]["state"] == {"published": 1, "withdrawn": 1}


def test_a_provider_that_moves_takes_its_entries_along(network: Network) -> None:
    Division.objects.create(code="310000000000", name="上海市", level=1)
    for code in ("310101000000", "310106000000"):
        Division.objects.create(code=code, name=code[:6], level=2, parent_id="310000000000")
    actor, point = network.actor(network.points[1]), network.points[0]
    Organisation.objects.filter(pk=point.pk).update(division_id="310101000000")
    make_entry("太极拳入门", provider=point)
    assert seen(actor, text="太极")[2]["district"] == {"310101": 1}
    assert seen(actor, text="太极", district="310101")[1] == 1
    Organisation.objects.filter(pk=point.pk).update(division_id="310106000000")
    assert seen(actor, text="太极")[2]["district"] == {"310106": 1}
    assert seen(actor, text="太极", district="310101")[1] == 0


def test_a_change_that_is_rolled_back_leaves_nothing(network: Network) -> None:
    actor = network.actor(network.points[0])
    before = catalogue_mark()
    with transaction.atomic():
        make_entry("太极拳入门")
        assert seen(actor, text="太极")[1] == 1
        transaction.set_rollback(True)
    assert catalogue_mark() == before
    assert seen(actor, text="太极")[:2] == ([], 0)


def test_each_page_is_the_same_as_in_one_long_list(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    actor = network.actor(network.points[0])
    for number in range(12):
        entry = make_entry(f"太极拳{number}", keywords="太极拳 " * (number % 3))
        CatalogueEntry.objects.filter(pk=entry.pk).update(published_at=AT + timedelta(days=number % 5))
    for most in (2, 4, 5, 11, 12, 100):
        monkeypatch.setattr(catalogue, "RANKED_AT_MOST", most)
        for sort in ("", "newest", "title"):
            result = search_catalogue(actor, Search(text="太极拳", sort=sort))
            paged = [entry.pk for start in range(0, 16, 4) for entry in result.windows[start : start + 4]]
            assert paged == [entry.pk for entry in result.entries], (most, sort)


def test_answers_are_bounded_and_of_one_mark() -> None:
    from uuid import uuid4

    kept: Unchanged[int] = Unchanged(most=2)
    first, second = uuid4(), uuid4()
    assert [kept.answer(first, n, lambda n=n: n) for n in (1, 2, 3)] == [1, 2, 3]  # type: ignore[misc]  # bound now, not when it runs
    assert kept.answer(first, 3, lambda: 0) == 3
    assert kept.answer(first, 1, lambda: 0) == 0  # the oldest had gone
    assert kept.answer(second, 3, lambda: 9) == 9
    assert kept.answer(None, 3, lambda: 8) == 8
    assert kept.answer(None, 3, lambda: 7) == 7  # without a mark nothing is kept


def page(client: Client, **asked: str) -> str:
    """Return the page of the catalogue as a reader gets it."""
    return client.get(reverse("resources:catalogue"), asked).content.decode()


def test_what_was_found_is_written_once_for_all_who_ask_the_same(network: Network) -> None:
    one, other = (client_for(network.actor(point)) for point in network.points[:2])
    make_entry("太极拳入门")
    page(one, q="太极")
    with CaptureQueriesContext(connection) as captured:
        assert "拳入门" in page(other, q="太极")
    assert not [
        query["sql"]
        for query in captured
        if 'FROM "resources_catalogueentry"' in query["sql"] and "title" in query["sql"]
    ]
    assert "拳入门" not in page(other, q="八段锦")


def test_what_stands_beside_an_entry_is_never_old(network: Network) -> None:
    reader, provider = client_for(network.actor(network.points[1])), network.points[0]
    arts = make_category("arts", "书画")
    make_entry("太极拳入门", provider=provider, category=arts)
    assert provider.name in page(reader, q="太极")
    Organisation.objects.filter(pk=provider.pk).update(name="改了名字的学校")
    assert "改了名字的学校" in page(reader, q="太极")
    arts.name = "体育健身"
    arts.save()
    assert "体育健身" in page(reader, q="太极")
    assert "书画" not in page(reader, q="太极")


def test_each_language_and_each_reader_has_a_page_of_their_own(network: Network) -> None:
    reader, office = client_for(network.actor(network.points[0])), client_for(network.office_admin)
    withdrawn = make_entry("太极剑", provider=network.points[1])
    withdraw_entry(actor=network.office_admin, at=AT, entry=withdrawn, reason="到期")
    for _twice in range(2):
        assert 'class="card-item"' in page(office, q="太极", state="withdrawn")
        assert 'class="card-item"' not in page(reader, q="太极", state="withdrawn")
    assert "查找" in page(reader, q="太极")
    reader.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Search the catalogue" in page(reader, q="太极")
