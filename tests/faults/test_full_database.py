"""PostgreSQL's own disk is full: a page that says so, nothing acknowledged is lost, and it goes on when there is room."""

import http.client
import os
import secrets
import subprocess
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from lianxue.kernel import clock
from lianxue.platform.postgres.account import server_account
from tests.faults.real_site import RealSite
from tests.faults.traffic import TOKEN
from tests.faults.trials import LONG, report

pytestmark = [pytest.mark.faults, pytest.mark.skipif(not LONG, reason="at length only: make test-faults")]
ROOM = "700m"
PIECE = b"\0" * 1024 * 1024


@pytest.fixture
def site(free_port: int) -> Iterator[RealSite]:
    """Run a site whose database lies on a file system of its own."""
    running = RealSite(free_port)
    disk = running.home / "database"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={ROOM},mode=0700", "tmpfs", disk],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(
            f"a small file system cannot be mounted here: {mounted.stderr.strip() or 'not permitted'}"
        )
    account = server_account()
    if account:
        os.chown(disk, account.uid, account.gid)
    try:
        running.start()
        running.filled = running.ask("fill_site", {"last_copies": 0})
        yield running
    finally:
        running.process.terminate()
        running.process.wait(60)
        running.command("database", "stop")
        subprocess.run(["umount", "--lazy", disk], check=True)
        running.end()


def _lend(site: RealSite) -> tuple[int, str]:
    """Lend a copy; note the borrower when the site says yes."""
    desk, name = site.filled["desks"][0], f"读者{secrets.token_hex(6)}"
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    sent = {
        "csrfmiddlewaretoken": TOKEN,
        "request_key": secrets.token_hex(8),
        "borrower_name": name,
        "quantity": 1,
        "lent_on": clock.today().isoformat(),
    }
    headers = {
        "Cookie": f"sessionid={desk['session']}; csrftoken={TOKEN}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    try:
        connection.request("POST", f"/desk/lend/{desk['entries'][0]}/", urlencode(sent), headers)
        answer = connection.getresponse()
        text = answer.read().decode()
    except OSError:
        return 0, ""
    finally:
        connection.close()
    if answer.status == 302:
        site.seen.lent.append(name)
    return answer.status, text


def test_it_says_so_and_goes_on_when_there_is_room_again(site: RealSite) -> None:
    assert _lend(site)[0] == 302
    filler = site.home / "database" / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(PIECE)
        except OSError:
            pass
    statuses, page, deadline = [], "", time.monotonic() + 240
    while statuses.count(503) < 3:
        assert time.monotonic() < deadline, f"never full: {statuses[-20:]}"
        status, text = _lend(site)
        statuses.append(status)
        page = text if status == 503 else page
    assert "请稍候" in page
    filler.unlink()
    site.wait_until_ready()
    deadline = time.monotonic() + 60
    while _lend(site)[0] != 302:
        assert time.monotonic() < deadline, "it does not go on by itself"
        time.sleep(0.5)
    found = site.ask("look_into_site", {"lent": site.seen.lent, "returned": [], "received": []})
    report(
        "database disk full",
        acknowledged=len(site.seen.lent),
        told_to_wait=statuses.count(503),
        error_pages=statuses.count(500),
        lost=len(found["missing"]),
        doubled=len(found["doubled"]),
        ledger_balanced=found["balanced"],
    )
    assert (found["missing"], found["doubled"], found["unasked_loans"]) == ([], [], 0)
    assert found["balanced"]
    assert set(statuses) <= {0, 302, 503}
