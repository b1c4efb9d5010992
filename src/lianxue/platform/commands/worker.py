"""`lianxue worker`: carry out the jobs that wait in the database."""

import argparse

from lianxue.platform.installation import database_at_hand, prepare_environment


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
        from django.core.management import call_command

        django.setup()
        words = ["worker", f"--concurrency={options.concurrency}", "--shutdown-graceful-timeout=25"]
        if options.queues:
            words.append(f"--queues={options.queues}")
        if options.once:
            words.append("--one-shot")
        call_command("procrastinate", *words)
    return 0
