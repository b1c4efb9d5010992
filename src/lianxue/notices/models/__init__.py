"""Tables of notices."""

from lianxue.notices.models.choice import Choice, ConfirmedAddress
from lianxue.notices.models.delivery import Delivery
from lianxue.notices.models.message import Message, Notice
from lianxue.notices.models.robot import Robot

__all__ = ["Choice", "ConfirmedAddress", "Delivery", "Message", "Notice", "Robot"]
