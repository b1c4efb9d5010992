"""QR codes, as SVG for pages and print and as PNG."""

from io import BytesIO

import segno

# Q: a quarter may be dirty or torn and it is still read; posters hang for a year.
ERROR_CORRECTION = "Q"


def qr_svg(text: str, *, border: int = 4) -> str:
    """Return a QR code as an SVG element that scales to its place; the quiet zone of ``border`` modules is in it."""
    target = BytesIO()
    _code(text).save(
        target,
        kind="svg",
        border=border,
        xmldecl=False,
        omitsize=True,
        svgclass=None,
        lineclass=None,
        light="#fff",
    )
    return target.getvalue().decode()


def qr_png(text: str, *, scale: int = 8, border: int = 4, dpi: int | None = None) -> bytes:
    """Return a QR code as a PNG picture, ``scale`` pixels for each module; ``dpi`` says how large it is on paper."""
    target = BytesIO()
    _code(text).save(target, kind="png", scale=scale, border=border, dpi=dpi)
    return target.getvalue()


def _code(text: str) -> segno.QRCode:
    return segno.make_qr(text, error=ERROR_CORRECTION)
