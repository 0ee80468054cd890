"""CSV files: the registry of who and what exists, and bulk facts with their sources."""

import pytest

import mini
from coopgraph.build import Built


def row(tmp_path, header: str, cells: str) -> Built:
    """Build a registry with one more row."""
    return mini.made(tmp_path, {"data/registry/more.csv": f"{header}\n{cells}\n"})


def test_a_registry_column_that_needs_a_source_is_refused(tmp_path):
    built = row(tmp_path, "organisation,name.vi,purpose.vi", "org-x,Tổ chức,Làm việc")

    assert mini.errors(built) == [
        "data/registry/more.csv:2: 'purpose' needs a source: write it under its place in data/docs, not in the registry"
    ]


def test_a_registry_column_that_nobody_knows_gets_a_suggestion(tmp_path):
    built = row(tmp_path, "organisation,name.vi,alais.vi", "org-x,Tổ chức,TC")

    assert mini.errors(built) == [
        "data/registry/more.csv:2: unknown key 'alais' for a organisation; did you mean 'alias'?"
    ]


def test_a_registry_cell_may_hold_several_values(tmp_path):
    built = row(tmp_path, "organisation,name.vi,alias.en", "org-x,Tổ chức,A; B")

    assert {("org-x", "skos:altLabel", "A@en"), ("org-x", "skos:altLabel", "B@en")} <= mini.accepted(built)


def test_a_bulk_table_states_each_row_at_its_place(tmp_path):
    table = "source,at,event,topics,outcome\ndoc-x,row3,evt-x,training; digital,held\n"
    files = {"data/docs/doc-x.yaml": mini.document(mini.EVENT), "data/tables/t.csv": table}

    stated = mini.named(mini.made(tmp_path, files), "doc-x/row3")

    assert stated == {
        ("evt-x", "rdf:type", "coop:Event"),
        ("evt-x", "coop:topic", "cgv:topic-training"),
        ("evt-x", "coop:topic", "cgv:topic-digital"),
        ("evt-x", "coop:outcome", "cgv:outcome-held"),
    }


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (
            ",L1,evt-x,held",
            "a fact needs a source: column `source` with the id of a document, e.g. doc-moha-2020-11-17",
        ),
        (
            "doc-x,,evt-x,held",
            "'' is not a place: write L10, L5s9, L39-43, pg3, row14 or whole, joined by +, then |per-… for who is quoted, ~inferred, ~medium or ~low",
        ),
        ("doc-y,L1,evt-x,held", "id 'doc-y' is not in the registry nor defined in any file; did you mean 'doc-x'?"),
    ],
)
def test_a_bulk_row_without_its_source_is_refused(tmp_path, cells, wanted):
    table = f"source,at,event,outcome\n{cells}\n"
    files = {"data/docs/doc-x.yaml": mini.document(mini.EVENT), "data/tables/t.csv": table}

    assert mini.errors(mini.made(tmp_path, files)) == [f"data/tables/t.csv:2: {wanted}"]
