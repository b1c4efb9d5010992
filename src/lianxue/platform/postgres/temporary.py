"""A server that is thrown away: for tests, and for simulations that must not touch real data."""

import atexit
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from lianxue.platform.postgres.account import server_account
from lianxue.platform.postgres.server import Server

# Waits until its standard input closes, which happens when the process that started it ends in whatever way.
_WATCH = """
trap '' INT TERM HUP
read -r nothing
pid=$(head -n 1 "$0/data/postmaster.pid" 2>/dev/null) && kill -QUIT "$pid" 2>/dev/null && sleep 1
rm -rf "$0" "$1"
"""


def temporary_server(*, durable: bool = False) -> Server:
    """Start a server on a new directory; it is stopped and removed when this process ends, even by a kill.

    ``durable``: with the settings of a real installation, which waits for the disk at each commit.
    """
    account = server_account()
    home = Path(tempfile.mkdtemp(prefix="lianxue-db-"))
    if account:
        os.chown(home, account.uid, account.gid)
    server = Server(home, account, durable=durable)
    owner = os.getpid()
    watch = subprocess.Popen(
        ["sh", "-c", _WATCH, home, server.socket],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
    )

    def remove() -> None:
        if os.getpid() != owner:  # a forked child ends; the server is its parent's
            return
        server.stop()
        shutil.rmtree(home, ignore_errors=True)
        watch.communicate()

    atexit.register(remove)
    server.start()
    return server
