"""The import contract “a feature is entered by its door”: from outside only `public`, and `models` for joins."""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

DOORS = ("public", "models")


class DoorContract(Contract):
    """Check that modules outside a feature import only its doors.

    `features` lists the packages that have a door; what stands above all of them is held to it too.
    """

    type_name = "door"

    features = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002
        """Collect every import that goes around a door."""
        around: list[tuple[str, str, int]] = []
        for feature in self.features:  # type: ignore[attr-defined]
            for module in sorted({feature, *graph.find_descendants(feature)}):
                if any(f"{module}.".startswith(f"{feature}.{door}.") for door in DOORS):
                    continue
                for importer in sorted(graph.find_modules_that_directly_import(module)):
                    if f"{importer}.".startswith(f"{feature}."):
                        continue
                    details = graph.get_import_details(importer=importer, imported=module)
                    around += [(importer, module, detail["line_number"]) for detail in details]
        return ContractCheck(kept=not around, metadata={"around": around})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print one line for each import that goes around a door."""
        for importer, module, line in check.metadata["around"]:
            output.print_error(f"{importer} (line {line}) imports {module}", bold=False)
