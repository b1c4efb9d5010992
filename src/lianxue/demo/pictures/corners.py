"""Views of a display corner: a shelf with books, the sign, and what else stands there (S0-29, S0-55)."""

import random
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from lianxue.demo.pictures.canvas import Canvas, Palette
from lianxue.demo.pictures.typefaces import Typefaces

WIDTH, HEIGHT = 960, 720
SIGN = "上海终身教育资源配送展示区"
FLOOR = 590
FARTHEST_ASIDE = 0.45

_ROOMS = (
    Palette("#F3EBDD", "#FDFBF6", "#5B4636", "#B5462F", "#3F6C7A", "#D9A441"),
    Palette("#E8EEE6", "#FBFDFA", "#3E4A3F", "#3F7A5A", "#C96F4A", "#E2B857"),
    Palette("#E6ECF1", "#FBFCFD", "#35444F", "#2F5E8C", "#C4573D", "#DDAE5B"),
    Palette("#F2E8E4", "#FDFAF8", "#54413F", "#9C4A3C", "#4F7C73", "#D8A95C"),
    Palette("#EFEAF0", "#FCFBFD", "#463F52", "#5C5C99", "#B9604A", "#D6B05E"),
)
_WOODS = (("#C79A68", "#A87B4C"), ("#DDBB8C", "#BC966A"), ("#8F6B4C", "#6F5038"), ("#E9E4DA", "#CFC7B8"))
_SPINES = (
    "#B5462F",
    "#3F6C7A",
    "#D9A441",
    "#4F7C55",
    "#2F4E7A",
    "#C97B5A",
    "#7A5C8C",
    "#8FA9A0",
    "#E3D2B0",
    "#3B3F4A",
)


@dataclass(frozen=True, slots=True)
class _Scene:
    canvas: Canvas
    room: Palette
    wood: tuple[str, str]
    chance: random.Random


def draw_corner(seed: int, typefaces: Typefaces, unit: str = "") -> bytes:
    """Return a JPEG of 960 × 720 showing a display corner; the same seed and unit, the same view.

    ``unit`` is written on the sign; without it the picture fits any point.
    """
    chance = random.Random(f"corner {seed} {unit}")
    room = chance.choice(_ROOMS)
    scene = _Scene(Canvas(WIDTH, HEIGHT, room.ground), room, chance.choice(_WOODS), chance)
    _room(scene)
    shelf_left, shelf_right = chance.choice(((170, 620), (250, 710), (340, 790)))
    _sign(scene, unit, typefaces)
    _shelf(scene, shelf_left, shelf_right)
    if WIDTH - shelf_right > shelf_left:
        _beside(scene, (shelf_right + WIDTH) / 2, shelf_left / 2, typefaces)
    else:
        _beside(scene, shelf_left / 2, (shelf_right + WIDTH) / 2, typefaces)
    scene.canvas.text(
        WIDTH - 16, HEIGHT - 16, "演示图，非实景照片", typefaces.line(30), colour=room.paper, anchor="rs"
    )
    return scene.canvas.jpeg()


def view_of_corner(picture: bytes, seed: str) -> bytes:
    """Return a drawn corner as somebody else would have taken it: from nearer, more to one side.

    The note in the lower right corner, that this is a drawing, stays in the picture.
    """
    chance = random.Random(f"view {seed}")
    with Image.open(BytesIO(picture)) as drawn:
        left, top = (int(side * chance.uniform(0, FARTHEST_ASIDE)) for side in (drawn.width, drawn.height))
        taken = drawn.crop((left, top, drawn.width, drawn.height))
    target = BytesIO()
    taken.save(target, "JPEG", quality=85)
    return target.getvalue()


def _room(scene: _Scene) -> None:
    canvas, room = scene.canvas, scene.room
    canvas.box(0, FLOOR, WIDTH, HEIGHT, colour=scene.wood[1])
    for plank in range(5):
        y = FLOOR + 8 + plank * plank * 7
        canvas.box(0, y, WIDTH, y + 2, colour=scene.wood[0])
    canvas.box(0, FLOOR - 14, WIDTH, FLOOR, colour=room.paper)
    if scene.chance.choice((True, False)):
        for stripe in range(0, WIDTH, 96):
            canvas.box(stripe, 0, stripe + 2, FLOOR - 14, colour=room.paper)


