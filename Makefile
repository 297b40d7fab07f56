# Storehouse. `make help` lists what there is; README.md tells what it is.

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
SYNCED := $(VENV)/.synced
INSTALLED := $(VENV)/.installed
PYTEST ?= -n 2 --dist loadfile --no-loadscope-reorder

export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export RUNTIME__DLTHUB_TELEMETRY := false
export GX_ANALYTICS_ENABLED := false

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint build airflow sandbox bench lock

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(INSTALLED) ## make .venv from requirements.lock

demo: setup ## make up a shop, run the daily DAG on it in Airflow, print what was made
	@$(BIN)/storehouse demo

test: setup ## run every test, on DuckDB and on a PostgreSQL of its own
	$(BIN)/python -m pytest $(PYTEST)

lint: setup ## ruff, mypy, sqlfluff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	WAREHOUSE=duckdb DUCKDB_PATH=:memory: DBT_TARGET_PATH=$(CURDIR)/target/lint \
		$(BIN)/sqlfluff lint dbt_project/models

build: setup ## build and check all models from what has landed
	@$(BIN)/storehouse run --steps build,learn

airflow: setup ## Airflow with its UI on http://localhost:8080
	@$(BIN)/storehouse airflow

sandbox: setup ## serve the made-up shop as the APIs of Shopify and the ad platforms
	@$(BIN)/storehouse sandbox

bench: setup ## measure landing, building and the daily increment on shops of 10k to 1M orders
	$(BIN)/python -m bench

lock: setup ## resolve requirements.lock anew from pyproject.toml
	$(UV) pip compile pyproject.toml --extra dev -o requirements.lock --python-version 3.11 \
		--no-emit-index-url --no-annotate --upgrade --custom-compile-command "make lock"

$(UV): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || \
		{ echo 'Python 3.11 is needed: make PYTHON=/path/to/python3.11'; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "$$(grep '^uv==' $<)"
	@touch $@

# Bytecode is compiled here once: the first start of dbt, dlt and Airflow would pay 10 s for it.
$(SYNCED): requirements.lock $(UV)
	$(UV) pip sync --python $(BIN)/python --compile-bytecode --quiet $<
	@touch $@

$(INSTALLED): pyproject.toml $(SYNCED)
	$(UV) pip install --python $(BIN)/python --no-deps --no-build-isolation --quiet --editable .
	@touch $@
