"""kill -9 of web, worker and PostgreSQL under traffic: nothing that was acknowledged is lost, nothing comes twice."""

import random
import threading
import time

import pytest

from tests.faults.real_site import RealSite
from tests.faults.traffic import Acknowledged, Desk
from tests.faults.trials import report, trials

PARTS = ("database", "web", "worker", "web server")


@pytest.mark.faults
def test_what_was_acknowledged_survives_every_kill(free_port: int) -> None:
    kills, chance, seen = trials(3), random.Random(2), Acknowledged()  # noqa: S311  # when to strike
    site, ending = RealSite(free_port), threading.Event()
    try:
        site.start()
        desks = [Desk(free_port, desk, seen, ending) for desk in site.ask("fill_site")["desks"]]
        for desk in desks:
            desk.start()
        for number in range(kills):
            time.sleep(0.5 + chance.random())
            site.kill(PARTS[number % len(PARTS)])
            before = seen.count
            deadline = time.monotonic() + 60
            while seen.count < before + len(desks):
                assert time.monotonic() < deadline, f"no work goes on after {PARTS[number % len(PARTS)]}"
                time.sleep(0.1)
        ending.set()
        for desk in desks:
            desk.join(120)
        assert [desk.fault for desk in desks if desk.fault] == []
        site.wait_until_ready()
        found = site.ask(
            "look_into_site", {"lent": seen.lent, "returned": seen.returned, "received": seen.received}
        )
        checked = site.command("check_ledger")
    finally:
        ending.set()
        site.end()
    report(
        "site killed",
        kills={part: len(range(place, kills, len(PARTS))) for place, part in enumerate(PARTS)},
        acknowledged=seen.count,
        pressed_again=seen.pressed_again,
        lost=len(found["missing"]),
        doubled=len(found["doubled"]) + found["unasked_loans"],
        jobs_left=found["jobs_left"],
        jobs_failed=found["jobs_failed"],
        ledger_balanced=found["balanced"],
    )
    assert (found["missing"], found["doubled"], found["unasked_loans"]) == ([], [], 0)
    assert found["balanced"]
    assert checked.returncode == 0, checked.stderr
    assert (found["jobs_left"], found["jobs_failed"]) == (0, 0)