def _sign(scene: _Scene, unit: str, typefaces: Typefaces) -> None:
    canvas, room = scene.canvas, scene.room
    left, right = 150, WIDTH - 150
    canvas.box(left + 4, 36, right + 4, 138, colour=room.ink, radius=8)
    canvas.box(left, 30, right, 132, colour=room.first, radius=8)
    canvas.frame(left + 8, 38, right - 8, 124, colour=room.paper, width=1.5)
    middle = 68 if unit else (30 + 132) / 2
    canvas.text(WIDTH / 2, middle, SIGN, typefaces.title(82), colour=room.paper, anchor="mm")
    canvas.text(WIDTH / 2, 105, unit, typefaces.line(32), colour=room.paper, anchor="mm")


def _shelf(scene: _Scene, left: int, right: int) -> None:
    canvas, (light, dark) = scene.canvas, scene.wood
    boards = scene.chance.choice((3, 3, 4))
    top = 176
    bay = (FLOOR - 20 - top) / boards
    canvas.box(left - 14, top - 14, right + 14, FLOOR + 6, colour=dark, radius=4)
    canvas.box(left, top, right, FLOOR - 8, colour=scene.room.paper)
    for board in range(boards):
        floor = top + bay * (board + 1)
        canvas.box(left, floor - bay, right, floor - bay + 8, colour="#DDD5C6")
        if board == 0 or not scene.chance.randrange(3):
            _faces(scene, left + 14, right - 14, floor, bay - 30)
        else:
            _spines(scene, left + 8, right - 8, floor, bay - 26)
        canvas.box(left, floor, right, floor + 12, colour=light)
    canvas.box(left - 14, FLOOR - 12, right + 14, FLOOR + 6, colour=light)


def _spines(scene: _Scene, left: float, right: float, floor: float, height: float) -> None:
    """A row of books, with a gap where some are on loan."""
    canvas, chance = scene.canvas, scene.chance
    gap = left + (right - left) * chance.uniform(0.3, 0.9)
    x = left
    while x < right - 30:
        if x > gap:
            x, gap = x + chance.uniform(26, 60), right
            continue
        breadth = chance.uniform(13, 28)
        tall = height * chance.uniform(0.74, 1.0)
        colour = chance.choice(_SPINES)
        canvas.box(x, floor - tall, x + breadth - 1.5, floor, colour=colour, radius=2)
        canvas.box(
            x + 3,
            floor - tall + 10,
            x + breadth - 4.5,
            floor - tall + 10 + breadth * 0.5,
            colour=scene.room.paper,
            radius=1,
        )
        canvas.box(x, floor - 12, x + breadth - 1.5, floor - 9, colour=scene.room.third)
        x += breadth


