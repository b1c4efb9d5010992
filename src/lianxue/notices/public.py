"""What other features may use of notices."""

from lianxue.notices.operations.kinds import KINDS, Kind, register_kind
from lianxue.notices.operations.notify import Telling, Words, notify, notify_each
from lianxue.notices.queries.inbox import unread_count

__all__ = ["KINDS", "Kind", "Telling", "Words", "notify", "notify_each", "register_kind", "unread_count"]
