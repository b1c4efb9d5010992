"""Another process that uses the embedded server until it reads a line."""

import sys
from pathlib import Path

from lianxue.platform.postgres.account import server_account
from lianxue.platform.postgres.server import Server
from lianxue.platform.postgres.sharing import shared


def use(home: str) -> None:
    with shared(Server(Path(home), server_account(), durable=False)):
        print("using", flush=True)
        sys.stdin.readline()
