"""Giving stored files back. The feature that owns a file decides who may have it; this only writes the answer."""

from pathlib import Path, PurePosixPath

from django.conf import settings
from django.http import FileResponse

from lianxue.kernel.errors import NotFound
from lianxue.kernel.models.stored_file import StoredFile

SHOWN_IN_BROWSER = ("image/jpeg", "image/png", "application/pdf")
PRIVATE_FOR_AN_HOUR = "private, max-age=3600"


def file_response(stored: StoredFile, *, thumbnail: bool = False, download: bool = False) -> FileResponse:
    """Return the file, or its thumbnail, for a person whom the caller has let through.

    Pictures and PDF open in the browser unless ``download``; everything else is always a download. Browsers keep it
    for themselves for an hour and never guess another type. Raises NotFound when the file is gone from the disk.
    """
    name = stored.thumbnail_name if thumbnail and stored.is_picture else stored.file.name or ""
    try:
        opened = (Path(settings.MEDIA_ROOT) / name).open("rb")
    except FileNotFoundError as gone:
        raise NotFound from gone
    response = FileResponse(
        opened,
        as_attachment=download or stored.media_type not in SHOWN_IN_BROWSER,
        filename=PurePosixPath(stored.original_name).name,
        content_type=stored.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = PRIVATE_FOR_AN_HOUR
    return response
