"""`lianxue serve`: everything under one supervisor."""

import argparse
import json
import os
import signal
import subprocess
import sys
from types import FrameType

from lianxue.platform.demonstration_account import DemonstrationAccount
from lianxue.platform.environment import number, switch
from lianxue.platform.installation import database_at_hand, prepare_environment
from lianxue.platform.places import places
from lianxue.platform.supervisor.child import Child
from lianxue.platform.supervisor.site import Site
from lianxue.platform.supervisor.supervisor import Supervisor

DEFAULT_PORT = 8000
MOST_WEB_WORKERS = 4


def run(arguments: list[str]) -> int:
    options = _parser().parse_args(arguments)
    site = Site(options.host, options.port)
    site.check_free()
    signal.signal(signal.SIGTERM, _stop)  # until the supervisor takes over
    if options.demo:
        os.environ["LIANXUE_DEMO"] = "1"
    prepare_environment()
    print("Starting Lianxue …", file=sys.stderr, flush=True)
    with database_at_hand() as server:
        accounts = _prepare()
        supervisor = Supervisor(
            [_web(options), Child("job worker", [*_lianxue(), "worker"])],
            answers=site.is_ready,
            announce=lambda: _announce(site, accounts),
            server=server,
        )
        supervisor.run()
    print("Lianxue has stopped. Your data stays.", file=sys.stderr)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lianxue serve",
        description="Start database, web server and job worker under one supervisor; Ctrl-C stops them.",
    )
    parser.add_argument(
        "--host", default=os.environ.get("HOST", "127.0.0.1"), help="address to listen on (%(default)s)"
    )
    parser.add_argument("--port", type=int, default=number("PORT", DEFAULT_PORT), help="port (%(default)s)")
    default = number("LIANXUE_WEB_WORKERS", min(os.cpu_count() or 1, MOST_WEB_WORKERS))
    parser.add_argument("--workers", type=int, default=default, help="web server processes (%(default)s)")
    parser.add_argument(
        "--demo",
        action="store_true",
        default=switch("LIANXUE_DEMO"),
        help="demonstration: load the network of Shanghai the first time, offer its accounts with one click",
    )
    return parser


def _lianxue() -> list[str]:
    return [sys.executable, "-m", "lianxue.platform"]


def _web(options: argparse.Namespace) -> Child:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
    command += ["--host", options.host, "--port", str(options.port), "--workers", str(options.workers)]
    command += ["--blocking-threads", "4", "--respawn-failed-workers", "--workers-kill-timeout", "10"]
    command += ["--log-level", "warning", "lianxue.platform.wsgi:application"]
    return Child("web server", command)


def _prepare() -> list[DemonstrationAccount]:
    """Bring database and static files up to date in a process of its own, which takes its memory with it."""
    outcome = subprocess.run([*_lianxue(), "prepare", "--json"], stdout=subprocess.PIPE, check=False)
    if outcome.returncode:
        raise SystemExit(outcome.returncode)
    accounts: list[DemonstrationAccount] = json.loads(outcome.stdout)
    return accounts


def _announce(site: Site, accounts: list[DemonstrationAccount]) -> None:
    print(f"\n  Lianxue 联学 is running · 已启动:  {site.url}\n")
    if accounts:
        print("  Demonstration accounts, one click away on the sign-in page · 演示账号（登录页一键进入）:\n")
        width = max(len(account["username"]) for account in accounts)
        for account in accounts:
            print(f"    {account['username']:<{width}}  {account['title']}")
        passwords = {account.get("password", "") for account in accounts} - {""}
        if len(passwords) == 1:
            print(f"\n  Their password is {passwords.pop()}")
        print()
    print(
        f"  Ctrl-C stops everything, the data stays · 按 Ctrl-C 停止，数据保留:  {places().var}\n", flush=True
    )


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
