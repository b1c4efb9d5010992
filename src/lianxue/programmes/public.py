"""What other features may use of programmes."""

from lianxue.programmes.errors import BadDefinitions
from lianxue.programmes.models.definition import Definition, Fault
from lianxue.programmes.queries.definitions import (
    Kept,
    Loaded,
    definition_directories,
    definition_files,
    latest_definition,
    latest_definitions,
    load_definitions,
)
from lianxue.programmes.rules.checks import CHECKS
from lianxue.programmes.rules.seats import SEATS

__all__ = [
    "CHECKS",
    "SEATS",
    "BadDefinitions",
    "Definition",
    "Fault",
    "Kept",
    "Loaded",
    "definition_directories",
    "definition_files",
    "latest_definition",
    "latest_definitions",
    "load_definitions",
]
