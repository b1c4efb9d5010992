"""`lianxue restore`: read an archive back."""

import argparse
import os
from pathlib import Path

from lianxue.platform.archive import reading
from lianxue.platform.archive.manifest import Manifest, key_marks
from lianxue.platform.database_url import parse
from lianxue.platform.installation import database_at_hand, prepare_environment
from lianxue.platform.keys import read_keys
from lianxue.platform.places import places
from lianxue.platform.progress import Progress
from lianxue.platform.trouble import Trouble


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="lianxue restore",
        description="Check an archive of `lianxue backup` from end to end, then put its content into this "
        "installation. Row counts are compared before anything is made final.",
    )
    parser.add_argument("file", type=Path, help="the archive to read")
    parser.add_argument("--replace", action="store_true", help="delete what this installation holds now")
    parser.add_argument(
        "--without-keys",
        action="store_true",
        help="go on although the keys are missing; personal data stay unreadable",
    )
    options = parser.parse_args(arguments)
    source = options.file.expanduser().absolute()
    with Progress("Restore") as progress:
        manifest = reading.open_backup(source, progress.step)
        with database_at_hand():
            address = parse(os.environ["DATABASE_URL"])
            reading.refuse_if_running(address)
            if not options.replace:
                reading.refuse_if_used(places=places(), address=address)
            reading.restore_keys(source, manifest, places())
            if not options.without_keys:
                _refuse_missing_keys(manifest)
            prepare_environment()
            _refuse_later_release(manifest)
            reading.restore(source, manifest, places=places(), address=address, tell=progress.step)
    print(
        f"Restored {sum(manifest.rows.values())} rows in {len(manifest.rows)} tables, as of {manifest.created_at}."
    )
    return 0


def _refuse_missing_keys(manifest: Manifest) -> None:
    here = key_marks(read_keys(places().keys)).items()
    missing = sorted(name for name, mark in manifest.key_marks.items() if (name, mark) not in here)
    if missing:
        raise Trouble(
            f"The personal data in this archive were sealed with keys that are not here ({', '.join(missing)}). "
            f"Put the files of that installation's var/secrets into {places().keys} first."
        )


def _refuse_later_release(manifest: Manifest) -> None:
    """Refuse an archive that holds tables this release does not know."""
    import django
    from django.db.migrations.loader import MigrationLoader

    django.setup()
    known = {
        f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    }
    unknown = [name for name in manifest.migrations if name not in known]
    if unknown:
        raise Trouble(
            f"The archive was written by a later release ({manifest.release}): this one does not know {unknown[0]}. "
            "Upgrade Lianxue first."
        )
