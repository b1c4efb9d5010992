"""Draw every flow as a state diagram: ``python tools/flow_diagrams.py`` writes docs/flows.md.

The tables in ``flows`` are the source; tests/project/test_flow_diagrams.py compares.
"""

import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lianxue.kernel.flow import Flow

SOURCE = Path(__file__).parent.parent / "src"
TARGET = Path(__file__).parent.parent / "docs" / "flows.md"
HEAD = """# Flows

Drawn from the transition tables in the code by `make docs`; do not edit. An arrow is a verb, what stands in brackets
is who may take it. A verb that leaves the state as it is points back to its own state.
"""


def diagrams() -> str:
    """Return the whole page as Markdown with Mermaid diagrams."""
    from django.utils import translation

    with translation.override("en"):
        parts = [HEAD]
        for name, flow in sorted(_flows().items()):
            lines = [f"## {name}", "", "```mermaid", "stateDiagram-v2", f"    [*] --> {flow.states[0]}"]
            lines += [
                f"    {source} --> {step.target or source}: {step.verb}"
                for step in flow.steps.values()
                for source in step.source
            ]
            lines += ["```", "", "| verb | who | needs |", "|---|---|---|"]
            lines += [
                f"| {step.verb} | {step.who.name} | {', '.join(c.name for c in step.needs) or '–'} |"
                for step in flow.steps.values()
            ]
            parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _flows() -> "dict[str, Flow]":
    """Return every flow of the features by its name, whatever else was registered before."""
    from lianxue.kernel.flow import Flow

    found = {}
    for path in sorted(SOURCE.glob("lianxue/*/flows/*.py")):
        module = import_module(".".join(path.relative_to(SOURCE).with_suffix("").parts))
        found |= {item.name: item for item in vars(module).values() if isinstance(item, Flow)}
    return found


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianxue.platform.settings")
    os.environ.setdefault("LIANXUE_TESTING", "1")
    import django

    django.setup()
    TARGET.write_text(diagrams(), encoding="utf-8")


if __name__ == "__main__":
    main()
