"""Filling in a form, saving an answer, handing in and three opinions: as people do it on the pages."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from benchmarks.drive import CONNECTIONS, Act, Meter, dealt, warm
from benchmarks.running import Running
from benchmarks.visitor import Visitor
from lianxue.kernel import clock
from lianxue.orgs.public import Organisation
from lianxue.programmes.public import (
    Call,
    Days,
    Filing,
    FilingState,
    Written,
    begin_filing,
    create_call,
    open_call,
    save_answers,
    save_call,
)

Result = dict[str, dict[str, object]]
PLAN = "总体目标、阶段目标、组织机构、职责分工和保障制度。" * 20
KEY = "outcomes"  # the answer that is saved again and again


def form_page(platform: Running, scale: float) -> Result:
    """Open the form of a filing that is filled in, with all its checks and counts."""
    filings = _filled(platform, "看表", platform.sown.player.cast.points[:CONNECTIONS])
    count = max(CONNECTIONS, int(320 * scale))
    people = _units(platform, filings)
    acts = [[_get(reverse("programmes:fill", args=[one.pk]))] * (count // CONNECTIONS) for one in filings]
    return {"form_page": _measured(platform, people, acts)}


def save_answer(platform: Running, scale: float) -> Result:
    """Save one answer while it is being written, as the script of the page does after each change."""
    filings = _filled(platform, "存表", platform.sown.player.cast.points[CONNECTIONS : 2 * CONNECTIONS])
    count = max(CONNECTIONS, int(1280 * scale))
    people = _units(platform, filings)
    acts = [[_save(one, number) for number in range(1, count // CONNECTIONS + 1)] for one in filings]
    return {"save_answer": _measured(platform, people, acts)}


def submit_and_three_opinions(platform: Running, scale: float) -> Result:
    """Hand a form in, then one desk after the other agrees, until it is approved; each is a form that is sent."""
    points = platform.sown.player.cast.points
    count = max(CONNECTIONS, int(320 * scale))
    people = [Visitor(platform.port, "", f"10.6.0.{n}") for n in range(1, CONNECTIONS + 1)]
    ways = _ways(platform, _filled(platform, "试审", points[:40]))
    warm(people, dealt(ways))
    for one in people:
        one.seconds.clear()
    filings = _filled(platform, "送审", points[:count])
    meter = Meter(platform)
    meter.drive(people, dealt(_ways(platform, filings)))
    done = Filing.objects.filter(call=filings[0].call, state=FilingState.APPROVED).count()
    if done != len(filings):
        raise SystemExit(f"{done} of {len(filings)} filings were approved")
    return {"submit_and_three_opinions": meter.result(len(filings))}


def _measured(
    platform: Running, people: Sequence[Visitor], acts: Sequence[Sequence[Act]]
) -> dict[str, object]:
    few = max(1, len(acts[0]) // 5)
    warm(people, [own[:few] for own in acts])
    for one in people:
        one.seconds.clear()
    counted, meter = [own[few:] for own in acts], Meter(platform)
    meter.drive(people, counted)
    return meter.result(sum(map(len, counted)))


def _filled(platform: Running, title: str, points: Sequence[Organisation]) -> list[Filing]:
    """Open a call and fill the form in at each of these points."""
    call, cast = _call(platform, title), platform.sown.player.cast
    filings = []
    for point in points:
        actor = cast.actor(point)
        filing = begin_filing(actor=actor, at=clock.now(), call=call, stage="filing", unit=point)
        written = {key: Written(value, 0) for key, value in answers_of(point).items()}
        filings.append(save_answers(actor=actor, at=clock.now(), filing=filing, written=written).filing)
    return filings


def _call(platform: Running, title: str) -> Call:
    cast, now = platform.sown.player.cast, clock.now()
    office = cast.actor(cast.office)
    row = create_call(actor=office, at=now, code="benchmark", title=title, year=now.year)
    days = {"filing": days_around(clock.today())}
    row = save_call(
        actor=office,
        at=now,
        call=row,
        version=row.version,
        title=title,
        year=now.year,
        official_number="",
        days=days,
        numbers={},
    )
    return open_call(actor=office, at=now, call=row)


def days_around(today: date) -> Days:
    """Return a window that is open today."""
    return Days(today - timedelta(days=2), today + timedelta(days=2))


def answers_of(point: Organisation) -> dict[str, Any]:
    """Return answers to every question of the form."""
    return {
        "unit_name": point.name[:60],
        "head_name": "林小满",
        "head_position": "校长",
        "head_phone": "13900000001",
        "contact_name": "周立夏",
        "contact_mobile": "13900000002",
        "contact_email": "contact@example.org",
        "postcode": "200001",
        "address": "示例路1号",
        "earlier": {"keys": ["first", "second"], "own": ""},
        "plan": PLAN,
        "outcomes": "形成经验并推广。",
        "people": [
            {"name": f"成员{number}", "task": "整理档案", "mobile": f"1390000{number:04d}"}
            for number in range(1, 9)
        ],
    }


def _units(platform: Running, filings: Sequence[Filing]) -> list[Visitor]:
    return [
        Visitor(platform.port, platform.sown.session(one.unit), f"10.5.0.{n}")
        for n, one in enumerate(filings, 1)
    ]


def _get(path: str) -> Act:
    return lambda visitor: visitor.get(path)


def _save(filing: Filing, number: int) -> Act:
    """Save the ``number``-th version of an answer; it was saved once before, so its count of changes is ``number``."""
    path = reverse("programmes:answer", args=[filing.pk, KEY])
    sent = {f"a.{KEY}": f"形成经验并推广，第{number}稿。", f"m.{KEY}": number, f"d.{KEY}": ""}
    return lambda visitor: visitor.save(path, sent)


def _ways(platform: Running, filings: Sequence[Filing]) -> list[Act]:
    """Return for each filing: its unit hands it in, its college agrees, the office agrees twice."""
    cast = platform.sown.player.cast
    sessions = {one.pk: platform.sown.session(one) for one in (*cast.colleges, cast.office)}
    units = {one.unit_id: platform.sown.session(one.unit) for one in filings}
    college = {one.unit_id: cast.college_of(one.unit).pk for one in filings}

    def way(filing: Filing) -> Act:
        opinion = reverse("programmes:opinion", args=[filing.pk])
        agree = {"decision": "approve", "comment": "同意。", "revision": 1}

        def act(visitor: Visitor) -> None:
            visitor.session = units[filing.unit_id]
            visitor.post(reverse("programmes:check", args=[filing.pk]), {"version": filing.version})
            for desk in (college[filing.unit_id], cast.office.pk, cast.office.pk):
                visitor.session = sessions[desk]
                visitor.post(opinion, agree)

        return act

    return [way(one) for one in filings]
