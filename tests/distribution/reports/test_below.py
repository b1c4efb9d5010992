"""Whoever looks after points: how complete the reports are, one reminder for all, and one volume of all (S0-30)."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from tests.documents.printed import pdf_pages
from tests.factories.asking import queries_of
from tests.factories.distribution_people import everybody
from tests.factories.orgs import AT, PLATFORM, Network, client_for, small_network

from lianxue.distribution.models import EffectReport
from lianxue.distribution.operations.reports.remind_of_reports import remind_of_reports
from lianxue.distribution.operations.reports.save_effect_report import save_effect_report
from lianxue.distribution.operations.reports.submit_effect_report import (
    return_effect_report,
    submit_effect_report,
)
from lianxue.distribution.queries.effect_reports import FIGURE_LABELS
from lianxue.distribution.queries.report_roll_up import roll_up_of
from lianxue.distribution.queries.report_standing import (
    completeness_by_district,
    completeness_by_unit,
    points_without_report,
)
from lianxue.documents.public import report_roll_up
from lianxue.kernel import clock
from lianxue.kernel.errors import Invalid, NotAllowed, Unmet
from lianxue.notices.models import Notice
from lianxue.orgs.public import Division, Organisation, load_divisions

pytestmark = pytest.mark.django_db

LATE = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture
def network() -> Network:
    return small_network()


def hand_in(network: Network, point: Organisation, *, at: datetime = AT, lent: int = 0) -> EffectReport:
    """Hand in the report of a point with words that name it, and with figures of its own."""
    admin = network.actor(point)
    parts = ("recipients", "forms", "effects", "suggestions")
    texts = {name: f"{point.name}的{name}" for name in parts}
    report = save_effect_report(actor=admin, at=at, point=point, year=2026, version=0, texts=texts)
    report = submit_effect_report(actor=admin, at=at, report=report, version=report.version)
    EffectReport.objects.filter(pk=report.pk).update(figures=report.figures | {"lent_copies": lent})
    return report


def test_completeness_is_counted_by_unit_and_by_district(network: Network) -> None:
    load_divisions(actor=PLATFORM, at=AT, provinces=frozenset({"31"}))
    for point, district in zip(network.points, ["黄浦区"] * 3 + ["静安区"] * 2 + [""], strict=True):
        point.division = Division.objects.filter(parent__name=district).order_by("code").first()
        point.save()
    hand_in(network, network.points[0])
    hand_in(network, network.points[3], at=LATE)
    sent_back = hand_in(network, network.points[1])
    return_effect_report(actor=network.actor(network.colleges[0]), at=AT, report=sent_back, reason="请补充")
    by_unit = completeness_by_unit(network.office_admin, 2026)
    assert [(u.name, u.points, u.submitted, u.returned, u.late, u.open, u.share) for u in by_unit] == [
        ("黄浦区社区学院", 3, 1, 1, 0, 2, 33),
        ("静安区社区学院", 2, 1, 0, 1, 1, 50),
        ("上海老年大学", 1, 0, 0, 0, 1, 0),
    ]
    by_district = completeness_by_district(network.office_admin, 2026)
    assert [(d.key, d.name, d.points, d.submitted) for d in by_district] == [
        ("", "", 1, 0),
        ("310101", "黄浦区", 3, 1),
        ("310106", "静安区", 2, 1),
    ]
    of_college = completeness_by_unit(network.actor(network.colleges[0]), 2026)
    assert [(u.name, u.points, u.submitted) for u in of_college] == [
        ("外滩养教结合点", 1, 0),
        ("外滩街道社区学校", 1, 1),
        ("豫园街道社区学校", 1, 0),
    ]


def test_one_press_reminds_those_who_are_missing_and_nobody_else(network: Network) -> None:
    for point in network.points:
        network.actor(point)
    hand_in(network, network.points[0])
    sent_back = hand_in(network, network.points[1])
    return_effect_report(actor=network.actor(network.colleges[0]), at=AT, report=sent_back, reason="请补充")
    college = network.actor(network.colleges[0])
    remind_of_reports(actor=college, at=AT, year=2026, request_key="once")
    remind_of_reports(actor=college, at=AT, year=2026, request_key="once")
    reminders = Notice.objects.filter(message__kind="distribution.report_reminder")
    told = reminders.values_list("organisation__code", "message__kind", "message__url")
    assert sorted(told) == [
        ("care-1", "distribution.report_reminder", "/reports/write/2026/"),
        ("point-2", "distribution.report_reminder", "/reports/write/2026/"),
    ]


def test_who_may_remind_and_of_what(network: Network) -> None:
    with pytest.raises(Invalid):
        remind_of_reports(actor=network.office_admin, at=AT, year=2019)
    for letter, actor in everybody(network).items():
        if letter in "OCF":
            remind_of_reports(actor=actor, at=AT, year=2026)
        else:
            with pytest.raises((NotAllowed, Unmet)):
                remind_of_reports(actor=actor, at=AT, year=2026)
    for point in network.points:
        hand_in(network, point)
    assert not points_without_report(network.office_admin, 2026).exists()
    with pytest.raises(Unmet):
        remind_of_reports(actor=network.office_admin, at=AT, year=2026)


def test_the_volume_sums_quotes_and_names(network: Network) -> None:
    hand_in(network, network.points[0], lent=3)
    hand_in(network, network.points[1], lent=4)
    hand_in(network, network.points[3], lent=5, at=LATE)
    volume = roll_up_of(network.office_admin, 2026, today=LATE.date())
    assert len(volume.figures) == len(FIGURE_LABELS)
    assert [figure.value for figure in volume.figures if figure.value] == [12]
    assert [(u.name, u.points, u.handed_in, u.late, u.lent) for u in volume.units] == [
        ("黄浦区社区学院", 3, 2, 0, 7),
        ("静安区社区学院", 2, 1, 1, 5),
        ("上海老年大学", 1, 0, 0, 0),
    ]
    assert [(u.unit, [q.point for q in u.quotations]) for u in volume.effects] == [
        ("黄浦区社区学院", ["外滩街道社区学校", "豫园街道社区学校"]),
        ("静安区社区学院", ["曹家渡街道社区学校"]),
    ]
    assert volume.suggestions[0].quotations[1].words == "豫园街道社区学校的suggestions"
    assert [(u.unit, u.points) for u in volume.late] == [("静安区社区学院", ["曹家渡街道社区学校"])]
    assert [(u.unit, u.points) for u in volume.missing] == [
        ("黄浦区社区学院", ["外滩养教结合点"]),
        ("静安区社区学院", ["彭浦镇社区学校"]),
        ("上海老年大学", ["上海老年大学分校"]),
    ]
    text = "".join(pdf_pages(report_roll_up(volume)))
    assert (
        "应提交6份，截至2026年11月25日已提交3份，其中逾期1份，未提交3份。提交期限为2026年11月20日之前。"
        in text
    )
    chapters = ["三、资源发放和使用对象", "四、资源发放和使用形式", "五、资源使用效果", "六、意见和建议"]
    assert [text.count(chapter) for chapter in chapters] == [1, 1, 1, 1]
    assert text.index("曹家渡街道社区学校：曹家渡街道社区学校的effects") < text.index(chapters[3])


def test_what_is_being_written_is_not_in_the_volume(network: Network) -> None:
    point = network.points[0]
    save_effect_report(
        actor=network.actor(point), at=AT, point=point, year=2026, version=0, texts={"effects": "秘密草稿"}
    )
    volume = roll_up_of(network.office_admin, 2026, today=AT.date())
    assert (volume.effects, sum(unit.handed_in for unit in volume.units)) == ([], 0)
    page = client_for(network.office_admin).get(reverse("distribution:reports"), {"year": 2026})
    assert "秘密草稿" not in page.content.decode()


def test_the_list_filters_exports_and_leads_to_the_volume(network: Network) -> None:
    year = clock.today().year
    at = clock.now()
    admin = network.actor(network.points[0])
    texts = dict.fromkeys(("recipients", "forms", "effects", "suggestions"), "文字")
    report = save_effect_report(
        actor=admin, at=at, point=network.points[0], year=year, version=0, texts=texts
    )
    submit_effect_report(actor=admin, at=at, report=report, version=report.version)
    browser, address = client_for(network.office_admin), reverse("distribution:reports")
    still_open = browser.get(address, {"year": year, "state": "open"}).content.decode()
    assert still_open.count('<th scope="row">外滩街道社区学校') == 0
    assert "豫园街道社区学校" in still_open
    book = browser.get(address, {"year": year, "state": "submitted", "export": "xlsx"})
    rows = list(load_workbook(BytesIO(b"".join(book))).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert len(rows) == 2
    assert rows[1][:3] == ("point-1", "外滩街道社区学校", "黄浦区社区学院")
    volume = browser.get(reverse("distribution:reports-volume", args=[year]))
    assert volume.content.startswith(b"%PDF")
    assert browser.get(reverse("distribution:reports-volume", args=[1999])).status_code == 404
    pressed = browser.post(reverse("distribution:reports-remind", args=[year]), {"request_key": "k"})
    assert pressed.url == f"{address}?year={year}"


def test_the_page_asks_the_database_as_often_for_one_report_as_for_many(network: Network) -> None:
    browser, address = client_for(network.office_admin), reverse("distribution:reports")
    hand_in(network, network.points[0])
    with_one = queries_of(browser, address, {"year": "2026"})
    for point in network.points[1:]:
        hand_in(network, point)
    assert queries_of(browser, address, {"year": "2026"}) == with_one
