"""How long the trials go on, and what they find: a JSON line for each at the end of the run."""

import json
import os
from typing import Any

LONG = os.environ.get("FAULT_TRIALS", "")
FOUND: list[dict[str, Any]] = []


def trials(short: int) -> int:
    """Return how many trials to make: FAULT_TRIALS of them, or in the everyday run ``short``."""
    return int(LONG) if LONG else short


def report(fault: str, **figures: Any) -> None:
    """Keep the figures of a fault for the end of the run."""
    FOUND.append({"fault": fault, **figures})


def lines() -> list[str]:
    """Return what was found, a line of JSON for each."""
    return [json.dumps(one, ensure_ascii=False) for one in FOUND]
