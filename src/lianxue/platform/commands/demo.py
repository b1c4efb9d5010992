"""`lianxue demo`: load the demonstration network."""

import argparse

from lianxue.platform.installation import database_at_hand, prepare_environment


def run(arguments: list[str]) -> int:
    argparse.ArgumentParser(
        prog="lianxue demo", description="Load the demonstration network of Shanghai into an empty database."
    ).parse_args(arguments)
    prepare_environment()
    with database_at_hand():
        import django

        django.setup()
        from lianxue.platform import demonstration, preparation

        preparation.check_database()
        preparation.migrate()
        demonstration.load_into_empty()
    print("The demonstration network is loaded. Start with: lianxue serve --demo")
    return 0
