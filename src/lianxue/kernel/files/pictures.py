"""Pictures that people send in: recognised by content, unfolded within bounds, and drawn anew.

Drawing anew keeps the pixels and nothing else: no place where the photograph was taken, no hidden script or archive
behind the picture, no animation. Colours stay as they are; the camera's orientation is applied.
"""

from dataclasses import dataclass
from io import BytesIO

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from lianxue.kernel.errors import Invalid
from lianxue.kernel.files.likeness import likeness_of

ACCEPTED = ("JPEG", "PNG", "WEBP", "GIF")
HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
LONGEST_SIDE = 2560
SHORTEST_SIDE = 16
THUMBNAIL_SIDE = 480
JPEG_QUALITY = 86


@dataclass(frozen=True)
class Picture:
    """A picture drawn anew, with its thumbnail in the same format."""

    content: bytes
    thumbnail: bytes
    media_type: str
    ending: str
    width: int
    height: int
    likeness: int | None


def draw_anew(content: bytes) -> Picture:
    """Return the picture in ``content`` as JPEG, or as PNG where it has transparent parts. Raises Invalid."""
    refuse_heif(content)
    image = _unfolded(content)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    small = image.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    transparent = image.mode == "RGBA"
    return Picture(
        content=_encoded(image),
        thumbnail=_encoded(small),
        media_type="image/png" if transparent else "image/jpeg",
        ending="png" if transparent else "jpg",
        width=image.width,
        height=image.height,
        likeness=likeness_of(image),
    )


def _unfolded(content: bytes) -> Image.Image:
    """Return the upright picture in RGB or RGBA, its first frame when it moves."""
    try:
        with Image.open(BytesIO(content), formats=ACCEPTED) as opened:
            _check_dimensions(
                opened.width, opened.height
            )  # known from the header, before any pixel is unfolded
            opened.load()
            upright = ImageOps.exif_transpose(opened)
            if not upright.has_transparency_data:
                return upright.convert("RGB")
            layered = upright.convert("RGBA")
    except Invalid:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Invalid(_too_many_pixels()) from bomb
    except (
        Exception
    ) as broken:  # decoders have no common error: a hostile file can raise nearly anything from them
        message = _("This is not a picture that can be read. Please send a JPEG, PNG, WebP or GIF file.")
        raise Invalid(message) from broken
    lightest, _darkest = layered.getchannel("A").getextrema()
    return layered if lightest != 255 else layered.convert("RGB")  # noqa: PLR2004  # 255 is opaque


def _check_dimensions(width: int, height: int) -> None:
    if width * height > settings.PICTURE_MAX_PIXELS:
        raise Invalid(_too_many_pixels())
    if min(width, height) < SHORTEST_SIDE:
        raise Invalid(
            _("The picture is too small: each side needs at least %(side)d pixels.") % {"side": SHORTEST_SIDE}
        )


def _too_many_pixels() -> str:
    millions = {"millions": settings.PICTURE_MAX_PIXELS // 1_000_000}
    return _("The picture has more than %(millions)d million pixels. Please send a smaller one.") % millions


def _encoded(image: Image.Image) -> bytes:
    target = BytesIO()
    clean = Image.new(image.mode, image.size)
    clean.paste(image)  # leaves behind whatever the file carried beside its pixels
    if image.mode == "RGBA":
        clean.save(target, "PNG", optimize=True)
    else:
        clean.save(target, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
    return target.getvalue()


def refuse_heif(content: bytes) -> None:
    """Raise Invalid for a picture as iPhones take them, with what to do."""
    if content[4:8] == b"ftyp" and content[8:12] in HEIF_BRANDS:
        raise Invalid(
            _(
                "This is a HEIC picture, as iPhones take them. Please choose “Most compatible” under camera formats, "
                "or send the picture as JPEG."
            )
        )
