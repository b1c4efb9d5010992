"""Pictures of made-up display corners, each unlike the others."""

import random
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageEnhance


def draw_scene(seed: int, *, size: tuple[int, int] = (800, 600)) -> Image.Image:
    """Return a picture with fields of many brightnesses; another seed gives quite another one."""
    chance = random.Random(seed)  # noqa: S311  # scenes are no secret
    image = Image.new("RGB", size)
    pen = ImageDraw.Draw(image)
    across, down = size[0] / 8, size[1] / 8
    for row in range(8):
        for column in range(8):
            shade = chance.randrange(256)
            pen.rectangle(
                (column * across, row * down, (column + 1) * across, (row + 1) * down), (shade, shade, 90)
            )
    return image


def scene(
    seed: int,
    *,
    size: tuple[int, int] = (800, 600),
    quality: int = 90,
    brighter: float = 1.0,
    exif: Image.Exif | None = None,
) -> SimpleUploadedFile:
    """Return a photograph of scene ``seed`` as a phone would send it."""
    content = BytesIO()
    image = ImageEnhance.Brightness(draw_scene(seed, size=size)).enhance(brighter)
    image.save(content, "JPEG", quality=quality, exif=exif or Image.Exif())
    return SimpleUploadedFile(f"scene-{seed}.jpg", content.getvalue(), "image/jpeg")
