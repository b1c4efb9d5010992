"""Photographs of the corner: several at once, without their place, compared with earlier ones, taken back."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from tests.factories.display import scene
from tests.factories.distribution_people import everybody, everything_written
from tests.factories.distribution_stock import StockedRound, delivered_round
from tests.factories.orgs import AT, client_for, small_network

from lianxue.distribution.errors import PhotographCounts
from lianxue.distribution.models import DisplayPhoto
from lianxue.distribution.operations.display.corner import set_up_corner
from lianxue.distribution.operations.display.photographs import (
    add_display_photo,
    add_display_photos,
    take_back_photo,
)
from lianxue.distribution.queries.corner import beside, earliest_alike
from lianxue.distribution.queries.shipments import photos_seen
from lianxue.kernel.errors import Invalid, NotAllowed
from lianxue.kernel.models import StoredFile
from lianxue.orgs.public import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def stocked() -> StockedRound:
    network = small_network()
    stocked = delivered_round(network, (2,), points=network.points[:4])
    for point in network.points[:4]:
        set_up_corner(actor=network.actor(point), at=AT, point=point, location="二楼")
    return stocked


def _add(
    stocked: StockedRound, seed: int, *, point: Organisation | None = None, days: int = 0, **how: object
) -> DisplayPhoto:
    here = point or stocked.point
    return add_display_photo(
        actor=stocked.network.actor(here),
        at=AT + timedelta(days=days),
        point=here,
        upload=scene(seed, **how),  # type: ignore[arg-type]
    )


def test_the_place_where_it_was_taken_is_not_kept(stocked: StockedRound) -> None:
    exif = Image.Exif()
    exif[0x010F] = "PhoneMaker"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (31.0, 13.0, 49.2), "E", (121.0, 28.0, 25.3)
    place[29] = "2026:03:02"
    sent = scene(1, exif=exif)
    with Image.open(BytesIO(sent.read())) as original:
        assert dict(original.getexif().get_ifd(0x8825)), "the test itself sends a place"
    sent.seek(0)
    photo = add_display_photo(actor=stocked.admin, at=AT, point=stocked.point, upload=sent)
    for name in (photo.picture.file.name, photo.picture.thumbnail_name):
        content = (Path(settings.MEDIA_ROOT) / str(name)).read_bytes()
        assert b"PhoneMaker" not in content
        assert b"Exif" not in content
        with Image.open(BytesIO(content)) as kept:
            assert not kept.getexif()


def test_the_same_scene_again_is_marked_with_the_earliest_one(stocked: StockedRound) -> None:
    first = _add(stocked, 1)
    again = _add(stocked, 1, days=30, quality=40, brighter=0.9)
    third = _add(stocked, 1, days=60, size=(400, 300))
    other = _add(stocked, 2, days=60)
    assert [photo.looks_like_id for photo in (first, again, third, other)] == [None, first.pk, first.pk, None]


def test_neighbours_below_the_same_college_are_compared_and_others_not(stocked: StockedRound) -> None:
    neighbour, stranger = stocked.network.points[1], stocked.network.points[3]
    first = _add(stocked, 1)
    assert _add(stocked, 1, point=neighbour, days=1).looks_like_id == first.pk
    assert _add(stocked, 1, point=stranger, days=1).looks_like_id is None
    assert earliest_alike(stocked.point.pk, None) is None


def test_several_at_once_are_all_kept_or_none(stocked: StockedRound) -> None:
    first = add_display_photos(
        actor=stocked.desk,
        at=AT,
        point=stocked.point,
        uploads=[scene(1), scene(2), scene(1)],
        caption=" 新书 ",
    )
    kept = DisplayPhoto.objects.order_by("pk")
    assert [photo.caption for photo in kept] == ["新书"] * 3
    assert [photo.looks_like_id for photo in kept] == [None, None, first.pk]
    before = everything_written()
    broken = SimpleUploadedFile("a.jpg", b"nothing", "image/jpeg")
    for uploads in ([scene(3), broken], [], [scene(3)] * 13):
        with pytest.raises(Invalid):
            add_display_photos(actor=stocked.desk, at=AT, point=stocked.point, uploads=uploads)
    assert everything_written() == before


def test_only_a_marked_photograph_is_taken_back_and_only_by_its_point(stocked: StockedRound) -> None:
    first, again = _add(stocked, 1), _add(stocked, 1, days=1)
    with pytest.raises(PhotographCounts):
        take_back_photo(actor=stocked.desk, at=AT, photo=first)
    succeeded = ""
    for letter, actor in everybody(stocked.network).items():
        if letter in "PD":
            continue
        try:
            take_back_photo(actor=actor, at=AT, photo=again)
        except NotAllowed:
            continue
        succeeded += letter
    assert succeeded == ""
    take_back_photo(actor=stocked.desk, at=AT, photo=again)
    assert list(DisplayPhoto.objects.values_list("pk", flat=True)) == [first.pk]
    assert not StoredFile.objects.filter(pk=again.picture_id).exists()


def test_the_sender_hears_of_it_and_keeps_it_or_takes_it_back(stocked: StockedRound) -> None:
    phone = client_for(stocked.desk)
    add = reverse("distribution:photo-add")
    page = phone.get(add).content.decode()
    assert 'capture="environment"' in page
    assert page.count("multiple") == 2
    assert phone.post(add, {"pictures": [scene(1), scene(2)]}).url == reverse("distribution:corner-own")
    answer = phone.post(add, {"taken": scene(1, quality=50)})
    marked = DisplayPhoto.objects.get(looks_like__isnull=False)
    assert answer.url == reverse("distribution:photo-alike", args=[marked.pk])
    assert phone.get(answer.url).status_code == 200
    college = client_for(stocked.network.actor(stocked.network.colleges[0]))
    wall = college.get(reverse("distribution:photos"), {"show": "alike"})
    assert [photo.pk for photo in wall.context["page"]] == [marked.pk]
    assert phone.post(reverse("distribution:photo-take-back", args=[marked.pk])).status_code == 302
    assert DisplayPhoto.objects.count() == 2
    assert phone.post(add, {}).status_code == 422


def test_one_turns_from_photograph_to_photograph(stocked: StockedRound) -> None:
    photos = [_add(stocked, seed, days=seed) for seed in (1, 2, 3)]
    rows = photos_seen(stocked.admin)
    assert beside(rows, photos[1]) == (photos[2], photos[0])
    assert beside(rows, photos[0]) == (photos[1], None)
    view = client_for(stocked.admin).get(reverse("distribution:photo-view", args=[photos[1].pk]))
    assert view.context["newer_url"] == reverse("distribution:photo-view", args=[photos[2].pk])
    assert view.context["older_url"] == reverse("distribution:photo-view", args=[photos[0].pk])
