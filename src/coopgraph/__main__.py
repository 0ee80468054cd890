"""`python -m coopgraph` does what `coopgraph` does."""

from coopgraph.cli import run

run()
