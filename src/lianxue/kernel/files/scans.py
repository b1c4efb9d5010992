"""Scans of stamped papers: which codes are on which page. The file is read in a process of its own (``scan_process``)."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Invalid, Text
from lianxue.kernel.files.pictures import refuse_heif

READER = Path(__file__).with_name("scan_process.py")
WALL_SECONDS = 120  # the process itself stops much earlier, by the time it computes
NOT_A_SCAN = _("Please send the scan as a PDF file or as a picture (JPEG, PNG).")
BROKEN = _("The scan is damaged and cannot be opened. Please scan the paper again and send the new file.")
REFUSALS: dict[str, Text] = {
    "password": _(
        "The PDF file is protected by a password. Please save it without a password and send it again."
    ),
    "broken": BROKEN,
    "pages": _("The scan has more than 60 pages. Please send the stamped form alone."),
    "pixels": _("The pages of the scan are far too large. Please scan them again with 300 dpi."),
}
PICTURE_STARTS = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*", b"BM")


@dataclass(frozen=True, slots=True)
class ScanCode:
    """What one code says, and on which page it is, counted from 1."""

    page: int
    text: str


@dataclass(frozen=True, slots=True)
class ScanReading:
    """What is on a scan: how many pages, which codes, and the pages for which the time did not suffice."""

    pages: int
    codes: tuple[ScanCode, ...] = ()
    unread: tuple[int, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Return what the codes say, each once."""
        return tuple(dict.fromkeys(code.text for code in self.codes))


def read_codes(content: bytes) -> ScanReading:
    """Return the QR codes on a scan, a PDF file or a picture; no code is an answer too.

    Raise ``Invalid`` with what to do: another kind of file, too large, a password, damaged, far too many pages or pixels.
    """
    limit: int = settings.DOCUMENT_MAX_BYTES
    if len(content) > limit:
        raise Invalid(_("The file is larger than %(limit)d MB.") % {"limit": limit // (1024 * 1024)})
    refuse_heif(content)
    if not content.startswith((b"%PDF-", *PICTURE_STARTS)):
        raise Invalid(NOT_A_SCAN)
    try:
        done = subprocess.run(  # our own interpreter and our own file; the scan comes by standard input
            [sys.executable, "-I", str(READER)],
            input=content,
            capture_output=True,
            timeout=WALL_SECONDS,
            check=False,
            env={"PATH": "/usr/bin:/bin"},
        )
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError) as ended:
        raise Invalid(BROKEN) from ended
    if refused := answer.get("refused"):
        raise Invalid(REFUSALS.get(refused, BROKEN))
    codes = tuple(ScanCode(int(one["page"]), str(one["text"])) for one in answer["codes"])
    return ScanReading(int(answer["pages"]), codes, tuple(answer["unread"]))
