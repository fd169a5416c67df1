# What people, hooks and CI run: `make help` lists it. Python >= 3.11 and make (GNU make 3.81 or newer) are all it needs;
# every target sets up what it uses in .venv, once.

PYTHON ?= python3
ARGS ?=
LANGUAGES ?= nb nn

# Kind of file (a schema that check-jsonschema brings along) = the files
SCHEMAS := "github-workflows=.github/workflows/*.yml" "github-issue-config=.github/ISSUE_TEMPLATE/config.yml" \
	"github-issue-forms=.github/ISSUE_TEMPLATE/[a-z]*-*.yml" "gitlab-ci=.gitlab-ci.yml"

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --quiet --disable-pip-version-check --no-input
APT := $(if $(filter 0,$(shell id -u)),,sudo -n )env DEBIAN_FRONTEND=noninteractive apt-get
UV_VERSION := 0.13.8
# For systems whose npm is older than 10, as Debian's: it cannot read the overrides in editor/package.json.
NPM_VERSION := 10.9.2
LOCALE := kurskatalog/locale

# Stamps: the locked packages, the package itself, what tests and checks need. They lie in .venv and go with it.
LOCKED := $(VENV)/.locked
PACKAGE := $(VENV)/.package
TOOLS := $(VENV)/.tools
# The editor's bundle, pinned in editor/package-lock.json; node comes from the system's packages where there is none.
BUNDLE := editor/node_modules/.package-lock.json

# A virtual environment is made anew when its Python is gone (an upgrade) or the folder has moved.
ifneq ($(shell test -x $(PY) && grep -qxF "$(CURDIR)" $(LOCKED) 2>/dev/null || echo anew),)
.PHONY: $(LOCKED)
endif

.DELETE_ON_ERROR:
.PHONY: site editor serve test check format engines bench translations lock clean distclean help

site: $(PACKAGE) ## Build the site into site/ (options: make site ARGS="--pdf --today 2026-11-21")
	@$(PY) build.py build $(ARGS)

editor: $(PACKAGE) $(BUNDLE) ## Build the site with the editor at /rediger/ (needs node; installs the bundle from the npm registry)
	@$(PY) build.py build --editor $(ARGS)

serve: $(PACKAGE) ## Build, watch and reload the browser
	@$(PY) build.py serve $(ARGS)

test: $(PACKAGE) $(TOOLS) ## Run the tests (a part: make test ARGS="tests/check -k dates")
	@$(MAKE) --no-print-directory $(BUNDLE) || echo "The editor's own tests will fail; the others run." >&2
	@$(PY) -m compileall -q kurskatalog # tests start the program some hundred times, from copies that take this along
	@browser=$$($(PY) scripts/find_browser.py) && KURSKATALOG_BROWSER="$$browser" $(PY) -m pytest $(ARGS)

