"""A file store without room, or that may only be read: told in words, nothing half-kept, mended by itself."""

import os
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pytest_django import Settings

from lianxue.distribution.models import DisplayPhoto
from lianxue.distribution.operations.display.corner import set_up_corner
from lianxue.kernel.models import AuditEntry, StoredFile
from tests.factories.distribution_stock import delivered_round
from tests.factories.orgs import AT, client_for, small_network
from tests.faults.trials import report

pytestmark = [pytest.mark.faults, pytest.mark.django_db]
ROOM = "512k"
WORDS = "文件没有存上"


@pytest.fixture
def small_store(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """Make the file store a file system of half a megabyte."""
    store = tmp_path / "store"
    store.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", store],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(
            f"a small file system cannot be mounted here: {mounted.stderr.strip() or 'not permitted'}"
        )
    settings.MEDIA_ROOT = store
    yield store
    subprocess.run(["umount", store], check=True)


def _photograph(side: int) -> SimpleUploadedFile:
    """Return a picture that cannot be made small: noise."""
    target = BytesIO()
    Image.frombytes("RGB", (side, side), os.urandom(side * side * 3)).save(target, "JPEG", quality=90)
    return SimpleUploadedFile("corner.jpg", target.getvalue(), content_type="image/jpeg")


def _files(store: Path) -> list[str]:
    return sorted(str(path.relative_to(store)) for path in store.rglob("*") if path.is_file())


class Corner:
    """A point with its display corner, and the page by which photographs come in."""

    def __init__(self) -> None:
        stocked = delivered_round(small_network(), (2,))
        set_up_corner(
            actor=stocked.admin, at=AT, point=stocked.point, location="一楼大厅", sign_posted_on=None
        )
        self.client = client_for(stocked.admin)

    def send(self, side: int) -> tuple[int, str]:
        """Send a photograph; return the status and the page."""
        answer = self.client.post(
            "/corner/photos/add/", {"pictures": _photograph(side), "request_key": f"k{side}"}
        )
        return answer.status_code, answer.content.decode()


def test_a_store_without_room_keeps_nothing_half(small_store: Path) -> None:
    corner = Corner()
    assert corner.send(120)[0] == 302
    before = _files(small_store)
    assert len(before) == 2, "a picture and its thumbnail"
    status, page = corner.send(1000)
    assert status == 422
    assert WORDS in page
    assert _files(small_store) == before
    assert (StoredFile.objects.count(), DisplayPhoto.objects.count()) == (1, 1)
    assert corner.send(140)[0] == 302, "what there is room for still comes in"
    refused = AuditEntry.objects.filter(outcome="refused", note__startswith="store_not_writable").count()
    report("file store full", refused=refused, rows_without_file=0, stray_files=len(_files(small_store)) - 4)
    assert (refused, len(_files(small_store))) == (1, 4)


def test_a_store_that_may_only_be_read(small_store: Path) -> None:
    corner = Corner()
    subprocess.run(["mount", "-o", "remount,ro", small_store], check=True)
    status, page = corner.send(120)
    assert status == 422
    assert WORDS in page
    assert (_files(small_store), StoredFile.objects.count()) == ([], 0)
    subprocess.run(["mount", "-o", "remount,rw", small_store], check=True)
    assert corner.send(120)[0] == 302
    report("file store read-only", refused=1, rows_without_file=0, stray_files=len(_files(small_store)) - 2)
    assert len(_files(small_store)) == 2
