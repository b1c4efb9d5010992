"""The `lianxue` command: our own sub-commands, and every Django command beneath it."""

import sys
from importlib import import_module

from lianxue import __version__

HELP = f"""\
Lianxue {__version__} – lifelong-learning resources, from a school's need to a learner's hands.

Usage:  lianxue COMMAND [OPTIONS]          lianxue COMMAND --help tells more

Running
  serve       Start everything: database, web server and job worker. Ctrl-C stops it cleanly.
  worker      Run a job worker alone, beside web servers on other machines.
  prepare     Migrate the database and put static files in place (serve does this by itself).
  database    Start, stop or remove the embedded database, or show where it lies.

Data
  establish   Register the first office and its administrator, who appoint everybody else.
  demo        Load the demonstration network of Shanghai (serve --demo does this the first time).
  simulate    Play a whole distribution round, or whole calls, on a database of its own:
                lianxue simulate distribution --scale shanghai --seed 1 --json
                lianxue simulate programmes --seed 1 --json
  definitions Look through definitions of programmes:          lianxue definitions check [FILE …]
  backup      Write database and files into one archive:       lianxue backup FILE.tar
  restore     Read such an archive into an empty installation:  lianxue restore FILE.tar

Every Django command works too: migrate, shell, dbshell, check, … (all: lianxue help)

Environment
  PORT, HOST      where the web server listens                       (8000, 127.0.0.1)
  DATABASE_URL    postgresql://user:password@host:5432/name          (the embedded PostgreSQL)
  LIANXUE_HOME    the directory that holds var/: files, keys, data   (the project directory)
  LIANXUE_DEMO    1: demonstration accounts can be entered with one click
  More in docs/operators.md: host names, HTTPS, proxy, session length, mail, keys.
"""

OWN = {"serve", "worker", "prepare", "database", "establish", "demo", "simulate", "definitions"}
OWN |= {"backup", "restore"}
# Django commands that need no database, which is then not started for them.
WITHOUT_DATABASE = {"help", "version", "--version", "check", "collectstatic", "diffsettings", "findstatic"}


def main(arguments: list[str] | None = None) -> None:
    """Run one command; the exit status is 1 and the message plain when it cannot be done."""
    words = sys.argv[1:] if arguments is None else arguments
    if not words or words[0] in {"-h", "--help"}:
        print(HELP, end="")
        return
    name, *rest = words
    try:
        if name in OWN:
            status: int = import_module(f"lianxue.platform.commands.{name}").run(rest)
            if status:
                raise SystemExit(status)
        else:
            _run_django(words)
    except KeyboardInterrupt:
        print("lianxue: stopped.", file=sys.stderr)
        raise SystemExit(130) from None
    except _expected_troubles() as trouble:
        print(f"lianxue: {trouble}", file=sys.stderr)
        raise SystemExit(1) from None


def _run_django(words: list[str]) -> None:
    from django.core.management import execute_from_command_line

    from lianxue.platform.installation import database_at_hand, prepare_environment

    prepare_environment()
    if words[0] in WITHOUT_DATABASE or "--help" in words:
        execute_from_command_line(["lianxue", *words])
        return
    with database_at_hand():
        execute_from_command_line(["lianxue", *words])


def _expected_troubles() -> tuple[type[Exception], ...]:
    """Return the errors whose message says what an operator needs; others are defects and keep their traceback."""
    from django.core.exceptions import ImproperlyConfigured

    from lianxue.platform.database_url import BadDatabaseUrl
    from lianxue.platform.keys import BadKeys
    from lianxue.platform.trouble import Trouble

    from .postgres.errors import DatabaseTrouble

    return (BadDatabaseUrl, BadKeys, DatabaseTrouble, ImproperlyConfigured, Trouble)
