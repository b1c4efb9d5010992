"""Tells at the end what the trials found."""

import pytest

from tests.faults.trials import lines


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures of each fault as JSON."""
    for line in lines():
        terminalreporter.write_line(line)
