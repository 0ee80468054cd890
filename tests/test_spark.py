"""The list of edges in a local Spark: the same counts and degrees as networkx on the same graph."""

import importlib.util
import os
import shutil
from collections import Counter

import pytest

from coopgraph.exporters import content

pytestmark = pytest.mark.spark


@pytest.fixture(scope="module")
def edges(atlas, tmp_path_factory):
    """Read the edges into a Spark of one machine that reaches no network; under CI a missing Spark is a failure."""
    missing = [
        name
        for name, there in (("pyspark", importlib.util.find_spec("pyspark")), ("java", shutil.which("java")))
        if not there
    ]
    if missing:
        told = f"no {' and no '.join(missing)} here; get it with: make spark"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(told)
    from pyspark.sql import SparkSession

    folder = tmp_path_factory.mktemp("spark")
    path = folder / "edges.parquet"
    path.write_bytes(content("edges.parquet", atlas))
    plain = {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.log.level": "ERROR",
    }
    session = SparkSession.builder.master("local[2]").appName("coopgraph").config(map=plain).getOrCreate()
    yield session.read.parquet(str(path))
    session.stop()


def test_spark_and_networkx_count_the_same_edges_and_things(atlas, edges):
    network = atlas.network()
    ends = edges.select("source").union(edges.select("target"))

    assert (edges.count(), ends.distinct().count()) == (network.number_of_edges(), network.number_of_nodes())
    families = {row["family"]: row["count"] for row in edges.groupBy("family").count().collect()}
    assert families == Counter(about["family"] for _, _, about in network.edges(data=True))


def test_spark_and_networkx_find_the_same_degrees(atlas, edges):
    degrees = edges.select("source").union(edges.select("target")).groupBy("source").count()

    assert {row["source"]: row["count"] for row in degrees.collect()} == dict(atlas.network().degree())


def test_spark_reads_dates_as_dates_and_documents_as_lists(atlas, edges):
    kinds = dict(edges.dtypes)
    first = min(about["start"] for _, _, about in atlas.network().edges(data=True) if about["start"])

    assert (kinds["start"], kinds["end"], kinds["documents"]) == ("date", "date", "array<string>")
    assert str(edges.agg({"start": "min"}).collect()[0][0]) == first
