"""`make growth`: what a page and a line cost in networks of 400, 4,000 and 20,000 points; a table for the docs.

Each size plays its round on a PostgreSQL of its own, then asks for the pages that people open most, in one process:
statements and milliseconds of processor time a page (this process and its database connection apart).
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.many_filings import file_everywhere, put_programme

SIZES = {"province-400": 400, "province-4000": 4_000, "province": 20_000}
REPEATS = 5


def main() -> None:
    parser = argparse.ArgumentParser(prog="make growth", description=__doc__)
    parser.add_argument(
        "--size", choices=SIZES, action="append", help="only this size (may be given more than once)"
    )
    parser.add_argument("--one", choices=SIZES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(_measure(options.one), ensure_ascii=False))
        return
    found = {}
    for size in options.size or SIZES:
        print(f"  {SIZES[size]} points …", file=sys.stderr, flush=True)
        told = subprocess.run(
            [sys.executable, "-m", "benchmarks.growth", "--one", size], stdout=subprocess.PIPE, check=True
        )
        found[size] = json.loads(told.stdout.splitlines()[-1])
    _print(found)


def _measure(size: str) -> dict[str, dict[str, float]]:
    from lianxue.platform.installation import prepare_environment
    from lianxue.platform.postgres.temporary import temporary_server

    home = tempfile.mkdtemp(prefix="lianxue-growth-")
    os.environ |= {
        "LIANXUE_HOME": home,
        "DATABASE_URL": temporary_server().address().url(),
        "ALLOWED_HOSTS": "*",
    }
    put_programme(Path(home))
    prepare_environment()
    subprocess.run([sys.executable, "-m", "lianxue.platform", "prepare"], check=True)
    import django

    django.setup()
    from lianxue.demo.public import simulate_distribution

    figures = simulate_distribution(scale=size, seed=1)
    lines = figures["demand_lines"]
    steps = {
        f"{step}, µs a line": 1e6 * figures["seconds"][step] / lines
        for step in ("demand", "aggregation", "allocation")
    }
    sent = figures["seconds"]["dispatch"] / max(1, figures["shipped_lots"])
    steps["dispatch, µs a lot"] = 1e6 * sent
    peaks = {
        "peak MB, Python": max(part["python"] for part in figures["peak_megabytes"].values()),
        "peak MB, PostgreSQL": max(part["database"] for part in figures["peak_megabytes"].values()),
    }
    pages = _pages(_asked())
    pages |= _pages(_asked_of_programmes())
    shutil.rmtree(home, ignore_errors=True)
    return {"steps": {**steps, **peaks}, "pages": pages}


def _pages(asked: list[tuple[str, object, str]]) -> dict[str, list[float]]:
    """Return statements and processor milliseconds of each page."""
    import logging

    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    logging.disable(logging.WARNING)
    found = {}
    for name, person, path in asked:
        client = Client()
        client.force_login(person)
        answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{name}: {path} answers {answer.status_code}")
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        statements = len(captured)  # now: the log of statements is emptied by the next request
        began = time.process_time()
        for _ in range(REPEATS):
            client.get(path)
        found[name] = [statements, round(1000 * (time.process_time() - began) / REPEATS, 1)]
    return found


def _asked() -> list[tuple[str, object, str]]:
    """Return pages with who opens them: name, person, path."""
    from django.urls import reverse

    from lianxue.distribution.public import Receipt, Round
    from lianxue.orgs.public import Post

    row = Round.objects.get()

    def person(organisation_id: int) -> object:
        return Post.objects.select_related("person").get(organisation=organisation_id).person

    point = Receipt.objects.order_by("pk").values_list("shipment__point", flat=True)[0]
    office = person(row.office_id)
    batch = row.batches.order_by("pk").first()
    college = person(batch.college_id if batch else 0)
    return [
        ("home of a point", person(point), reverse("web:home")),
        ("home of a college", college, reverse("web:home")),
        ("home of the office", office, reverse("web:home")),
        ("aggregation of a college", college, reverse("distribution:aggregation", args=[row.pk])),
        ("allocation", office, reverse("distribution:round-allocation", args=[row.pk])),
        ("colleges of a round", office, reverse("distribution:round-colleges", args=[row.pk])),
        ("stock of a point", person(point), reverse("distribution:stock")),
        ("stock by point, office", office, reverse("distribution:stock")),
        ("shipments, office", office, reverse("distribution:shipments")),
    ]


def _asked_of_programmes() -> list[tuple[str, object, str]]:
    """Let every point file in one call; return the pages on which offices and counties see how that stands."""
    from django.urls import reverse

    from lianxue.distribution.public import Receipt, Round
    from lianxue.orgs.public import Post

    office_id = Round.objects.get().office_id
    point_id = Receipt.objects.order_by("pk").values_list("shipment__point", flat=True)[0]
    filing = file_everywhere(office_id, point_id)
    office, county = (
        Post.objects.select_related("person").get(organisation=one).person
        for one in (office_id, filing.desk_id)
    )
    stage = [filing.call_id, filing.stage]
    overview = reverse("programmes:call-overview-stage", args=stage)
    return [
        ("a call, office", office, reverse("programmes:call", args=stage[:1])),
        ("overview of a call, office", office, overview),
        ("overview, page 3 of those handed in", office, f"{overview}?standing=submitted&page=3"),
        ("overview of a call, county", county, overview),
        ("desk of a county", county, reverse("programmes:desk")),
        ("calls, office", office, reverse("programmes:calls")),
    ]


def _print(found: dict[str, dict[str, dict[str, float]]]) -> None:
    sizes = list(found)
    print("\n| | " + " | ".join(f"{SIZES[size]:,} points" for size in sizes) + " |")
    print("|---|" + "--:|" * len(sizes))
    for name in found[sizes[0]]["steps"]:
        print(f"| {name} | " + " | ".join(f"{found[size]['steps'][name]:,.0f}" for size in sizes) + " |")
    for name in found[sizes[0]]["pages"]:
        cells = [found[size]["pages"][name] for size in sizes]
        print(f"| {name}: statements, ms | " + " | ".join(f"{n}, {ms}" for n, ms in cells) + " |")


if __name__ == "__main__":
    main()
