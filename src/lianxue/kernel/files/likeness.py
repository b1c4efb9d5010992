"""What a picture looks like, in 64 bits: pictures that look alike differ in few of them.

A difference hash: the picture is made grey and shrunk to nine by eight; each bit tells whether a field is brighter than
the one on its right. Another size, another quality or a little more light changes few bits, another scene about half.
"""

from PIL import Image

COLUMNS, ROWS = 9, 8
LEAST_CONTRAST = 12  # of 255; a wall, a dark room or a blank page looks like every other one
SIGN_BIT, ALL_BITS = 1 << 63, 1 << 64


def likeness_of(image: Image.Image) -> int | None:
    """Return the 64 bits as a signed number that a database column holds; None for a picture that shows nothing."""
    small = image.convert("L").resize((COLUMNS, ROWS), Image.Resampling.BOX)
    darkest, lightest = small.getextrema()
    if not isinstance(darkest, int | float) or not isinstance(lightest, int | float):
        raise TypeError("a grey picture has one band")
    if lightest - darkest < LEAST_CONTRAST:
        return None
    fields = small.tobytes()
    bits = 0
    for row in range(ROWS):
        for column in range(COLUMNS - 1):
            at = row * COLUMNS + column
            bits = bits << 1 | (fields[at] > fields[at + 1])
    return bits - ALL_BITS if bits & SIGN_BIT else bits


def bits_apart(one: int, other: int) -> int:
    """Return in how many of the 64 bits two pictures differ."""
    return ((one ^ other) & (ALL_BITS - 1)).bit_count()
