"""`lianxue prepare`: bring database and static files up to this release."""

import argparse
import json
import sys

from lianxue.platform.environment import switch
from lianxue.platform.installation import database_at_hand, prepare_environment


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="lianxue prepare",
        description="Migrate the database and put static files in place; with LIANXUE_DEMO=1 load the demonstration "
        "network when the database is empty.",
    )
    parser.add_argument("--json", action="store_true", help="print the demonstration accounts as JSON")
    options = parser.parse_args(arguments)
    prepare_environment()
    with database_at_hand():
        import django

        django.setup()
        from lianxue.platform import demonstration, preparation

        preparation.check_database()
        preparation.migrate()
        preparation.collect_static()
        accounts = demonstration.load_once() if switch("LIANXUE_DEMO") else []
        if options.json:
            json.dump(accounts, sys.stdout)
    return 0
