"""Files that people send in: recognised by content, pictures drawn anew, kept once, given back safely."""

import hashlib
import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import docx
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import FileResponse
from django.test import override_settings
from django.utils.translation import override
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image
from tests.kernel.sheets import workbook

from lianxue.kernel.errors import Invalid, NotFound
from lianxue.kernel.files import file_response, store_document, store_picture, sweep_orphans
from lianxue.kernel.models import StoredFile

AT = datetime(2026, 3, 5, 9, tzinfo=UTC)
RED, BLUE = (200, 16, 16), (16, 16, 200)


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path), override("en"):
        yield


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (800, 600), mode: str = "RGB", **options: object
) -> bytes:
    """Return a picture, red on the left and blue on the right."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, *size))
    target = BytesIO()
    image.convert(mode).save(target, kind, **options)
    return target.getvalue()


def _stored(content: bytes, name: str = "展示区.jpg") -> StoredFile:
    return store_picture(ContentFile(content, name=name), person_id=7, at=AT)


def _on_disk() -> list[str]:
    root = Path(settings.MEDIA_ROOT)
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def _seen(stored: StoredFile, *, thumbnail: bool = False) -> Image.Image:
    name = stored.thumbnail_name if thumbnail else str(stored.file.name)
    return Image.open(BytesIO((Path(settings.MEDIA_ROOT) / name).read_bytes()))


@pytest.mark.django_db
def test_a_picture_is_kept_under_its_fingerprint_with_a_thumbnail() -> None:
    stored = _stored(picture())

    content = (Path(settings.MEDIA_ROOT) / str(stored.file.name)).read_bytes()
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert stored.file.name == f"{stored.sha256[:2]}/{stored.sha256[2:4]}/{stored.sha256}.jpg"
    assert _on_disk() == sorted([stored.file.name, stored.thumbnail_name])
    assert (stored.original_name, stored.media_type, stored.size) == (
        "展示区.jpg",
        "image/jpeg",
        len(content),
    )
    assert (stored.width, stored.height, stored.created_at, stored.created_by_id) == (800, 600, AT, 7)
    assert _seen(stored, thumbnail=True).size == (480, 360)
    assert StoredFile.objects.get() == stored


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "kind", "size"),
    [
        (picture("PNG"), "JPEG", (800, 600)),
        (picture("PNG", mode="P"), "JPEG", (800, 600)),
        (picture("PNG", mode="RGBA"), "JPEG", (800, 600)),
        (picture("WEBP"), "JPEG", (800, 600)),
        (picture("GIF", mode="P"), "JPEG", (800, 600)),
        (picture("JPEG", mode="CMYK"), "JPEG", (800, 600)),
        (picture("JPEG", size=(6000, 4000)), "JPEG", (2560, 1707)),
        (picture("JPEG", size=(16, 16)), "JPEG", (16, 16)),
    ],
)
def test_every_accepted_kind_becomes_one_of_two(content: bytes, kind: str, size: tuple[int, int]) -> None:
    seen = _seen(_stored(content))

    assert (seen.format, seen.size) == (kind, size)
    left, right = seen.convert("RGB").getpixel((2, 8)), seen.convert("RGB").getpixel((size[0] - 3, 8))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[0] > right[0] + 100


@pytest.mark.django_db
def test_transparency_is_kept_as_png() -> None:
    target = BytesIO()
    Image.new("RGBA", (300, 200), (255, 0, 0, 0)).save(target, "PNG")

    stored = _stored(target.getvalue(), "logo.gif")

    assert (stored.media_type, stored.original_name, _seen(stored).mode) == ("image/png", "logo.png", "RGBA")


@pytest.mark.django_db
def test_where_and_with_what_it_was_taken_is_forgotten_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "Secret Camera"
    exif.get_ifd(0x8825)[2] = (31.0, 12.0, 0.0)  # latitude
    content = picture(size=(800, 600), exif=exif, comment=b"Secret comment", icc_profile=b"Secret profile")
    assert content.count(b"Secret") == 3

    stored = _stored(content)

    for thumbnail in (False, True):
        seen = _seen(stored, thumbnail=thumbnail)
        assert (dict(seen.getexif()), seen.height > seen.width) == ({}, True)
        assert "Secret" not in str(seen.info)
    kept = (Path(settings.MEDIA_ROOT) / str(stored.file.name)).read_bytes()
    assert b"Secret" not in kept
    assert (stored.width, stored.height) == (600, 800)


@pytest.mark.django_db
def test_only_the_first_frame_of_a_moving_picture_is_kept() -> None:
    frames = [Image.new("RGB", (64, 64), colour) for colour in (RED, BLUE)]
    target = BytesIO()
    frames[0].save(target, "GIF", save_all=True, append_images=frames[1:])

    seen = _seen(_stored(target.getvalue()))

    assert getattr(seen, "n_frames", 1) == 1
    pixel = seen.getpixel((32, 32))
    assert isinstance(pixel, tuple)
    assert pixel[0] > 150


@pytest.mark.django_db
def test_what_hides_behind_a_picture_is_gone() -> None:
    stored = _stored(picture() + b"PK\x03\x04<script>alert(1)</script>")

    assert b"script" not in (Path(settings.MEDIA_ROOT) / str(stored.file.name)).read_bytes()


def _png_header(width: int, height: int) -> bytes:
    """Return a PNG that claims a size and has next to nothing in it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00"))
        + chunk(b"IEND", b"")
    )


