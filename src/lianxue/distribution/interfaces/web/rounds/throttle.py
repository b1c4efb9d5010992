"""How often something may come from one place; counted in the shared cache, so all processes count together."""

import hashlib

from django.core.cache import cache


def is_over_limit(what: str, who: str, *, most: int, seconds: int) -> bool:
    """Count one more and tell whether that is too many within ``seconds`` of the first.

    The key holds a digest, never the address itself.
    """
    key = f"throttle:{what}:{hashlib.sha256(who.encode()).hexdigest()[:32]}"
    if cache.add(key, 1, timeout=seconds):
        return False
    try:
        return cache.incr(key) > most
    except ValueError:  # it ran out between the two
        cache.set(key, 1, timeout=seconds)
        return False