def _faces(scene: _Scene, left: float, right: float, floor: float, height: float) -> None:
    """New titles that show their covers."""
    canvas, chance = scene.canvas, scene.chance
    breadth = height * 0.72
    count = int((right - left) // (breadth + 16))
    step = (right - left) / count
    for number in range(count):
        x = left + step * number + (step - breadth) / 2
        ground, mark = chance.sample(_SPINES, 2)
        canvas.box(x + 4, floor - height + 4, x + breadth + 4, floor, colour="#CFC6B6")
        canvas.box(x, floor - height, x + breadth, floor, colour=ground, radius=2)
        canvas.box(x, floor - height, x + 5, floor, colour=scene.room.ink)
        canvas.box(
            x + 16, floor - height + 14, x + breadth * 0.72, floor - height + 20, colour=scene.room.paper
        )
        canvas.box(
            x + 16, floor - height + 26, x + breadth * 0.55, floor - height + 31, colour=scene.room.paper
        )
        if not chance.randrange(3):
            canvas.disc(x + breadth / 2 + 3, floor - height * 0.36, breadth * 0.28, colour=scene.room.paper)
            canvas.disc(x + breadth / 2 + 3, floor - height * 0.36, breadth * 0.08, colour=ground)
        else:
            canvas.pie(
                x + breadth / 2 + 3, floor - height * 0.16, breadth * 0.3, start=180, end=360, colour=mark
            )


def _beside(scene: _Scene, wide: float, narrow: float, typefaces: Typefaces) -> None:
    """Furnish both sides of the shelf: a desk with the register on the wider, a plant on the narrower."""
    _desk(scene, wide)
    scene.chance.choice((_window, _poster))(scene, wide, typefaces)
    _plant(scene, narrow)


def _desk(scene: _Scene, middle: float) -> None:
    canvas, (light, dark) = scene.canvas, scene.wood
    left, right, top = middle - 105, middle + 105, 470
    for leg in (left + 8, right - 20):
        canvas.box(leg, top, leg + 12, FLOOR + 34, colour=dark)
    canvas.box(left, top, right, top + 16, colour=light, radius=4)
    canvas.shape(
        [(middle - 62, top), (middle - 54, top - 16), (middle, top - 8), (middle, top)],
        colour=scene.room.paper,
    )
    canvas.shape(
        [(middle + 62, top), (middle + 54, top - 16), (middle, top - 8), (middle, top)], colour="#FFFFFF"
    )
    canvas.line([(middle + 20, top - 4), (middle + 48, top - 22)], width=4, colour=scene.room.second)
    canvas.box(middle + 72, top - 30, middle + 96, top, colour=scene.room.third, radius=4)
    for pencil in range(3):
        x = middle + 77 + pencil * 7
        canvas.line([(x, top - 30), (x + pencil - 1, top - 48)], width=3, colour=_SPINES[pencil])


def _window(scene: _Scene, middle: float, _: Typefaces) -> None:
    canvas = scene.canvas
    left, right, top, bottom = middle - 84, middle + 84, 190, 400
    canvas.box(left - 10, top - 10, right + 10, bottom + 10, colour=scene.room.paper, radius=4)
    canvas.box(left, top, right, bottom, colour="#CFE3EA")
    canvas.disc(right - 40, top + 44, 20, colour="#F4D58A")
    for roof in range(3):
        x, height = left + roof * 58, scene.chance.uniform(40, 86)
        canvas.box(
            x, bottom - height, min(x + 50, right), bottom, colour=("#9DB7BF", "#88A5AF", "#AFC5CB")[roof]
        )
    canvas.box(middle - 3, top, middle + 3, bottom, colour=scene.room.paper)
    canvas.box(left, (top + bottom) / 2 - 3, right, (top + bottom) / 2 + 3, colour=scene.room.paper)


def _poster(scene: _Scene, middle: float, typefaces: Typefaces) -> None:
    canvas, room = scene.canvas, scene.room
    left, right, top, bottom = middle - 72, middle + 72, 190, 400
    canvas.box(left + 5, top + 5, right + 5, bottom + 5, colour="#D8D0C2")
    canvas.box(left, top, right, bottom, colour=room.paper)
    canvas.box(left, top, right, top + 46, colour=room.second)
    canvas.text(middle, top + 23, "想学什么", typefaces.line(44), colour=room.paper, anchor="mm")
    cell, near, far = 8, {0, 1, 2, 3}, {9, 10, 11}  # three squares in three corners, as on a QR code
    for row in range(12):
        for column in range(12):
            is_eye = (row in near or column in near) and {row, column} <= near | far
            if is_eye != (scene.chance.random() < (0.15 if is_eye else 0.5)):
                x, y = middle - 48 + column * cell, top + 62 + row * cell
                canvas.box(x, y, x + cell, y + cell, colour=room.ink)
    canvas.text(middle, bottom - 26, "扫一扫，告诉我们", typefaces.line(28), colour=room.ink, anchor="mm")


def _plant(scene: _Scene, middle: float) -> None:
    canvas, chance = scene.canvas, scene.chance
    foot, top = FLOOR + 40, FLOOR - 34
    for leaf in range(9):
        turn = -90 + (leaf - 4) * 17 + chance.uniform(-5, 5)
        length = chance.uniform(110, 180) - abs(leaf - 4) * 9
        canvas.leaf(
            middle,
            top + 6,
            length,
            length * 0.24,
            turn=turn,
            colour=("#4F7C55", "#6E9A66", "#3E6649")[leaf % 3],
        )
    canvas.shape(
        [(middle - 42, top), (middle + 42, top), (middle + 30, foot), (middle - 30, foot)],
        colour=scene.room.second,
    )
    canvas.box(middle - 47, top - 8, middle + 47, top + 10, colour=scene.room.third, radius=4)
