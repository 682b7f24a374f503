# Every target does its own set-up: Python 3.11 or newer, make and git are all it takes.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
WITH_TENSORFLOW := $(VENV)/.with-tensorflow

.PHONY: setup tensorflow demo test lab release lint lock clean mistakes screens bench-grading bench-grading-tensorflow bench-feedback bench-growth bench-stages bench-layers bench-tampering deadline-night fuzz bench-hostile bench-hostile-class

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; name one with PYTHON=...") if sys.version_info < (3, 11) else 0'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(READY)

# For assignment 3, which is an extra: TensorFlow takes 1.5 GB. With it installed, make demo and make
# test have that assignment, too.
tensorflow: $(WITH_TENSORFLOW)

$(WITH_TENSORFLOW): $(READY) requirements-tensorflow.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-tensorflow.lock
	touch $(WITH_TENSORFLOW)

demo: setup
	$(BIN)/autograder demo

test: setup
	$(BIN)/python -m pytest -n 2 --dist loadfile

lab: setup
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/jupyter lab

release: setup
	$(BIN)/autograder expected
	$(BIN)/autograder release

# Every known mistake: is it failed, and called by its name?
mistakes: setup
	$(BIN)/python -m autograder.mistakes.matrix

# The README's pictures of pages; needs Chromium.
screens: setup
	$(BIN)/python -m docs.screens.make

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Stock nbgrader and ours on the same class; make bench-grading FIGURES=--figures
bench-grading: setup
	$(BIN)/python -m benchmarks.grading $(FIGURES)

# The same with assignment 3
bench-grading-tensorflow: tensorflow
	$(BIN)/python -m benchmarks.grading --assignment convnet_in_tensorflow

# The same for feedback pages
bench-feedback: setup
	$(BIN)/python -m benchmarks.feedback

bench-stages: setup
	$(BIN)/python -m benchmarks.stages $(FIGURES)

# 2,550 submissions: takes a quarter of an hour.
bench-growth: setup
	$(BIN)/python -m benchmarks.growth

# Assignment 2's layers and PyTorch's, which is installed for this alone.
bench-layers: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	$(BIN)/python -m benchmarks.layers

# Damaged and forged hand-ins through every room: 0 uncaught, 0 points won, nothing over its cap.
# For a night: make fuzz FUZZ=100000 SEED=1
FUZZ ?= 10000
SEED ?= 0
fuzz: setup
	$(BIN)/python -m benchmarks.fuzzing --items $(FUZZ) --seed $(SEED)

# What each hostile hand-in in a folder costs, and whom: make bench-hostile FOLDER=...
bench-hostile: setup
	$(BIN)/python -m benchmarks.hostile $(FOLDER)

# A class of 300 of which 30 are hostile: do the honest ones notice?
bench-hostile-class: setup
	$(BIN)/python -m benchmarks.hostile_class

# The same attacks on stock nbgrader, Otter and ours: takes a quarter of an hour. The other two are
# installed for this alone, in an environment of their own. Some of them: ONLY="--only skip-tag …"
TAMPERING := build/tampering-venv

bench-tampering: setup $(TAMPERING)/.ready
	$(BIN)/python -m benchmarks.tampering $(TAMPERING) $(ONLY)

$(TAMPERING)/.ready: benchmarks/tampering/requirements.txt
	$(PYTHON) -m venv --clear $(TAMPERING)
	$(TAMPERING)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r benchmarks/tampering/requirements.txt
	touch $(TAMPERING)/.ready

# The table of docs/scaling.md
deadline-night: setup
	$(BIN)/python -m benchmarks.deadline_night

# Renew the pins: needs uv, which is not part of the environment. What both have has one version, so
# that TensorFlow is added to the environment and changes nothing in it.
PINS := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --extra dev --extra dask --extra postgresql --custom-compile-command "make lock" \
	pyproject.toml
lock:
	$(PINS) --extra tensorflow -o requirements-tensorflow.lock
	$(PINS) --constraint requirements-tensorflow.lock -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-emit-find-links --custom-compile-command "make lock" \
		benchmarks/tampering/requirements.in -o benchmarks/tampering/requirements.txt

clean:
	rm -rf $(VENV) demo build .mypy_cache .ruff_cache .pytest_cache
