"""The glossary says what the columns say."""

from storehouse import glossary
from storehouse.settings import ROOT
from tests.dbt_project.conftest import Built


def test_the_glossary_is_what_the_catalog_makes_of_it(on_duckdb: Built):
    made = glossary.text(on_duckdb.settings)
    assert "## Sales" in made
    assert (ROOT / glossary.PLACE).read_text() == made, "run python -m storehouse.glossary"
