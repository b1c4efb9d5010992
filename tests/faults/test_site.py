"""A real site under a crowd and under kill -9 of web, worker and PostgreSQL: nothing acknowledged is lost or doubled."""

import http.client
import random
import re
import secrets
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

import pytest

from lianxue.kernel import clock
from tests.faults.real_site import RealSite
from tests.faults.traffic import TOKEN, Desk
from tests.faults.trials import report, trials

pytestmark = [pytest.mark.faults, pytest.mark.long]
PARTS = ("database", "web", "worker", "web server")
CLERKS, PRESSES = 50, 20
WHY = "每种资源至少保留一份"


@pytest.fixture
def site(free_port: int) -> Iterator[RealSite]:
    """Run a site with desks, copies and parcels."""
    running = RealSite(free_port)
    try:
        running.start()
        running.filled = running.ask("fill_site", {"last_copies": trials(1)})
        yield running
    finally:
        running.end()


def _look(site: RealSite) -> dict[str, Any]:
    """Ask the site for all that it has acknowledged so far."""
    seen = site.seen
    found: dict[str, Any] = site.ask(
        "look_into_site", {"lent": seen.lent, "returned": seen.returned, "received": seen.received}
    )
    assert (found["missing"], found["doubled"], found["unasked_loans"]) == ([], [], 0)
    assert found["balanced"]
    return found


def _lend_at_once(site: RealSite, entry: int, forms: list[dict[str, str]]) -> list[tuple[int, str]]:
    """Send forms that lend one copy, each over a connection of its own, all at the same moment."""
    gate, today = threading.Barrier(len(forms)), clock.today().isoformat()
    headers = {
        "Cookie": f"sessionid={site.filled['desks'][0]['session']}; csrftoken={TOKEN}",
        "Content-Type": "application/x-www-form-urlencoded",
    }

    def press(form: dict[str, str]) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=120)
        sent = {"csrfmiddlewaretoken": TOKEN, "quantity": 1, "lent_on": today, **form}
        gate.wait()
        connection.request("POST", f"/desk/lend/{entry}/", urlencode(sent), headers)
        answer = connection.getresponse()
        words = " ".join(re.sub(r"<[^>]+>", " ", answer.read().decode()).split())
        connection.close()
        return answer.status, words

    with ThreadPoolExecutor(len(forms)) as pool:
        return list(pool.map(press, forms))


def _fifty_clerks_want_the_one_copy_that_is_left(site: RealSite) -> None:
    told = 0
    for entry in site.filled["last_copies"]:
        forms = [
            {"borrower_name": f"读者{secrets.token_hex(6)}", "request_key": secrets.token_hex(8)}
            for _ in range(CLERKS)
        ]
        answers = _lend_at_once(site, entry, forms)
        assert sorted({status for status, _words in answers}) == [302, 422]
        lent = [
            form["borrower_name"] for form, (status, _) in zip(forms, answers, strict=True) if status == 302
        ]
        assert len(lent) == 1
        site.seen.lent += lent
        told += sum(WHY in words for status, words in answers if status == 422)
    rounds = len(site.filled["last_copies"])
    refusals = _look(site)["refusals_in_the_trail"]
    report(
        "one copy, fifty clerks", trials=rounds, lent=rounds, told_why=told, refusals_in_the_trail=refusals
    )
    assert (told, refusals) == (rounds * (CLERKS - 1), rounds * (CLERKS - 1))


def _one_form_pressed_twenty_times(site: RealSite) -> None:
    times = trials(1)
    for _ in range(times):
        form = {"borrower_name": f"读者{secrets.token_hex(6)}", "request_key": secrets.token_hex(8)}
        answers = _lend_at_once(site, site.filled["desks"][0]["entries"][0], [form] * PRESSES)
        assert {status for status, _words in answers} == {302}
        site.seen.lent.append(form["borrower_name"])
    _look(site)
    report("one form, twenty presses", trials=times, presses=times * PRESSES, doubled=0)


def _what_was_acknowledged_survives_every_kill(site: RealSite) -> None:
    kills, chance, seen = trials(3), random.Random(2), site.seen  # noqa: S311  # when to strike
    ending, begun_with = threading.Event(), seen.count
    desks = [Desk(site.port, desk, seen, ending) for desk in site.filled["desks"]]
    try:
        for desk in desks:
            desk.start()
        for number in range(kills):
            time.sleep(0.5 + chance.random())
            site.kill(PARTS[number % len(PARTS)])
            before, deadline = seen.count, time.monotonic() + 90
            while seen.count < before + len(desks):
                assert time.monotonic() < deadline, f"no work goes on after {PARTS[number % len(PARTS)]}"
                time.sleep(0.1)
    finally:
        ending.set()
        for desk in desks:
            desk.join(120)
    assert [desk.fault for desk in desks if desk.fault] == []
    site.wait_until_ready()
    found, checked = _look(site), site.command("check_ledger")
    report(
        "site killed",
        kills={part: len(range(place, kills, len(PARTS))) for place, part in enumerate(PARTS)},
        acknowledged=seen.count - begun_with,
        pressed_again=seen.pressed_again,
        lost=0,
        doubled=0,
        jobs_left=found["jobs_left"],
        jobs_failed=found["jobs_failed"],
        ledger_balanced=found["balanced"],
    )
    assert checked.returncode == 0, checked.stderr
    assert (found["jobs_left"], found["jobs_failed"]) == (0, 0)


def test_a_crowd_then_kill_after_kill(site: RealSite) -> None:
    """One site for all three: starting it takes longer than they do."""
    _fifty_clerks_want_the_one_copy_that_is_left(site)
    _one_form_pressed_twenty_times(site)
    _what_was_acknowledged_survives_every_kill(site)
