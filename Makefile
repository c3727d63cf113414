# make demo: install and clean a scrape.  make test: everything that is checked.  make bench: figures.
# make fuzz: the promises on 5,000 texts each that no run has seen.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
BENCH ?= ../shared/bench
DEMO := fixtures/full-news-page/raw.txt

.PHONY: demo test lint types table unit packs fuzz wheel built bench speed clean

demo: $(VENV)/.installed
	@mkdir -p build/demo
	@echo "== the scrape, its cuts in place (cleaner explain $(DEMO))"
	@$(BIN)/cleaner explain $(DEMO)
	@$(BIN)/cleaner clean $(DEMO) -o build/demo/body.txt --report build/demo/report.json --verbose
	@$(BIN)/cleaner restore build/demo/body.txt build/demo/report.json | cmp - $(DEMO)
	@echo "== the clean body is build/demo/body.txt, the account build/demo/report.json;"
	@echo "== cleaner restore gave the scrape back, byte for byte"
	@echo "== next: $(BIN)/cleaner clean YOUR.txt, or '. $(BIN)/activate' and then 'cleaner clean YOUR.txt'"

# What needs one core only runs side by side, and the tests of rules beside it.
test: $(VENV)/.dev
	$(MAKE) -j 4 lint types built packs
	$(MAKE) unit
	$(MAKE) BUILT=yes wheel

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "cleaner needs Python 3.11 or newer: make PYTHON=python3.12 ..." >&2; exit 1; }
	@echo "== making the environment $(VENV), to install cleaner into"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	@echo "== installing cleaner and what it needs into $(VENV); the first time that takes a minute or so"
	$(BIN)/python -m pip install --quiet .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@ $(VENV)/.installed

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

# The rules as a checkout keeps them; made while tests are traced it takes ten times as long.
table: $(VENV)/.dev
	$(BIN)/python -c 'from cleaner.rules.load import stored; stored()'

unit: $(VENV)/.dev table
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder -q -m "not packs and not bulk" --cov --cov-report=term

packs: $(VENV)/.dev table
	$(BIN)/python -m pytest -n auto -q -m packs

fuzz: $(VENV)/.dev
	HYPOTHESIS_PROFILE=fuzz $(BIN)/python -m pytest -n auto -q tests/test_promises.py

# The built wheel in an environment with the base dependencies only: the suite runs there once more.
wheel: $(if $(BUILT),,built)
	build/venv/bin/python -m pip install --quiet --group test
	CLEANER_WHEEL=1 build/venv/bin/python -P -m pytest --import-mode=importlib -n auto --dist loadfile --no-loadscope-reorder -q -m "not packs" \
		-p no:cacheprovider tests
	printf 'The bridge is closed.\n\n- Advertisement -\n' | build/venv/bin/cleaner clean | cmp - \
		$$(printf 'The bridge is closed.\n' > build/expected.txt; echo build/expected.txt)

built: $(VENV)/.dev table
	rm -rf build/wheel build/venv
	$(BIN)/python -m build --quiet --wheel --outdir build/wheel
	$(PYTHON) -m venv build/venv
	build/venv/bin/python -m pip install --quiet --upgrade 'pip>=25.1'
	build/venv/bin/python -m pip install --quiet build/wheel/*.whl

bench: $(VENV)/.installed
	@if [ -f $(BENCH)/dev.jsonl.xz ]; then \
		$(BIN)/python $(BENCH)/score.py $(BENCH)/dev.jsonl.xz -- $(BIN)/cleaner clean --format jsonl --quiet; \
	else echo "no scored corpus at $(BENCH): name one with make bench BENCH=DIR" >&2; fi
	$(MAKE) speed

# The table of docs/performance.md; starts are those of the built wheel.
speed: built
	$(BIN)/python -m benchmarks.speed --python build/venv/bin/python \
		$(if $(wildcard $(BENCH)/dev.jsonl.xz),--cases $(BENCH)/dev.jsonl.xz)

clean:
	rm -rf build dist .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis
