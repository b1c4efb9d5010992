"""Holding a call while something is handed in under it."""

from django.db import connection

_HOLD = "SELECT state FROM programmes_call WHERE id = %s FOR SHARE"


def hold_call(call_id: int) -> None:
    """Keep a call as it is until the transaction ends: many units hold it at once, whoever closes it waits for them."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [call_id])
