"""`lianxue serve` on a home, a port and a durable embedded PostgreSQL of its own, to be broken and looked into."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil

from tests.faults.traffic import Acknowledged

LIANXUE = [sys.executable, "-m", "lianxue.platform"]
PROJECT = Path(__file__).resolve().parents[2]
START_SECONDS = 900  # a busy machine is no fault of the code under test


class RealSite:
    """A site that a test starts, kills parts of, asks, and ends."""

    def __init__(self, port: int, **environment: str) -> None:
        self.port = port
        self.filled: Any = None  # what fill_site has put in
        self.seen = Acknowledged()
        self.home = Path(tempfile.mkdtemp(prefix="lianxue-faults-"))
        self.home.chmod(0o755)
        kept = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG", "TMPDIR", "PYTHONPATH"}}
        self.environment = {
            **kept,
            "LIANXUE_HOME": str(self.home / "site"),
            "LIANXUE_DATABASE_DIR": str(self.home / "database"),
            "LIANXUE_LOG_JSON": "1",
            "PORT": str(port),
            **environment,
        }

    def start(self) -> None:
        """Start everything and wait until the site answers."""
        self.log = (self.home / "serve.log").open("a")
        self.process = subprocess.Popen(
            [*LIANXUE, "serve"], env=self.environment, stdout=self.log, stderr=self.log, cwd=PROJECT
        )
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Wait until pages and database answer."""
        deadline = time.monotonic() + START_SECONDS
        while self.status("/readyz") != 200:
            told = (self.home / "serve.log").read_text()
            assert time.monotonic() < deadline, told
            assert self.process.poll() is None, told
            time.sleep(0.1)

    def status(self, path: str) -> int:
        """Return the status of the answer to a GET, 0 when there is none."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def ask(self, module: str, question: object = None) -> Any:
        """Run a module of this directory inside the installation, with a question as JSON; return its answer."""
        outcome = subprocess.run(
            [sys.executable, "-m", f"tests.faults.{module}"],
            env=self.environment,
            cwd=PROJECT,
            input=json.dumps(question),
            capture_output=True,
            text=True,
            check=False,
        )
        assert outcome.returncode == 0, outcome.stderr
        return json.loads(outcome.stdout)

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the platform."""
        return subprocess.run(
            [*LIANXUE, *words], env=self.environment, cwd=PROJECT, capture_output=True, text=True, check=False
        )

    def kill(self, part: str) -> None:
        """kill -9 one process: ``web`` (one that answers), ``web server`` (its master), ``worker``, ``database``."""
        web = self._child("granian")
        processes = {
            "web": lambda: web.children()[0],
            "web server": lambda: web,
            "worker": lambda: self._child("worker"),
            "database": self._postmaster,
        }
        processes[part]().send_signal(signal.SIGKILL)

    def end(self) -> None:
        """Stop everything, whatever is left of it, and remove it."""
        self.process.terminate()
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.command("database", "stop")
        self.log.close()
        shutil.rmtree(self.home, ignore_errors=True)

    def _child(self, word: str) -> psutil.Process:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            for child in psutil.Process(self.process.pid).children():
                if word in " ".join(_words(child)):
                    return child
            time.sleep(0.1)
        raise AssertionError(f"no {word} is running")

    def _postmaster(self) -> psutil.Process:
        mark = self.home / "database" / "data" / "postmaster.pid"
        return psutil.Process(int(mark.read_text().split("\n", 1)[0]))


def _words(process: psutil.Process) -> Sequence[str]:
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return ()
