"""Searching the catalogue: exactly what is found, in which order, with which counts; and that nothing raises."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.factories.orgs import AT, PLATFORM, Network, client_for, small_network
from tests.factories.resources import make_category, make_contribution, make_entry
from tests.resources.pages import queries_of

from lianxue.orgs.models import Division, Organisation
from lianxue.resources.enums import ContributionState, EntryState, ResourceKind
from lianxue.resources.models import CatalogueEntry
from lianxue.resources.operations import save_category, withdraw_entry
from lianxue.resources.queries import catalogue
from lianxue.resources.queries.asked import Search
from lianxue.resources.queries.catalogue import SearchResult, search_catalogue, similar_entries, words_in
from lianxue.resources.templatetags.found import marked

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return small_network()


def titles(network: Network, **asked: str) -> list[str]:
    return [entry.title for entry in _search(network, **asked).entries]


def _search(network: Network, **asked: str) -> SearchResult:
    return search_catalogue(network.actor(network.points[0]), Search(**asked))


def test_words_are_found_in_every_part_of_an_entry(network: Network) -> None:
    entry = make_entry(
        "楷书入门二十课",
        creator="社区书法课程组",
        publisher="上海教育音像出版社",
        keywords="描红、初级班",
        audience="零基础老年学员",
        description="从执笔、坐姿讲起。",
        category=make_category("arts", "书画"),
        isbn="9780306406157",
    )
    make_entry("太极拳二十四式", ResourceKind.DISC)
    words = (
        "楷书",
        "书法",
        "音像",
        "描红",
        "老年",
        "执笔",
        "书画",
        "入门",
        "楷书入门",
        "资源提供",
        entry.code,
        entry.isbn,
    )
    assert {word: "楷书入门二十课" in titles(network, text=word) for word in words} == dict.fromkeys(
        words, True
    )
    assert titles(network, text="楷书 太极") == []
    assert titles(network, text="太极") == ["太极拳二十四式"]


def test_the_best_match_stands_first_and_other_orders_are_obeyed(network: Network) -> None:
    make_entry("八段锦图解", description="也谈太极拳。")
    make_entry("太极拳入门")
    make_entry("唱歌", keywords="太极拳")
    for days, entry in enumerate(CatalogueEntry.objects.order_by("pk")):
        CatalogueEntry.objects.filter(pk=entry.pk).update(published_at=AT + timedelta(days=days))
    assert titles(network, text="太极拳") == ["太极拳入门", "唱歌", "八段锦图解"]
    assert titles(network, text="太极拳", sort="newest") == ["唱歌", "太极拳入门", "八段锦图解"]
    assert titles(network, text="太极拳", sort="title") == [
        "八段锦图解",
        "唱歌",
        "太极拳入门",
    ]  # ba, chang, tai
    assert titles(network) == ["唱歌", "太极拳入门", "八段锦图解"]
    assert titles(network, sort="no such order") == ["唱歌", "太极拳入门", "八段锦图解"]


def test_beyond_the_cap_the_rest_follows_by_age(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        make_entry(f"太极拳{number}", keywords="太极拳" if number == 0 else "")
    for entry in CatalogueEntry.objects.all():
        CatalogueEntry.objects.filter(pk=entry.pk).update(
            published_at=AT + timedelta(days=int(entry.title[-1]))
        )
    monkeypatch.setattr(catalogue, "RANKED_AT_MOST", 2)
    assert titles(network, text="太极拳") == ["太极拳3", "太极拳2", "太极拳1", "太极拳0"]
    monkeypatch.setattr(catalogue, "RANKED_AT_MOST", 4)
    assert titles(network, text="太极拳")[0] == "太极拳0"


def test_facets_count_under_all_other_choices(network: Network) -> None:
    Division.objects.create(code="310000000000", name="上海市", level=1)
    Division.objects.create(code="310101000000", name="黄浦区", level=2, parent_id="310000000000")
    Division.objects.create(code="310101002000", name="外滩街道", level=3, parent_id="310101000000")
    Division.objects.create(code="310106000000", name="静安区", level=2, parent_id="310000000000")
    for organisation, code in (
        (network.points[0], "310101002000"),
        (network.colleges[0], "310101000000"),
        (network.points[3], "310106000000"),
    ):
        Organisation.objects.filter(pk=organisation.pk).update(division_id=code)
    arts = make_category("arts", "书画")
    ink = save_category(actor=PLATFORM, at=AT, code="ink", name="国画", parent=arts)
    music = make_category("music", "声乐")
    make_entry("甲", ResourceKind.BOOK, network.points[0], category=ink, year=2024)
    make_entry("乙", ResourceKind.BOOK, network.colleges[0], category=arts, year=2023)
    make_entry("丙", ResourceKind.DISC, network.points[3], category=music, year=2024)
    withdrawn = make_entry("丁", ResourceKind.DISC, network.points[3], category=music, year=2024)
    withdraw_entry(actor=network.office_admin, at=AT, entry=withdrawn, reason="到期")

    def facets(**asked: str) -> dict[str, dict[str, int]]:
        return {f.key: {str(c.label): c.count for c in f.choices} for f in _search(network, **asked).facets}

    assert facets() == {
        "kind": {"图书": 2, "光盘": 1},
        "category": {"书画": 2, "声乐": 1},
        "district": {"黄浦区": 2, "静安区": 1},
        "year": {"2024": 2, "2023": 1},
        "state": {"已发布": 3},
    }
    assert facets(kind="book") == {
        "kind": {"图书": 2, "光盘": 1},
        "category": {"书画": 2},
        "district": {"黄浦区": 2},
        "year": {"2024": 1, "2023": 1},
        "state": {"已发布": 2},
    }
    assert facets(category="arts", year="2024")["category"] == {"书画": 1, "国画": 1, "声乐": 1}
    assert titles(network, category="arts") == ["乙", "甲"]
    assert titles(network, category="ink") == ["甲"]
    assert titles(network, district="310101") == ["乙", "甲"]
    assert titles(network, district="310101", kind="disc") == []
    assert titles(network, year="2024") == ["丙", "甲"]
    office = search_catalogue(network.office_admin, Search(state=EntryState.WITHDRAWN))
    assert [entry.title for entry in office.entries] == ["丁"]
    assert titles(network, state=EntryState.WITHDRAWN) == []


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "nonsense"},
        {"category": "nonsense"},
        {"district": "３１０１０１"},
        {"district": "31010"},
        {"year": "二〇二四"},
        {"year": "²⁰²⁴"},
        {"state": "nonsense"},
    ],
)
def test_what_means_nothing_is_left_out(network: Network, asked: dict[str, str]) -> None:
    make_entry("甲")
    assert titles(network, **asked) == ["甲"]


NASTY = st.text(st.characters(), max_size=60) | st.sampled_from(
    [
        "'",
        "''",
        "\\",
        "a' | b",
        "!",
        "& | !",
        "(",
        ":*",
        "<->",
        "%",
        "_",
        "\x00",
        "c++",
        "’",
        "😀",
        "𠀀",
        "%' OR 1=1 --",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=NASTY, other=NASTY)
@example(text="\ud800", other="\ud800")
def test_no_search_raises(network: Network, text: str, other: str) -> None:
    search = Search(
        text=text, kind=other, category=other, district=other, year=other, state=other, sort=other
    )
    result = search_catalogue(network.actor(network.points[0]), search)
    assert list(result.entries) == []
    assert isinstance(marked(text, result.words), str)


def test_signs_alone_are_looked_for_in_titles(network: Network) -> None:
    make_entry("你好！")
    make_entry("再见")
    assert titles(network, text="！") == ["你好！"]
    assert titles(network, text="？？？") == []


def test_nasty_addresses_are_answered(network: Network) -> None:
    make_entry("<script>alert(1)</script>", creator="<b>甲</b>", description="</script><img src=x onerror=y>")
    client = client_for(network.actor(network.points[0]))
    url = reverse("resources:catalogue")
    for query in (
        "q=%00",
        "q=%ED%A0%80",
        "q='%26!",
        "page=0",
        "page=zz",
        "page=99999999999999999999",
        "sort=%27",
        "kind=%00",
    ):
        assert client.get(f"{url}?{query}").status_code == 200, query
    page = client.get(url, {"q": "script"}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;<mark>script</mark>&gt;" in page
    entry = CatalogueEntry.objects.get()
    shown = client.get(reverse("resources:entry", args=[entry.code])).content.decode()
    assert "<script>alert" not in shown
    assert "<b>甲" not in shown
    assert "</script><img" not in shown


def test_words_are_marked_longest_first_and_everything_is_escaped() -> None:
    assert words_in("楷书入门 abc") == ["abc", "入门", "楷书"]
    assert marked("<楷书>入门ABC&", ["abc", "入门", "楷书"]) == (
        "&lt;<mark>楷书</mark>&gt;<mark>入门</mark><mark>ABC</mark>&amp;"
    )
    assert marked("<b>", []) == "<b>"


def test_likely_doubles_are_shown_to_the_reviewer(network: Network) -> None:
    same = make_entry("弄堂里的童谣")
    by_isbn = make_entry("别的名字", isbn="9780306406157")
    make_entry("太极拳")
    row = make_contribution(network, ContributionState.COLLATED, isbn="9780306406157")
    assert set(similar_entries(row)) == {same, by_isbn}
    accepted = make_contribution(network, ContributionState.ACCEPTED, title="舞蹈")
    assert list(similar_entries(accepted)) == []


def test_the_catalogue_asks_the_database_as_often_for_one_entry_as_for_many(network: Network) -> None:
    client = client_for(network.actor(network.points[0]))
    url = reverse("resources:catalogue")
    make_entry("太极拳", category=make_category(), year=2024)
    for asked in ({}, {"q": "太极拳"}, {"export": "xlsx"}):
        one = queries_of(client, url, asked)
        for number in range(12):
            make_entry(
                f"太极拳{number}", category=make_category(f"c{number}", f"类{number}"), year=2000 + number
            )
        assert queries_of(client, url, asked) == one


def test_all_titles_are_made_findable_anew(network: Network) -> None:
    make_entry("楷书入门二十课")
    make_entry("太极拳二十四式", ResourceKind.DISC)
    CatalogueEntry.objects.update(search_vector=None)
    assert titles(network, text="楷书") == []

    out = StringIO()
    call_command("reindex_catalogue", stdout=out)

    assert out.getvalue() == "2 titles\n"
    assert titles(network, text="楷书") == ["楷书入门二十课"]
    assert titles(network, text="太极") == ["太极拳二十四式"]
