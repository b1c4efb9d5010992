"""What the command and the platform may use of the demonstration."""

from lianxue.demo.build.demonstration import load_demonstration
from lianxue.demo.people import demonstration_people
from lianxue.demo.programmes import simulate_programmes
from lianxue.demo.simulation import simulate_distribution

__all__ = [
    "demonstration_accounts",
    "demonstration_people",
    "load_demonstration",
    "simulate_distribution",
    "simulate_programmes",
]


def demonstration_accounts() -> list[dict[str, str]]:
    """Return account name and description of each person to be, for the terminal."""
    return [
        {"username": one.username, "title": f"{one.name} · {one.role} · {one.organisation}"}
        for one in demonstration_people()
    ]
