"""The supervisor and its children, with real processes."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lianxue.platform.supervisor.child import FIRST_PAUSE, LONGEST_PAUSE, STEADY_SECONDS, Child
from lianxue.platform.supervisor.site import Site
from lianxue.platform.supervisor.supervisor import Supervisor
from lianxue.platform.trouble import Trouble

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
FAIL = [sys.executable, "-c", "raise SystemExit(3)"]
DEAF = (
    "import pathlib, signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    "pathlib.Path(sys.argv[1]).touch(); time.sleep(60)"
)


class Hands:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def wait_until(happens: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def child(clock: Hands) -> Iterator[Child]:
    child = Child("sleeper", SLEEP, clock=clock)
    yield child
    if child.process:
        child.process.kill()
        child.process.wait()


def end(child: Child) -> int | None:
    """Kill the child's process and return what tending it says."""
    assert child.process
    child.process.kill()
    child.process.wait()
    return child.tend()


def test_a_child_that_ended_starts_again_after_a_pause_that_doubles(child: Child, clock: Hands) -> None:
    child.start()
    for number in range(7):
        assert end(child) == -signal.SIGKILL
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**number)
        clock.now += pause - 0.01
        child.tend()
        assert child.process is None
        clock.now += 0.01
        child.tend()
        assert child.process is not None
    assert child.tend() is None


def test_after_a_steady_minute_the_pause_is_short_again(child: Child, clock: Hands) -> None:
    child.start()
    for _ in range(4):
        end(child)
        clock.now += LONGEST_PAUSE
        child.tend()
    clock.now += STEADY_SECONDS
    end(child)
    assert child.next_start == clock.now + FIRST_PAUSE


def test_a_child_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    process = Child("deaf", [sys.executable, "-c", DEAF, str(tmp_path / "deaf")])
    process.start()
    assert process.process
    pid = process.process.pid
    wait_until((tmp_path / "deaf").exists)
    process.ask_to_end()
    process.wait(0.3)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_nothing_of_a_fallen_child_stays_behind() -> None:
    code = (
        "import subprocess, sys, time\n"
        "print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']).pid, flush=True)\n"
        "time.sleep(60)"
    )
    with tempfile.TemporaryFile("w+") as output:
        master = Child("master", SLEEP)
        master.process = subprocess.Popen([sys.executable, "-c", code], stdout=output, start_new_session=True)
        wait_until(lambda: output.seek(0) == 0 and output.read().endswith("\n"))
        output.seek(0)
        worker = int(output.read())
        end(master)
        wait_until(lambda: not _runs(worker))


def supervise(children: list[Child], **more: object) -> tuple[Supervisor, list[str], list[str]]:
    said: list[str] = []
    announced: list[str] = []
    supervisor = Supervisor(
        children,
        answers=lambda: True,
        announce=lambda: announced.append("ready"),
        say=said.append,
        **more,  # type: ignore[arg-type]
    )
    return supervisor, said, announced


def test_it_announces_once_restarts_what_falls_and_ends_all_on_sigterm(clock: Hands) -> None:
    first, second = Child("first", SLEEP, clock=clock), Child("second", SLEEP, clock=clock)
    supervisor, said, announced = supervise([first, second])
    pids: list[int] = []

    def meddle() -> None:
        try:
            wait_until(lambda: announced and first.process and second.process)
            assert first.process
            assert second.process
            pids.extend([first.process.pid, second.process.pid])
            first.process.kill()
            wait_until(lambda: said)
            clock.now += FIRST_PAUSE
            wait_until(lambda: first.process and first.process.pid != pids[0])
            pids.append(first.process.pid)
        finally:  # a test that fails must not run for ever
            os.kill(os.getpid(), signal.SIGTERM)

    thread = threading.Thread(target=meddle)
    thread.start()
    supervisor.run()
    thread.join()
    assert announced == ["ready"]
    assert said == ["The first ended (signal SIGKILL); it starts again in 1 s."]
    assert len(pids) == 3
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_it_gives_up_when_the_site_never_comes_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lianxue.platform.supervisor.child.FIRST_PAUSE", 0.05)
    failing, steady = Child("web server", FAIL), Child("job worker", SLEEP)
    supervisor, said, announced = supervise([failing, steady])
    supervisor.answers = lambda: False
    with pytest.raises(Trouble, match="The web server ended 3 times while starting"):
        supervisor.run()
    assert announced == []
    assert len(said) == 2
    assert steady.process is None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent died")
def test_children_end_even_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys, time\n"
        "from lianxue.platform.supervisor.child import Child\n"
        "child = Child('sleeper', [sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "child.start(); print(child.process.pid, flush=True); time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    wait_until(lambda: not _runs(pid))


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_taken_port_is_told_plainly() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Trouble, match=rf"Port {port} is taken .* PORT={port + 1}\."):
            Site("127.0.0.1", port).check_free()
    Site("127.0.0.1", port).check_free()


@pytest.mark.parametrize("port", [0, -1, 70_000])
def test_a_number_that_is_no_port_is_told_plainly(port: int) -> None:
    with pytest.raises(Trouble, match="is not a port number"):
        Site("127.0.0.1", port).check_free()


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),  # noqa: S104
        ("::", "http://[::1]:8000/"),
        ("lianxue.lan", "http://lianxue.lan:8000/"),
    ],
)
def test_the_address_can_be_opened_in_a_browser(host: str, url: str) -> None:
    assert Site(host, 8000).url == url
