"""The audit trail as auditors read it."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.orgs import Network, client_for, small_network

from lianxue.kernel import clock
from lianxue.kernel.audit import record
from lianxue.kernel.models import AuditEntry
from lianxue.orgs.enums import Role
from lianxue.orgs.operations import change_organisation


@pytest.fixture
def network(db: None) -> Network:
    return small_network()


@pytest.fixture
def auditor(network: Network) -> Client:
    return client_for(network.actor(network.office, Role.AUDITOR))


def change(network: Network, **more: Any) -> AuditEntry:
    given: dict[str, Any] = {
        "name": "外滩街道社区学校",
        "division": None,
        "uscc": "",
        "address": "四川中路",
        "telephone": "",
        "latitude": None,
        "longitude": None,
    }
    change_organisation(
        actor=network.actor(network.points[0]), at=clock.now(), organisation=network.points[0], **given | more
    )
    return AuditEntry.objects.latest("id")


def found(client: Client, query: str) -> list[int]:
    return [entry.pk for entry in client.get(f"/audit/{query}").context["listing"].page]


def test_search_by_person_organisation_act_outcome_thing_and_time(network: Network, auditor: Client) -> None:
    entry = change(network)
    today = clock.today().isoformat()
    for query in (
        f"?text={entry.person_label}&verb=orgs.change_organisation",
        "?text=外滩&verb=orgs.change_organisation&outcome=done",
        "?organisation=外滩",
        f"?since={today}&until={today}&verb=orgs.change_organisation",
        f"?subject_type=orgs.organisation&subject_id={network.points[0].pk}&verb=orgs.change_organisation",
    ):
        assert found(auditor, query) == [entry.pk], query
    for query in (
        "?verb=orgs.change_organisation&outcome=refused",
        "?verb=orgs.change_organisation&until=2026-03-01",
        "?verb=orgs.change_organisation&since=2999-01-01",
        "?text=nobody",
    ):
        assert found(auditor, query) == [], query
    everything = found(auditor, "")
    for odd in ("?since=soon", "?verb=no.such", "?outcome=maybe"):
        assert found(auditor, odd) == everything


def test_entry_shows_before_and_after_in_words_and_its_neighbours(network: Network, auditor: Client) -> None:
    change(network, address="四川中路")
    entry = change(network, address="山东南路")
    page = auditor.get(f"/audit/{entry.pk}/")
    (shown,) = page.context["changes"]
    assert (str(shown.label), shown.before, shown.after) == ("地址", "四川中路", "山东南路")
    assert [str(label) for _other, label in page.context["others"]] == ["修改单位信息", "登记单位"]
    appointment = AuditEntry.objects.filter(verb="orgs.appoint").latest("id")
    changes = {
        str(one.label): str(one.after) for one in auditor.get(f"/audit/{appointment.pk}/").context["changes"]
    }
    assert changes["单位"] == f"外滩街道社区学校 ({network.points[0].pk})"
    assert changes["岗位"] == "管理员"


def test_entries_of_any_shape_can_be_shown(network: Network, auditor: Client) -> None:
    entry = record(
        actor=network.office_admin,
        at=clock.now(),
        verb="gone.act",
        subject=None,
        before={"a": None, "b": [1, {"c": True}]},
        after={"a": "", "b": {"x": ["<script>", None]}},
        note="<b>",
    )
    page = auditor.get(f"/audit/{entry.pk}/")
    assert page.status_code == 200
    assert "<script>" not in page.content.decode().replace("<script src", "")
    assert "gone.act" in page.content.decode()


def test_only_auditors_read_it(network: Network) -> None:
    entry = change(network)
    for actor in (network.office_admin, network.actor(network.colleges[0]), network.supplier_clerk):
        client = client_for(actor)
        assert client.get("/audit/").status_code == 404
        assert client.get(f"/audit/{entry.pk}/").status_code == 404
    assert Client().get("/audit/").status_code == 302


def test_export_is_itself_written_down(network: Network, auditor: Client) -> None:
    change(network)
    response = auditor.get("/audit/?verb=orgs.change_organisation&export=xlsx")
    rows = list(openpyxl.load_workbook(BytesIO(b"".join(response))).active.values)  # type: ignore[union-attr, arg-type]
    assert rows[0] == ("时间", "人员", "单位", "操作", "对象", "结果", "来源地址", "备注")
    assert rows[1][2:6] == ("外滩街道社区学校", "修改单位信息", "外滩街道社区学校", "已完成")
    assert len(rows) == 2
    entry = AuditEntry.objects.latest("id")
    assert (entry.verb, entry.after) == (
        "orgs.export_audit_trail",
        {"rows": 1, "query": "verb=orgs.change_organisation&export=xlsx"},
    )


def test_list_costs_the_same_for_one_and_for_many(network: Network, auditor: Client) -> None:
    change(network)
    auditor.get("/audit/")
    with CaptureQueriesContext(connection) as one:
        assert len(found(auditor, "?verb=orgs.change_organisation")) == 1
    for number in range(20):
        change(network, address=str(number))
    with CaptureQueriesContext(connection) as many:
        assert len(found(auditor, "?verb=orgs.change_organisation")) == 21
    assert len(many) == len(one)
