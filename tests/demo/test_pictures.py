"""Covers and display corners are drawn the same for the same words, small enough, and in the right size."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from lianxue.demo.pictures import CoverText, Typefaces, draw_corner, draw_cover, find_typefaces
from lianxue.demo.pictures.covers import KINDS
from lianxue.demo.pictures.motifs import MOTIFS
from lianxue.demo.titles import Title, read_categories, read_contributions, read_titles

ONE_OF_EACH = {title.category: title for title in read_titles()}


@pytest.fixture(scope="module")
def typefaces() -> Typefaces:
    return find_typefaces(settings.FONT_DIRS)


def words_of(title: Title) -> CoverText:
    names = {category.code: category.name for category in read_categories()}
    return CoverText(
        title=title.title,
        kind=title.kind,
        category=title.category,
        category_name=names[title.category],
        creator=title.creator,
        publisher=title.publisher,
    )


def test_every_category_and_kind_has_its_drawing() -> None:
    titles, contributions = read_titles(), read_contributions()
    assert {t.category for t in titles} | {c.category for c in contributions} == MOTIFS.keys()
    assert {t.kind for t in titles} | {c.kind for c in contributions} == KINDS.keys()


@pytest.mark.parametrize("category", sorted(ONE_OF_EACH))
def test_a_cover_is_a_small_upright_jpeg(category: str, typefaces: Typefaces) -> None:
    picture = draw_cover(words_of(ONE_OF_EACH[category]), typefaces)
    assert len(picture) <= 60 * 1024
    with Image.open(io.BytesIO(picture)) as image:
        assert (image.format, image.size) == ("JPEG", (600, 800))
        assert not image.getexif()


def test_the_same_words_give_the_same_cover_and_others_another(typefaces: Typefaces) -> None:
    first, second = read_titles()[:2]
    assert draw_cover(words_of(first), typefaces) == draw_cover(words_of(first), typefaces)
    assert draw_cover(words_of(first), typefaces) != draw_cover(words_of(second), typefaces)


def test_a_display_corner_varies_with_seed_and_unit_only(typefaces: Typefaces) -> None:
    one = draw_corner(1, typefaces, "外滩街道社区学校")
    assert one == draw_corner(1, typefaces, "外滩街道社区学校")
    assert one != draw_corner(2, typefaces, "外滩街道社区学校")
    assert one != draw_corner(1, typefaces, "豫园街道社区学校")
    assert one != draw_corner(1, typefaces)
    with Image.open(io.BytesIO(one)) as image:
        assert (image.format, image.size) == ("JPEG", (960, 720))


@pytest.mark.parametrize("seed", range(12))
def test_every_arrangement_of_a_corner_can_be_drawn(seed: int, typefaces: Typefaces) -> None:
    assert len(draw_corner(seed, typefaces, "川沙新镇社区学校")) < 120 * 1024


def test_a_missing_typeface_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="NotoSerifSC_700Bold"):
        find_typefaces([tmp_path])
