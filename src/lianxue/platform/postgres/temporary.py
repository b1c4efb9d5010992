"""A server that is thrown away: for tests, and for simulations that must not touch real data."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from lianxue.platform.postgres.account import server_account
from lianxue.platform.postgres.server import Server


def temporary_server() -> Server:
    """Start a server on a new directory; it is stopped and removed when this process ends."""
    account = server_account()
    home = Path(tempfile.mkdtemp(prefix="lianxue-db-"))
    if account:
        os.chown(home, account.uid, account.gid)
    server = Server(home, account, durable=False)
    owner = os.getpid()

    def remove() -> None:
        if os.getpid() == owner:  # not in a forked child
            server.stop()
            shutil.rmtree(home, ignore_errors=True)
            if server.socket.parent != home:
                shutil.rmtree(server.socket, ignore_errors=True)

    atexit.register(remove)
    server.start()
    return server
