"""`lianxue backup`: database and files into one archive."""

import argparse
import os
import sys
from pathlib import Path

from lianxue.platform.archive.writing import write_backup
from lianxue.platform.database_url import parse
from lianxue.platform.installation import database_at_hand, prepare_environment
from lianxue.platform.places import places
from lianxue.platform.progress import Progress

BYTES_IN_MEGABYTE = 1_000_000


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="lianxue backup",
        description="Write the database and all stored files into one archive. The site may go on running.",
    )
    parser.add_argument("file", type=Path, help="the archive to write, for example lianxue-2025-11-20.tar")
    parser.add_argument(
        "--with-keys",
        action="store_true",
        help="put the keys into the archive too: then whoever has the archive can read the personal data in it",
    )
    options = parser.parse_args(arguments)
    target = options.file.expanduser().absolute()
    prepare_environment()
    with database_at_hand(), Progress("Backup") as progress:
        manifest = write_backup(
            target,
            places=places(),
            address=parse(os.environ["DATABASE_URL"]),
            with_keys=options.with_keys,
            tell=progress.step,
        )
    size = target.stat().st_size / BYTES_IN_MEGABYTE
    rows = sum(manifest.rows.values())
    print(
        f"{target}: {size:.1f} MB, {len(manifest.rows)} tables, {rows} rows, {len(manifest.pieces) - 1} files"
    )
    if options.with_keys:
        print("The archive HOLDS THE KEYS: keep it as you keep the keys themselves.", file=sys.stderr)
    else:
        print(
            f"The keys are not in it. Keep a copy of {places().keys} in another safe place: "
            "without them nobody can read the personal data again.",
            file=sys.stderr,
        )
    return 0