NOT_PICTURE = "This is not a picture that can be read. Please send a JPEG, PNG, WebP or GIF file."
TOO_MANY = "The picture has more than 60 million pixels. Please send a smaller one."
HEIC = "This is a HEIC picture, as iPhones take them. Please choose “Most compatible” under camera formats, or send the picture as JPEG."
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty."),
        (SVG, NOT_PICTURE),
        (b"<html><script>alert(1)</script></html>", NOT_PICTURE),
        (b"\x89PNG\r\n\x1a\n" + SVG, NOT_PICTURE),
        (b"GIF89a" + SVG, NOT_PICTURE),
        (picture()[:4000], NOT_PICTURE),
        (picture("PNG")[:-30], NOT_PICTURE),
        (picture("BMP"), NOT_PICTURE),
        (picture("TIFF"), NOT_PICTURE),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", NOT_PICTURE),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", HEIC),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic", HEIC),
        (_png_header(7746, 7747), TOO_MANY),
        (_png_header(10_000, 10_000), TOO_MANY),
        (_png_header(65_000, 65_000), TOO_MANY),
        (_png_header(800, 600), NOT_PICTURE),
        (picture(size=(800, 15)), "The picture is too small: each side needs at least 16 pixels."),
    ],
)
def test_what_is_no_picture_is_refused_in_plain_words_and_leaves_nothing(
    content: bytes, message: str
) -> None:
    with pytest.raises(Invalid) as refused:
        _stored(content, "photo.png")

    assert (str(refused.value), _on_disk(), StoredFile.objects.count()) == (message, [], 0)


@pytest.mark.django_db
def test_a_picture_over_the_byte_limit_is_refused() -> None:
    with override_settings(PICTURE_MAX_BYTES=1024 * 1024), pytest.raises(Invalid, match="larger than 1 MB"):
        _stored(picture() + bytes(1024 * 1024))


@pytest.mark.django_db
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(kind=st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]), data=st.data())
def test_no_damaged_picture_raises_anything_but_invalid(kind: str, data: st.DataObject) -> None:
    content = bytearray(picture(kind, size=(24, 24)))
    for position in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=6)):
        content[position] = data.draw(st.integers(0, 255))
    with suppress(Invalid):
        _stored(bytes(content))


@pytest.mark.django_db
def test_the_same_picture_twice_is_one_file_and_two_rows() -> None:
    first, second = _stored(picture()), _stored(picture(), "again.jpg")

    assert first.file.name == second.file.name
    assert (StoredFile.objects.count(), len(_on_disk())) == (2, 2)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("photo.PNG", "photo.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\wang\\展示区 1.jpeg", "展示区 1.jpg"),
        ("a\u202egpj.exe", "agpj.jpg"),
        ('x"\r\nSet-Cookie: a=b.jpg', "xSet-Cookie a=b.jpg"),
        ("长" * 300 + ".jpg", "长" * 120 + ".jpg"),
        ("", "file.jpg"),
        ("...", "file.jpg"),
    ],
)
def test_names_are_shown_without_their_tricks(sent: str, shown: str) -> None:
    stored = _stored(picture(size=(32, 32)), sent)
    stored.refresh_from_db()

    assert stored.original_name == shown


def _word() -> bytes:
    target = BytesIO()
    docx.Document().save(target)
    return target.getvalue()


