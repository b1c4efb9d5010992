"""`lianxue serve` and its sisters as a person meets them: real processes, the embedded database, a real port."""

import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from lianxue.platform.command import HELP, OWN

LIANXUE = [sys.executable, "-m", "lianxue.platform"]


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    """Return the environment of a new installation with an embedded database of its own."""
    home = Path(tempfile.mkdtemp(prefix="lianxue-serve-"))
    home.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
    own = {**kept, "LIANXUE_HOME": str(home / "site"), "LIANXUE_DATABASE_DIR": str(home / "database")}
    yield own
    lianxue(own, "database", "stop")
    shutil.rmtree(home)


def lianxue(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*LIANXUE, *words], env=environment, capture_output=True, text=True, check=False)


def answers(port: int, path: str = "/readyz") -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def wait_until(happens: Callable[[], object], seconds: float = 300) -> None:
    """Wait for what must happen; long, since a busy machine is no fault of the code under test."""
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.1)


def processor_seconds() -> float:
    """Return the processor time of all processes that this one has started and seen end."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def children(process: subprocess.Popen[str]) -> dict[str, int]:
    """Return the supervisor's children by a word from their command."""
    found = {}
    for child in psutil.Process(process.pid).children():
        try:
            command = " ".join(child.cmdline())
        except psutil.NoSuchProcess:  # it has just fallen
            continue
        found["web" if "granian" in command else "worker" if command.endswith("worker") else command] = (
            child.pid
        )
    return found


@pytest.fixture
def start(environment: dict[str, str]) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Return a function that starts `lianxue serve`; whatever a failed test leaves running is ended."""
    started: list[subprocess.Popen[str]] = []

    def serve() -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        started.append(
            subprocess.Popen([*LIANXUE, "serve"], env=environment, stdout=pipe, stderr=pipe, text=True)
        )
        return started[-1]

    yield serve
    for process in started:
        if process.poll() is None:
            process.terminate()
            process.communicate(timeout=60)


@pytest.mark.slow
@pytest.mark.long
def test_a_whole_life(
    environment: dict[str, str], free_port: int, start: Callable[[], subprocess.Popen[str]]
) -> None:
    environment["PORT"] = str(free_port)

    # the first start migrates, collects static files and says where the site is
    process = start()
    assert process.stdout
    told = ""
    while "Ctrl-C" not in told:
        line = process.stdout.readline()
        assert line, process.communicate()[1]
        told += line
    assert f"http://127.0.0.1:{free_port}/" in told
    assert "Demonstration" not in told
    assert answers(free_port) == 200
    assert answers(free_port, "/static/no-such.css") == 404
    assert set(children(process)) == {"web", "worker"}

    # a second one on the same port is refused and disturbs nothing
    second = lianxue(environment, "serve")
    assert (second.returncode, second.stdout) == (1, "")
    assert f"Port {free_port} is taken" in second.stderr
    assert "Traceback" not in second.stderr

    # whatever falls stands up again
    before = children(process)
    os.kill(before["web"], signal.SIGKILL)
    wait_until(lambda: children(process).get("web", before["web"]) != before["web"])
    wait_until(lambda: answers(free_port) == 200)
    status = lianxue(environment, "database", "status").stdout
    postmaster = int(status.rsplit("process ", 1)[1].rstrip(")\n"))
    os.kill(postmaster, signal.SIGQUIT)
    wait_until(lambda: not psutil.pid_exists(postmaster))
    wait_until(lambda: answers(free_port) == 200)

    # another command beside it uses the same database and leaves it running
    shown = lianxue(environment, "showmigrations", "kernel", "--plan")
    assert "[X]  kernel.0001_initial" in shown.stdout
    assert answers(free_port) == 200

    # the end leaves no process behind
    everyone = [process.pid, *(child.pid for child in psutil.Process(process.pid).children(recursive=True))]
    process.send_signal(signal.SIGTERM)
    _, complaints = process.communicate(timeout=300)
    assert process.returncode == 0, complaints
    assert complaints.rstrip().endswith("Lianxue has stopped. Your data stays.")
    assert [pid for pid in everyone if psutil.pid_exists(pid)] == []
    assert "stopped" in lianxue(environment, "database", "status").stdout
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", free_port))

    # the second start has nothing to prepare; counted in processor time, which no neighbour takes
    before_it = processor_seconds()
    prepared = lianxue(environment, "prepare", "--json")
    assert (prepared.returncode, json.loads(prepared.stdout)) == (0, [])
    assert prepared.stderr == ""
    assert processor_seconds() - before_it < 20


def test_a_database_that_does_not_answer_is_told_without_a_traceback(
    environment: dict[str, str], free_port: int
) -> None:
    environment["DATABASE_URL"] = f"postgresql://nobody:geheim@127.0.0.1:{free_port}/none"
    outcome = lianxue(environment, "prepare")
    assert outcome.returncode == 1
    assert outcome.stderr.startswith("lianxue: The database does not answer: ")
    assert "Traceback" not in outcome.stderr
    assert "geheim" not in outcome.stderr


def test_the_help_page_names_every_command_of_ours() -> None:
    outcome = subprocess.run(LIANXUE, capture_output=True, text=True, check=True)
    assert outcome.stdout == HELP
    commands = Path(__file__).parents[2] / "src/lianxue/platform/commands"
    for path in commands.glob("[a-z]*.py"):
        assert f"\n  {path.stem:<11} " in HELP


@pytest.mark.parametrize("command", sorted(OWN))
def test_each_command_explains_itself_without_touching_anything(
    environment: dict[str, str], command: str
) -> None:
    outcome = lianxue(environment, command, "--help")
    assert outcome.returncode == 0
    assert outcome.stdout.startswith(f"usage: lianxue {command}")
    assert not Path(environment["LIANXUE_HOME"]).exists()


def test_removing_the_database_needs_a_second_word(environment: dict[str, str]) -> None:
    assert lianxue(environment, "database", "status").stdout == "There is no embedded database yet.\n"
    assert "running" in lianxue(environment, "database", "start").stdout
    refused = lianxue(environment, "database", "remove")
    assert (refused.returncode, "--yes" in refused.stderr) == (1, True)
    assert lianxue(environment, "database", "remove", "--yes").returncode == 0
    assert not Path(environment["LIANXUE_DATABASE_DIR"]).exists()
