# make run · make test · make check: each sets up what it needs in .venv; Python 3.11+ and make are all it takes.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
LANG_  ?= en

.PHONY: help run test spark check build docs bench bench-maps clean

help:            ## list the commands
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*## / — /'

run: $(VENV)/run.stamp   ## build the graph, answer three questions, write out/coopgraph.ttl and out/map.html
	@$(BIN)/python -m coopgraph build
	@$(BIN)/python -m coopgraph tour

test: $(VENV)/dev.stamp  ## run all tests
	@$(BIN)/python -m pytest

spark: $(VENV)/spark.stamp ## set up Spark (500 MB; needs Java 17), so that `make test` runs its tests, too

check: $(VENV)/dev.stamp ## linters, types, import contracts, and the data
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m coopgraph check

docs: $(VENV)/dev.stamp  ## write the generated pages of docs/ anew
	@$(BIN)/python docs/generate.py

SIZES ?= 1e4,1e5,1e6
GROWTH ?=
PATIENCE ?= 180
bench: $(VENV)/bench.stamp ## measure us beside our peers, write docs/bench.md (SIZES=1e4 for a short run; GROWTH=1e5,1e6,1e7 for a long one)
	@$(BIN)/python bench/run.py --sizes $(SIZES) --growth "$(GROWTH)" --patience $(PATIENCE) -o docs/bench.md

bench-maps: $(VENV)/dev.stamp ## measure our maps beside stock pyvis, write docs/bench-maps.md
	@$(BIN)/python bench/maps.py --graph . -o docs/bench-maps.md

clean:           ## remove what was made here
	rm -rf $(VENV) .coopgraph out

# The last line of each recipe makes the stamp, so a broken install is tried again.
$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or later is needed: $(PYTHON) was not found"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	@echo "Setting up $(VENV) (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt pyproject.toml $(VENV)/run.stamp
	@echo "Setting up the developer tools (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/spark.stamp: requirements/spark.txt $(VENV)/dev.stamp
	@echo "Setting up Spark (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/spark.txt
	@touch $@

# morph-kgc needs older versions of rdflib and pyoxigraph, so it has an environment of its own.
$(VENV)/bench.stamp: requirements/bench.txt requirements/bench-morph.txt $(VENV)/dev.stamp
	@echo "Setting up the peers (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@$(PYTHON) -m venv $(VENV)/morph
	@$(VENV)/morph/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench-morph.txt
	@command -v virtuoso-t >/dev/null || echo "Virtuoso is missing and will be told so; on Debian: apt-get install virtuoso-opensource-7-bin"
	@touch $@
