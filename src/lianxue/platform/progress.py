"""A progress bar on a terminal, a few plain lines elsewhere. Both go to standard error."""

import sys
import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

SECONDS_BETWEEN_LINES = 5.0


class Progress:
    """One piece of long work. Call it with (done, total), or `step` with (title, done, total)."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.console = Console(file=sys.stderr)
        self.bars = Bars(
            TextColumn("  {task.description:<28}"),
            BarColumn(bar_width=32),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self.console,
            disable=not self.console.is_terminal,
        )
        self.tasks: dict[str, TaskID] = {}
        self.last_line = 0.0

    def __enter__(self) -> Self:
        self.bars.start()
        if not self.console.is_terminal:
            self.console.print(f"  {self.title} …")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.bars.stop()

    def __call__(self, done: int, total: int) -> None:
        self.step(self.title, done, total)

    def step(self, title: str, done: int, total: int) -> None:
        """Show how far the part called `title` is."""
        if title not in self.tasks:
            self.tasks[title] = self.bars.add_task(title, total=total)
        self.bars.update(self.tasks[title], completed=done, total=total)
        if not self.console.is_terminal and time.monotonic() - self.last_line > SECONDS_BETWEEN_LINES:
            self.last_line = time.monotonic()
            self.console.print(f"  {title}: {done} of {total}")
