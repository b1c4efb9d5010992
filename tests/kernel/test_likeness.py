"""What a picture looks like: the same scene taken again differs in few of 64 bits, another scene in many."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image
from tests.factories.display import draw_scene, scene

from lianxue.kernel.files import store_picture
from lianxue.kernel.files.likeness import bits_apart, likeness_of
from lianxue.kernel.models import StoredFile

AT = datetime(2026, 3, 2, tzinfo=UTC)


def _likeness(**how: object) -> int:
    with Image.open(BytesIO(scene(7, **how).read())) as image:  # type: ignore[arg-type]
        found = likeness_of(image.convert("RGB"))
    assert found is not None
    return found


@pytest.mark.parametrize(
    "how", [{"quality": 30}, {"size": (1600, 1200)}, {"size": (320, 240)}, {"brighter": 0.8}]
)
def test_the_same_scene_in_another_size_quality_or_light_looks_alike(how: dict[str, object]) -> None:
    assert bits_apart(_likeness(), _likeness(**how)) <= 3


def test_other_scenes_look_different() -> None:
    found = [likeness_of(draw_scene(seed)) for seed in range(40)]
    known = [likeness for likeness in found if likeness is not None]
    assert len(known) == 40
    apart = [bits_apart(one, other) for n, one in enumerate(known) for other in known[:n]]
    assert min(apart) > 12


def test_what_shows_nothing_looks_like_nothing() -> None:
    assert likeness_of(Image.new("RGB", (640, 480), "teal")) is None
    assert likeness_of(Image.linear_gradient("L")) is not None


def test_all_64_bits_fit_the_column() -> None:
    falling = Image.new("L", (9, 8))
    falling.putdata([200 - 20 * (at % 9) for at in range(72)])
    assert likeness_of(falling) == -1  # each field brighter than the one on its right: 64 ones
    assert bits_apart(-1, 0) == 64
    assert bits_apart(-(2**63), 2**63 - 1) == 64


@pytest.mark.django_db
def test_it_is_kept_with_the_picture() -> None:
    stored = store_picture(scene(7), person_id=None, at=AT)
    kept = StoredFile.objects.get(pk=stored.pk).likeness
    assert kept is not None
    assert bits_apart(kept, _likeness()) <= 1
