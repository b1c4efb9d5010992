"""`lianxue database`: look after the embedded server itself."""

import argparse
import shutil

from lianxue.platform.places import places
from lianxue.platform.postgres.place import DatabasePlace, forget, known_home, settle
from lianxue.platform.postgres.server import Server
from lianxue.platform.trouble import Trouble


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="lianxue database",
        description="Look after the embedded PostgreSQL. Other commands start and stop it by themselves.",
    )
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("status", help="say where it lies and whether it runs")
    actions.add_parser("start", help="start it and leave it running")
    actions.add_parser("stop", help="stop it, whoever uses it")
    remove = actions.add_parser("remove", help="delete the database with everything in it")
    remove.add_argument("--yes", action="store_true", help="really delete; there is no way back")
    options = parser.parse_args(arguments)
    if not known_home(places()).is_dir() and options.action != "start":
        print("There is no embedded database yet.")
        return 0
    place = settle(places())
    server = Server(place.home, place.account)
    if options.action == "start":
        server.start()
    elif options.action == "stop":
        server.stop()
    elif options.action == "remove":
        _remove(place, server, certain=options.yes)
        return 0
    pid = server.pid()
    print(f"directory  {server.home}")
    print(f"account    {place.account.name if place.account else 'your own'}")
    print(f"address    {server.address().url()}")
    print(f"state      {f'running (process {pid})' if pid else 'stopped'}")
    return 0


def _remove(place: DatabasePlace, server: Server, *, certain: bool) -> None:
    if not certain:
        raise Trouble(f"This deletes {place.home} and every record in it. Say it again with --yes.")
    server.stop()
    shutil.rmtree(place.home)
    if server.socket.parent != place.home:
        shutil.rmtree(server.socket, ignore_errors=True)
    forget(places())
    print(f"{place.home} is gone. Stored files and keys in {places().var} are still there.")
