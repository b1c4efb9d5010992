"""Files that people send in: checked by content, kept by fingerprint, given back under the owner's rule."""

from lianxue.kernel.files.scans import ScanCode, ScanReading, read_codes
from lianxue.kernel.files.serving import file_response
from lianxue.kernel.files.storing import store_document, store_picture, sweep_orphans

__all__ = [
    "ScanCode",
    "ScanReading",
    "file_response",
    "read_codes",
    "store_document",
    "store_picture",
    "sweep_orphans",
]