EMPTY_PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PDF = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
LOCKED_PDF = PDF.replace(
    b"trailer<<",
    b"trailer<</Encrypt<</Filter/Standard/V 1/R 2/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">/P -4>>"
    b"/ID[<" + b"33" * 16 + b"><" + b"33" * 16 + b">]",
)
DAMAGED_PDF = "The PDF file is damaged and cannot be opened. Please save it again and send the new copy."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "media_type", "ending"),
    [
        (PDF, "application/pdf", "pdf"),
        (_word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
        (workbook(["a"]), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    ],
)
def test_documents_are_kept_as_they_are(content: bytes, media_type: str, ending: str) -> None:
    stored = store_document(ContentFile(content, name="报告.exe"), person_id=None, at=AT)

    assert (stored.media_type, stored.original_name, stored.size) == (
        media_type,
        f"报告.{ending}",
        len(content),
    )
    assert (stored.width, stored.is_picture, stored.created_by_id) == (None, False, None)
    with stored.file.open() as file:
        assert file.read() == content
    assert _on_disk() == [stored.file.name]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty."),
        (b"MZ\x90\x00", "Please send a PDF, Word (.docx) or Excel (.xlsx) file."),
        (b"<html>%PDF-1.7 %%EOF", "Please send a PDF, Word (.docx) or Excel (.xlsx) file."),
        (
            LOCKED_PDF,
            "The PDF file is protected by a password. Please save it without a password and send it again.",
        ),
        (EMPTY_PDF, DAMAGED_PDF),
        (b"%PDF-1.7 nothing of the kind %%EOF", DAMAGED_PDF),
        (PDF[:30], "The PDF file is not complete. Please save it again and send the new copy."),
        (
            _word()[:500],
            "The file is damaged and cannot be opened. Please save it again and send the new copy.",
        ),
    ],
)
def test_other_documents_are_refused(content: bytes, message: str) -> None:
    with pytest.raises(Invalid) as refused:
        store_document(ContentFile(content, name="报告.pdf"), person_id=7, at=AT)

    assert (str(refused.value), _on_disk()) == (message, [])


def _store_and_roll_back(content: bytes) -> None:
    with transaction.atomic():
        _stored(content)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_files_without_rows_are_swept_a_day_later_and_others_stay() -> None:
    kept = _stored(picture())
    _store_and_roll_back(picture(size=(320, 240)))
    orphans = sorted(set(_on_disk()) - {str(kept.file.name), kept.thumbnail_name})
    for name in _on_disk():
        os.utime(Path(settings.MEDIA_ROOT) / name, (AT.timestamp(), AT.timestamp()))

    assert (len(orphans), sweep_orphans(at=AT + timedelta(hours=24))) == (2, 0)
    assert sweep_orphans(at=AT + timedelta(hours=24, seconds=1)) == 2
    assert _on_disk() == sorted([kept.file.name, kept.thumbnail_name])


@pytest.mark.django_db
def test_an_orphan_stored_again_is_young_again() -> None:
    _store_and_roll_back(picture())
    for name in _on_disk():
        os.utime(Path(settings.MEDIA_ROOT) / name, (0, 0))
    _store_and_roll_back(picture())

    assert (sweep_orphans(at=datetime.now(tz=UTC)), len(_on_disk())) == (0, 2)


def _body(response: FileResponse) -> bytes:
    content = b"".join(response)  # type: ignore[arg-type]  # a synchronous response
    response.close()
    return content


@pytest.mark.django_db
def test_a_picture_is_given_back_to_look_at() -> None:
    stored = _stored(picture())

    shown, small, taken = (
        file_response(stored),
        file_response(stored, thumbnail=True),
        file_response(stored, download=True),
    )

    assert shown["Content-Type"] == "image/jpeg"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Cache-Control"] == "private, max-age=3600"
    assert shown["Content-Disposition"] == "inline; filename*=utf-8''%E5%B1%95%E7%A4%BA%E5%8C%BA.jpg"
    assert taken["Content-Disposition"].startswith("attachment; ")
    assert len(_body(shown)) == len(_body(taken)) == stored.size
    assert Image.open(BytesIO(_body(small))).size == (480, 360)


@pytest.mark.django_db
def test_word_and_excel_are_always_downloads() -> None:
    response = file_response(
        store_document(ContentFile(_word(), name="a.docx"), person_id=7, at=AT), thumbnail=True
    )

    assert response["Content-Disposition"] == 'attachment; filename="a.docx"'
    assert _body(response) == _word()


@pytest.mark.django_db
def test_a_file_gone_from_the_disk_is_not_found() -> None:
    stored = _stored(picture())
    (Path(settings.MEDIA_ROOT) / str(stored.file.name)).unlink()

    with pytest.raises(NotFound):
        file_response(stored)
