"""`lianxue worker`: carry out the jobs that wait in the database."""

import argparse

from lianxue.platform.installation import database_at_hand, prepare_environment

FINISH_SECONDS = 25.0


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="lianxue worker", description="Carry out the jobs that wait in the database."
    )
    parser.add_argument("--concurrency", type=int, default=2, help="how many jobs at once (%(default)s)")
    parser.add_argument("--queues", default="", help="only these queues, parted by commas (all)")
    parser.add_argument("--once", action="store_true", help="carry out what waits now, then end")
    options = parser.parse_args(arguments)
    prepare_environment()
    with database_at_hand():
        import django

        django.setup()
        _work(options)
    return 0


def _work(options: argparse.Namespace) -> None:
    """Carry out jobs until SIGTERM or Ctrl-C; jobs under way get some seconds to finish."""
    from lianxue.kernel.jobs import run_worker

    run_worker(
        queues=[name.strip() for name in options.queues.split(",") if name.strip()] or None,
        concurrency=options.concurrency,
        wait=not options.once,
        shutdown_graceful_timeout=FINISH_SECONDS,
    )
