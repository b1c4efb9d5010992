"""Every programme can be read by whoever has a post."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.orgs import client_for, make_person, small_network

from lianxue.orgs.public import Actor
from lianxue.programmes.queries.definitions import latest_definitions

pytestmark = pytest.mark.django_db


def test_the_list_names_every_programme() -> None:
    network = small_network()
    client = client_for(network.actor(network.points[0]))
    body = client.get("/programmes/definitions/").content.decode()
    for kept in latest_definitions():
        assert kept.definition.title in body
        assert f"/programmes/definitions/{kept.definition.code}/" in body


def test_a_programme_is_told_whole() -> None:
    network = small_network()
    client = client_for(network.actor(network.points[0]))
    for kept in latest_definitions():
        definition = kept.definition
        page = client.get(f"/programmes/definitions/{definition.code}/?version={definition.version}")
        assert page.status_code == 200
        body = page.content.decode()
        for stage in definition.stages:
            assert stage.title in body
            assert all(level.title in body for level in stage.levels)
            assert all(product.title in body for product in stage.products)
        for form in definition.forms.values():
            assert all(one.title in body for one in form.fields().values())
            assert all(column.title in body for grid in form.grids().values() for column in grid.columns)
        assert all(item.title in body for item in definition.evidence)


def test_limits_quotas_and_levels_stand_on_the_page() -> None:
    network = small_network()
    client = client_for(network.office_admin)
    body = client.get("/programmes/definitions/service-team-roster/").content.decode()
    for words in (
        "2021-04-15 至 2021-04-30",
        "通过后如有调整，以调整告知办理",
        "须上传盖章扫描件 · 附表格电子版 · 按公布的表样打印",
        "单选：学前、小学、初中、高中、中职",
        "恰好 1",
        "3 至 5",
        "发布通知的组织单位 · 可：同意、退回修改、不同意",
        "S1-44",
    ):
        assert words in body, words
    body = client.get("/programmes/definitions/demonstration-streets/").content.decode()
    for words in ("从未参与 (不可与其他项同选)", "1 至 2", "或自行填写", "直接上级 · 可：同意、退回修改"):
        assert words in body, words


def test_an_unknown_programme_or_version_is_not_found_and_strangers_sign_in() -> None:
    network = small_network()
    client = client_for(network.office_admin)
    assert client.get("/programmes/definitions/nothing/").status_code == 404
    assert client.get("/programmes/definitions/service-team-roster/?version=x").status_code == 404
    assert client_for(None).get("/programmes/definitions/").status_code == 302
    nobody = make_person("nobody", "没有任职")
    without_post = client_for(Actor(person_id=nobody.pk, person_name=str(nobody)))
    assert without_post.get("/programmes/definitions/").status_code == 404


def test_a_longer_programme_asks_the_database_no_more() -> None:
    network = small_network()
    client = client_for(network.office_admin)
    client.get("/programmes/definitions/")
    asked = []
    for code in ("demonstration-streets", "learning-team-studios"):
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/programmes/definitions/{code}/")
        asked.append(len(captured))
    assert asked[0] == asked[1]
