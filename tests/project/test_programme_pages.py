"""The page of programmes tells what the definition files say."""

from tools.programme_pages import TARGET, document


def test_the_page_of_programmes_is_up_to_date() -> None:
    assert TARGET.read_text(encoding="utf-8") == document(), "run `make docs`"
