"""`make bench`: start the platform on a database of its own, drive it, print one table, write results/latest.json."""

import argparse
import json
import os
import sys
from pathlib import Path

from benchmarks.running import Running
from benchmarks.table import print_table

RESULTS = Path(__file__).parent / "results" / "latest.json"


def main() -> None:
    options = _options()
    with Running(catalogue=options.titles) as platform:
        from benchmarks.measures import MEASURES  # needs Django to be set up

        chosen = [one for one in MEASURES if not options.only or one.name in options.only]
        found = {}
        for one in chosen:
            print(f"  {one.name} …", file=sys.stderr, flush=True)
            found |= one.run(platform, options.scale)
        load = [round(number, 1) for number in os.getloadavg()]
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(found, indent=1) + "\n")
    print_table(found, load)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--only", action="append", help="only this measure (may be given more than once)")
    parser.add_argument(
        "--scale", type=float, default=1.0, help="so many times the usual requests (%(default)s)"
    )
    parser.add_argument("--titles", type=int, default=200_000, help="titles in the catalogue (%(default)s)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
