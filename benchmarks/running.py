"""The platform as an operator starts it, on a home and a PostgreSQL of its own that are thrown away afterwards."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from benchmarks.many_filings import put_programme

LIANXUE = [sys.executable, "-m", "lianxue.platform"]
START_SECONDS = 120


class Running:
    """`with Running() as platform:` seeds the database, then runs `lianxue serve` until the end of the block."""

    def __init__(self, *, catalogue: int) -> None:
        self.catalogue = catalogue
        self.home = Path(tempfile.mkdtemp(prefix="lianxue-bench-"))
        self.port = _free_port()

    def __enter__(self) -> Self:
        from lianxue.platform.postgres.temporary import temporary_server

        self.server = temporary_server(durable=True)
        os.environ |= {
            "LIANXUE_HOME": str(self.home),
            "DATABASE_URL": self.server.address().url(),
            "PORT": str(self.port),
            # Each visitor comes with an address of its own, as through a proxy: signing in is limited by address.
            "LIANXUE_BEHIND_PROXY": "1",
        }
        put_programme(self.home)
        subprocess.run([*LIANXUE, "prepare"], check=True)
        self._seed()
        self.log = (self.home / "serve.log").open("w")
        self.process = subprocess.Popen([*LIANXUE, "serve"], stdout=self.log, stderr=self.log)
        self._wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.terminate()
        self.process.wait(60)
        self.log.close()
        if kind is not None:
            print((self.home / "serve.log").read_text()[-4000:], file=sys.stderr)
        shutil.rmtree(self.home, ignore_errors=True)

    def processor_seconds(self) -> dict[str, float]:
        """Return the processor time used so far, user and system, of the web server, the job worker and PostgreSQL."""
        used = {"web": 0.0, "worker": 0.0, "database": _of_tree(psutil.Process(self.server.pid()))}
        for child in psutil.Process(self.process.pid).children():
            used["web" if "granian" in " ".join(child.cmdline()) else "worker"] += _of_tree(child)
        return used

    def _seed(self) -> None:
        import django

        os.environ["DJANGO_SETTINGS_MODULE"] = "lianxue.platform.settings"
        django.setup()
        from benchmarks.seed import sow

        began = time.monotonic()
        self.sown = sow(self.catalogue)
        print(f"  seeded in {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)

    def _wait(self) -> None:
        from lianxue.platform.supervisor.site import Site

        site, deadline = Site("127.0.0.1", self.port), time.monotonic() + START_SECONDS
        while not site.is_ready():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise SystemExit((self.home / "serve.log").read_text())
            time.sleep(0.2)


def _of_tree(process: psutil.Process) -> float:
    """Return the processor time of a process, of its live descendants, and of those that it has waited for."""
    total = 0.0
    for one in (process, *process.children(recursive=True)):
        try:
            times = one.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
