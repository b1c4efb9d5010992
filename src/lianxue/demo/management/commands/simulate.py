"""``lianxue simulate``: a whole round of distribution, or whole calls of programmes, played through the pages' operations."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lianxue.demo.programmes import SIZES, simulate_programmes
from lianxue.demo.simulation import SCALES, simulate_distribution

# What can be played, with how large it can be; the first is the usual.
PLAYED = {
    "distribution": (("shanghai", *(one for one in SCALES if one != "shanghai")), simulate_distribution),
    "programmes": (tuple(SIZES), simulate_programmes),
}


class Command(BaseCommand):
    help = "Play a whole round, or whole calls, on an empty database of its own and print what came of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=PLAYED)
        told = "; ".join(f"{what}: {', '.join(scales)}" for what, (scales, _play) in PLAYED.items())
        parser.add_argument("--scale", default="", help=f"how large ({told}; the first is the usual)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same numbers")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        scales, play = PLAYED[options["what"]]
        scale = options["scale"] or scales[0]
        if scale not in scales:
            raise CommandError(f"--scale of {options['what']} is one of: {', '.join(scales)}")
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TaskID,
            TextColumn,
            TimeElapsedColumn,
        )

        console = Console(file=sys.stderr)
        columns = (
            TextColumn("{task.description:<22}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
            tasks: dict[str, TaskID] = {}

            def step(title: str, done: int, total: int) -> None:
                if title not in tasks:
                    tasks[title] = bars.add_task(title, total=total)
                bars.update(tasks[title], completed=done, total=total)

            figures = play(scale=scale, seed=options["seed"], step=step)
        if options["as_json"]:
            self.stdout.write(json.dumps(figures, ensure_ascii=False))
            return
        for name, value in figures.items():
            if isinstance(value, dict):
                self.stdout.write(name)
                for part, number in value.items():
                    self.stdout.write(f"  {part:<40}{number}")
            else:
                self.stdout.write(f"{name:<24}{value}")
