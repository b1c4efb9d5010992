"""The tree of subjects."""

from typing import Any

import pytest
from django.urls import reverse
from tests.factories.orgs import AT, PLATFORM, client_for, small_network
from tests.factories.resources import make_category, make_contribution, make_entry

from lianxue.kernel.errors import Invalid, NotAllowed
from lianxue.resources.errors import CategoryInUse
from lianxue.resources.models import Category
from lianxue.resources.operations import remove_category, save_category
from lianxue.resources.queries.categories import category_tree

pytestmark = pytest.mark.django_db


def test_the_tree_is_read_in_order_with_paths() -> None:
    arts = save_category(actor=PLATFORM, at=AT, code="arts", name="美育", name_en="Arts", rank=2)
    save_category(actor=PLATFORM, at=AT, code="skills", name="技能", rank=1)
    ink = save_category(actor=PLATFORM, at=AT, code="ink", name="国画", parent=arts)
    tree = category_tree()
    assert [(b.category.code, b.depth, b.path) for b in tree.branches()] == [
        ("skills", 0, "技能"),
        ("arts", 0, "美育"),
        ("ink", 1, "美育 › 国画"),
    ]
    assert tree.with_all_below(arts) == [arts.pk, ink.pk]
    assert tree.children(None) == [tree.by_code["skills"], tree.by_code["arts"]]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"code": "arts"}, "code"),
        ({"code": "Arts 2"}, "code"),
        ({"name": " "}, "name"),
        ({"name": "美育"}, "name"),
        ({"name": "长" * 61}, "name"),
    ],
)
def test_faults_are_named_by_field(values: dict[str, Any], field: str) -> None:
    make_category("arts", "美育")
    with pytest.raises(Invalid) as refused:
        save_category(actor=PLATFORM, at=AT, **{"code": "new", "name": "新类", **values})
    assert list(refused.value.fields) == [field]


def test_a_category_never_stands_under_itself() -> None:
    arts = make_category("arts", "美育")
    ink = make_category("ink", "国画", arts)
    for parent in (arts, ink):
        with pytest.raises(Invalid) as refused:
            save_category(actor=PLATFORM, at=AT, category=arts, code="arts", name="美育", parent=parent)
        assert list(refused.value.fields) == ["parent"]


def test_only_the_office_keeps_it_and_only_what_is_empty_goes() -> None:
    network = small_network()
    office = network.office_admin
    used, parent, empty = (
        make_category("used", "在用"),
        make_category("parent", "上级"),
        make_category("empty", "空的"),
    )
    make_category("child", "下级", parent)
    make_entry(category=used)
    drafted = make_contribution(network).category
    assert drafted is not None
    for actor in (network.actor(network.colleges[0]), network.supplier_clerk):
        with pytest.raises(NotAllowed):
            remove_category(actor=actor, at=AT, category=empty)
        with pytest.raises(NotAllowed):
            save_category(actor=actor, at=AT, code="x", name="x")
    for category in (used, parent, drafted):
        with pytest.raises(CategoryInUse):
            remove_category(actor=office, at=AT, category=category)
    remove_category(actor=office, at=AT, category=empty)
    assert set(Category.objects.values_list("code", flat=True)) == {"used", "parent", "child", "skills"}


def test_the_pages() -> None:
    network = small_network()
    client = client_for(network.office_admin)
    add = reverse("resources:category-add")
    assert client.post(add, {"name": "美育", "code": "arts", "rank": 1}).status_code == 302
    assert client.post(add, {"name": "国画", "code": "ink", "parent": "arts", "rank": 0}).status_code == 302
    assert client.post(add, {"name": "", "code": "x y", "rank": "z"}).status_code == 422
    page = client.get(reverse("resources:categories")).content.decode()
    assert "美育 › 国画" in page
    one = reverse("resources:category", args=["ink"])
    assert 'value="国画"' in client.get(one).content.decode()
    assert client.post(one, {"name": "水墨", "code": "ink", "parent": "ink", "rank": 0}).status_code == 422
    assert client.post(one, {"name": "水墨", "code": "ink", "parent": "", "rank": 0}).status_code == 302
    assert Category.objects.get(code="ink").parent is None
    remove = reverse("resources:category-remove", args=["ink"])
    assert client.get(remove).status_code == 405
    assert client.post(remove).status_code == 302
    assert client.post(remove).status_code == 404
    assert client.get(reverse("resources:category", args=["nothing"])).status_code == 404