check: $(PACKAGE) $(TOOLS) ## Check style, format, types, layers, workflows and the form of the catalogue; all run whatever they find
	@status=0; types=$$(mktemp); $(PY) -m mypy --strict >"$$types" 2>&1 & mypy=$$!; \
	echo "ruff check"; $(PY) -m ruff check . || status=1; \
	echo "ruff format --check"; $(PY) -m ruff format --check . || status=1; \
	echo "lint-imports"; $(VENV)/bin/lint-imports --no-logo || status=1; \
	echo "kurskatalog fmt --check"; $(PY) build.py fmt --check || status=1; \
	echo "zizmor"; $(VENV)/bin/zizmor --offline --quiet --no-progress --persona pedantic .github || status=1; \
	echo "check-jsonschema"; for kind in $(SCHEMAS); do \
		$(VENV)/bin/check-jsonschema --quiet --builtin-schema vendor.$${kind%%=*} $${kind#*=} || status=1; done; \
	echo "mypy --strict"; wait $$mypy || status=1; cat "$$types"; rm -f "$$types"; \
	exit $$status

format: $(TOOLS) ## Mend what ruff can mend by itself
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

engines: $(PACKAGE) ## Build the same Markdown with several site engines and compare
	@$(PY) benchmarks/engines.py $(ARGS)

bench: $(PACKAGE) ## Measure time and memory of large catalogues
	@$(PY) benchmarks/build.py $(ARGS)

translations: $(PACKAGE) ## Bring kurskatalog/locale/*.po up to date with the messages in the code and the theme
	@mkdir -p build $(LOCALE)
	@$(PY) -m babel.messages.frontend --quiet extract --mapping pyproject.toml --sort-by-file --add-location file --keyword Message \
		--keyword words --no-wrap --project kurskatalog --header-comment "# Messages of kurskatalog (EUPL-1.2); see CONTRIBUTING.md." \
		--msgid-bugs-address "see CONTRIBUTING.md" --output build/kurskatalog.pot .
	@for language in $(LANGUAGES); do \
		file=$(LOCALE)/$$language.po; \
		if test -f $$file; then \
			$(PY) -m babel.messages.frontend --quiet update --input-file build/kurskatalog.pot --output-file $$file \
				--locale $$language --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date; \
		else \
			$(PY) -m babel.messages.frontend --quiet init --input-file build/kurskatalog.pot --output-file $$file \
				--locale $$language --no-wrap; \
		fi || exit 1; \
		echo "$$file"; \
	done

lock: ## Renew the lock files from pyproject.toml and requirements*.in (newest: make lock ARGS=--upgrade)
	@$(PYTHON) -m venv build/lock
	@build/lock/bin/python -m pip --quiet --disable-pip-version-check install uv==$(UV_VERSION)
	@compile="build/lock/bin/uv pip compile --quiet --no-config --universal --python-version 3.11 --fork-strategy fewest \
		--generate-hashes $(ARGS)"; export UV_CUSTOM_COMPILE_COMMAND="make lock"; \
	$$compile pyproject.toml requirements.in --output-file requirements.lock >/dev/null && \
	$$compile pyproject.toml requirements.in requirements-test.in --constraint requirements.lock \
		--output-file requirements-test.lock >/dev/null

$(BUNDLE): editor/package.json editor/package-lock.json
	@command -v npm >/dev/null 2>&1 || { echo "Installing node and npm for the editor (once)"; $(APT) update -qq && \
		$(APT) install -y -qq --no-install-recommends nodejs npm >/dev/null; } || { \
		echo "There is no npm here, which the editor and its tests need. Install Node.js 18 or newer, then try again." >&2; exit 1; }
	@echo "Installing the editor's bundle into editor/node_modules (once)"
	@set -- ci --prefix editor --ignore-scripts --no-audit --no-fund --loglevel=error; \
	case "$$(npm --version)" in [1-9].*) npm exec --yes npm@$(NPM_VERSION) -- "$$@";; *) npm "$$@";; esac
	@touch $@

clean: ## Remove what builds, tests and checks have made
	rm -rf build site .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find kurskatalog scripts tests benchmarks -type d -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

distclean: clean ## ... and the virtual environment and the editor's bundle
	rm -rf $(VENV) editor/node_modules

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

$(LOCKED): requirements.lock
	@$(PYTHON) -c '' 2>/dev/null || { \
		echo "There is no '$(PYTHON)' here. Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3"; \
		exit 1; } >&2
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "'$(PYTHON)' is $$($(PYTHON) --version 2>&1); 3.11 or newer is needed. Name another: make PYTHON=python3.13"; \
		exit 1; } >&2
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "'$(PYTHON)' cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv"; \
		exit 1; } >&2
	@echo "Setting up $(VENV) with $$($(PYTHON) --version): the packages of requirements.lock (once)"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) install --require-hashes --requirement requirements.lock
	@echo "$(CURDIR)" > $@

$(PACKAGE): $(LOCKED) pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(TOOLS): $(LOCKED) requirements-test.lock | $(PACKAGE)
	@echo "Adding the packages of requirements-test.lock to $(VENV) (once)"
	@$(PIP) install --require-hashes --requirement requirements-test.lock
	@touch $@
