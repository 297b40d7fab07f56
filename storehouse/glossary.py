"""metrics.catalog -> docs/glossary.md. Run after a build: python -m storehouse.glossary"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from storehouse import settings as settings_module
from storehouse import warehouse
from storehouse.settings import ROOT, Settings

PLACE = Path("docs") / "glossary.md"
HEAD = """# Glossary

What each metric means, its formula, and the column that holds it. Made from the columns' own
descriptions by `python -m storehouse.glossary`. Percentages are on a scale of 0 to 100; money is in
the reporting currency.
"""


def text(settings: Settings) -> str:
    """The glossary of what the warehouse holds, in the order of the spec's sections."""
    catalog = warehouse.query(
        settings,
        "select module, spec_section, name, formula, unit, relation, column_name, description "
        "from metrics.catalog order by spec_section, name",
    )
    lines = [HEAD]
    for module in dict.fromkeys(catalog["module"]):
        lines.append(f"## {str(module).capitalize()}\n")
        lines.extend(_entries(catalog[catalog["module"] == module].itertuples(index=False)))
    return "\n".join(lines)


def _entries(metrics: Iterable[Any]) -> list[str]:
    return [
        f"**{metric.name}** ({metric.unit}) = {metric.formula}. "
        f"`{metric.relation}.{metric.column_name}`. {metric.description}\n"
        for metric in metrics
    ]


def main() -> None:
    """Write the glossary of the warehouse that the settings name."""
    (ROOT / PLACE).write_text(text(settings_module.load()))


if __name__ == "__main__":
    main()
