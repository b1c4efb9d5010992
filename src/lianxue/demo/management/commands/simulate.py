"""``lianxue simulate distribution``: a whole round for the whole network, played through the pages' operations."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from lianxue.demo.simulation import SCALES, simulate_distribution


class Command(BaseCommand):
    help = "Play a whole round on an empty database of its own and print what came of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["distribution"])
        parser.add_argument(
            "--scale", choices=sorted(SCALES), default="shanghai", help="how large (%(default)s)"
        )
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same numbers")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
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

            figures = simulate_distribution(scale=options["scale"], seed=options["seed"], step=step)
        if options["as_json"]:
            self.stdout.write(json.dumps(figures, ensure_ascii=False))
            return
        for name, value in figures.items():
            self.stdout.write(f"{name:<24}{value}")
