"""Files that people send in: checked by content, kept by fingerprint, given back under the owner's rule."""

from lianxue.kernel.files.serving import file_response
from lianxue.kernel.files.storing import store_document, store_picture, sweep_orphans

__all__ = ["file_response", "store_document", "store_picture", "sweep_orphans"]
