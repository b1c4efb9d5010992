"""`lianxue definitions check`: look through definitions of programmes before the platform is started with them."""

import argparse
from pathlib import Path

from lianxue.platform.installation import prepare_environment


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="lianxue definitions", description="Look through definitions of programmes."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser(
        "check",
        help="tell every fault with file and line",
        description="Tell every fault in definitions of programmes with file, line and reason; "
        "the exit status is 1 when there is one. No database is needed.",
    )
    check.add_argument(
        "files", metavar="FILE", nargs="*", type=Path, help="all that the platform reads, if none is named"
    )
    options = parser.parse_args(arguments)
    prepare_environment()
    return _check(options.files)


def _check(files: list[Path]) -> int:
    import django
    from django.conf import settings

    settings.PROGRAMME_FAULTS_STOP = False
    django.setup()
    from lianxue.programmes import public as programmes

    looked_at = files or programmes.definition_files(programmes.definition_directories())
    found = programmes.load_definitions(looked_at)
    for fault in found.faults:
        print(fault)
    if found.faults:
        print(f"\n{len(found.faults)} faults in {len(looked_at)} files.")
        return 1
    for kept in found.kept.values():
        print(f"{kept.path.name}: {kept.definition.title} ({kept.definition.code} {kept.definition.version})")
    print("No faults.")
    return 0
