"""Keeping what people send in.

A file lies below ``settings.MEDIA_ROOT`` under the SHA-256 of its content (``ab/cd/abcd….jpg``), so writing the same
content twice changes nothing. It is written whole and flushed before its row is made. When the transaction of the row
is rolled back, the file stays behind without a row: deleting it at once could take it from under somebody who stores
the same content in the same moment. ``sweep_orphans`` deletes such files a day later; storing the same content again
makes the file young again, so that the sweep passes it by.
"""

import hashlib
import logging
import os
import re
import tempfile
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath, PureWindowsPath

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

from lianxue.kernel.errors import Invalid, StoreNotWritable
from lianxue.kernel.files.documents import recognise_document
from lianxue.kernel.files.pictures import draw_anew
from lianxue.kernel.models.stored_file import StoredFile

log = logging.getLogger(__name__)

ORPHAN_AGE = timedelta(days=1)
NAME_LENGTH = 120
UNPRINTABLE = re.compile(r'[\x00-\x1f\x7f"<>:|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]')


def store_picture(upload: "File[bytes]", *, person_id: int | None, at: datetime) -> StoredFile:
    """Check a picture by its content, draw it anew without what its file carried besides, and keep it with a thumbnail.

    Raises Invalid: not a picture, too many bytes (``settings.PICTURE_MAX_BYTES``) or pixels, damaged; StoreNotWritable.
    """
    picture = draw_anew(_taken(upload, settings.PICTURE_MAX_BYTES))
    digest = hashlib.sha256(picture.content).hexdigest()
    stored = StoredFile(
        file=_storage_name(digest, picture.ending),
        original_name=_display_name(upload, picture.ending),
        media_type=picture.media_type,
        size=len(picture.content),
        sha256=digest,
        width=picture.width,
        height=picture.height,
        likeness=picture.likeness,
        created_at=at,
        created_by_id=person_id,
    )
    _write({stored.thumbnail_name: picture.thumbnail, stored.file.name or "": picture.content})
    stored.save(force_insert=True)
    return stored


def store_document(upload: "File[bytes]", *, person_id: int | None, at: datetime) -> StoredFile:
    """Check a PDF, Word or Excel file by its content and keep it as it is.

    Raises Invalid: another type, too many bytes (``settings.DOCUMENT_MAX_BYTES``), macros, a password, damaged;
    StoreNotWritable.
    """
    content = _taken(upload, settings.DOCUMENT_MAX_BYTES)
    media_type, ending = recognise_document(content)
    digest = hashlib.sha256(content).hexdigest()
    stored = StoredFile(
        file=_storage_name(digest, ending),
        original_name=_display_name(upload, ending),
        media_type=media_type,
        size=len(content),
        sha256=digest,
        created_at=at,
        created_by_id=person_id,
    )
    _write({stored.file.name or "": content})
    stored.save(force_insert=True)
    return stored


def sweep_orphans(*, at: datetime) -> int:
    """Delete files older than a day that no row refers to; return how many were deleted."""
    root, swept = Path(settings.MEDIA_ROOT), 0
    young = (at - ORPHAN_AGE).timestamp()
    for folder in sorted(root.glob("??/??")):
        prefix = f"{folder.parent.name}/{folder.name}/"
        rows = StoredFile.objects.filter(file__startswith=prefix)
        kept = {name for row in rows for name in (row.file.name, row.thumbnail_name)}
        for path in sorted(folder.iterdir()):
            if f"{prefix}{path.name}" not in kept and path.stat().st_mtime < young:
                path.unlink()
                swept += 1
    return swept


def _taken(upload: "File[bytes]", limit: int) -> bytes:
    upload.seek(0)
    content: bytes = upload.read(limit + 1)
    if len(content) > limit:
        raise Invalid(_("The file is larger than %(limit)d MB.") % {"limit": limit // (1024 * 1024)})
    if not content:
        raise Invalid(_("The file is empty."))
    return content


def _storage_name(digest: str, ending: str) -> str:
    return f"{digest[:2]}/{digest[2:4]}/{digest}.{ending}"


def _display_name(upload: "File[bytes]", ending: str) -> str:
    """Return the sender's file name as it may be shown and offered again: no path, no tricks, the true ending."""
    name = unicodedata.normalize("NFC", str(upload.name or ""))
    name = PurePosixPath(PureWindowsPath(name).name).name
    stem = UNPRINTABLE.sub("", PurePosixPath(name).stem).strip(" .")
    return f"{stem[:NAME_LENGTH] or _('file')}.{ending}"


def _write(files: Mapping[str, bytes]) -> None:
    """Write files whole, all or none; one that is there already only becomes young again. Raises StoreNotWritable.

    All of them lie complete beside their places before the first gets its name, which takes no room on the disk.
    """
    staged: list[tuple[Path, Path]] = []
    try:
        for name, content in files.items():
            target = Path(settings.MEDIA_ROOT) / name
            if target.exists() and target.stat().st_size == len(content):
                os.utime(target)
            else:
                staged.append((_staged(target, content), target))
        for lying, target in staged:
            lying.replace(target)
    except OSError as trouble:
        for lying, _target in staged:
            lying.unlink(missing_ok=True)
        log.exception("the file store cannot be written")
        raise StoreNotWritable from trouble


def _staged(target: Path, content: bytes) -> Path:
    """Write ``content`` beside ``target`` under a name of its own, down to the disk."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix="tmp-", delete=False) as file:
        lying = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            lying.unlink(missing_ok=True)
            raise
    lying.chmod(0o640)
    return lying
