"""The table that `make bench` prints."""

from collections.abc import Mapping
from typing import Any

AIMS = {
    "loan_return": 10.0,
    "order_dispatch_receipt_10_lines": 60.0,
    "catalogue_search_200k": 8.0,
    "point_home": 15.0,
    "form_page": 25.0,
    "save_answer": 4.0,
    "submit_and_three_opinions": 45.0,
}


def print_table(found: Mapping[str, Mapping[str, Any]], load: list[float]) -> None:
    """Print processor milliseconds for each operation beside the aim, then rate and waiting time."""
    head = ("", "aim", "CPU ms", "web", "worker", "database", "per second", "p50 ms", "p95 ms", "requests")
    rows = [head] + [
        (
            name + (f" ({one['note']})" if one.get("note") else ""),
            f"≤ {AIMS[name]:g}" if name in AIMS else "",
            *(f"{one[key]:.1f}" for key in ("cpu_ms", "cpu_ms_web", "cpu_ms_worker", "cpu_ms_database")),
            *(f"{one[key]:.1f}" for key in ("rate", "p50_ms", "p95_ms")),
            str(one["requests"]),
        )
        for name, one in found.items()
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(len(head))]
    print()
    for row in rows:
        first, *rest = (text.rjust(width) for text, width in zip(row, widths, strict=True))
        print("  ".join([first.strip().ljust(widths[0]), *rest]))
    print(
        f"\nCPU: user and system, of the web server's processes, the job worker's and PostgreSQL's, 8 connections; "
        f"load of the machine at the end {', '.join(map(str, load))}"
    )
