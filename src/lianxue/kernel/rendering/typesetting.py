"""PDF from Typst templates: offline, with our own typefaces, the same bytes for the same data."""

import functools
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import gettempdir

import typst
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

SOURCE = Path(__file__).resolve().parents[2]
# Fixed, so that equal data gives equal bytes; a form carries its own date in print.
MADE_AT = datetime(2020, 1, 1, tzinfo=UTC)
NO_PACKAGES = Path(gettempdir()) / "lianxue-no-typst-packages"


def pdf(template: Path, data: Mapping[str, object]) -> bytes:
    """Typeset ``template`` (a .typ file below the source directory); it reads ``data`` as JSON from ``sys.inputs``.

    Data is never markup: what somebody typed is printed as typed. Templates may import each other by a path from the
    source directory, such as ``/kernel/templates/kernel/print/official.typ``.
    """
    return typst.compile(
        template,
        root=SOURCE,
        font_paths=_typefaces(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        package_path=NO_PACKAGES,
        package_cache_path=NO_PACKAGES,
        timestamp=MADE_AT,
    )


@functools.cache
def _typefaces() -> typst.Fonts:
    missing = [str(place) for place in settings.FONT_DIRS if not Path(place).is_dir()]
    if missing:
        raise ImproperlyConfigured(f"typefaces are missing (make setup installs them): {', '.join(missing)}")
    return typst.Fonts(include_system_fonts=False, font_paths=[str(place) for place in settings.FONT_DIRS])
