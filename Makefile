# Every target goes through npm, which puts the project's own Node 24 first in the path; `run` does the same without npm,
# which would pass a Ctrl-C on a second time. Variables on the command line (make run PORT=4000) become the program's
# environment.

MAKEFLAGS += --no-print-directory
NPM = npm --loglevel=error
INSTALLED = node_modules/.installed

.DEFAULT_GOAL := help
.PHONY: help doctor setup run test test-fast test-docker test-operator test-cluster load-standalone load-ingest load-pipeline load-operator chaos-standalone chaos check fix generate verify clean bench-detector eval train

help: ## lists these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

doctor: ## tells what this machine lacks, and the command that installs it
	@command -v node >/dev/null || { echo "Node.js is missing. Install it with: sudo apt-get install nodejs npm"; exit 1; }
	@node tools/doctor.mjs

setup: $(INSTALLED) ## installs the npm packages when they are missing or out of date
	@:

$(INSTALLED): package-lock.json
	@command -v npm >/dev/null || { echo "npm is missing: 'make doctor' tells how to install it"; exit 1; }
	@echo "installing packages (about a minute the first time)"
	@$(NPM) ci --no-audit --no-fund
	@touch $@

run: setup ## starts Chatwarden: a demo community, or your groups with TELEGRAM_BOT_TOKEN=
	@PATH="$(CURDIR)/node_modules/.bin:$$PATH" exec node services/standalone/bin/chatwarden.mjs run

test: setup ## runs every test that this machine can run, with the coverage floor
	@$(NPM) run --silent test

test-fast: setup ## runs the tests that need no server
	@$(NPM) run --silent test-fast

test-docker: setup ## runs the test servers and the adapters' tests in Docker, on an engine of its own if none answers
	@PATH="$(CURDIR)/node_modules/.bin:$$PATH" exec node test/docker/run.ts

test-operator: setup ## runs the operator's tests on a real Kubernetes, which the first run builds in ten minutes
	@PATH="$(CURDIR)/node_modules/.bin:$$PATH" exec node test/operator/run.ts

test-cluster: setup ## makes this machine a Kubernetes node, as root on Debian, and tries the operator's pods on it
	@PATH="$(CURDIR)/node_modules/.bin:$$PATH" exec node test/cluster/run.ts

load-standalone: setup ## measures messages a second through to deletion, in one process
	@PATH="$(CURDIR)/node_modules/.bin:$$PATH" exec node test/load/standalone.ts $(ARGS)

load-ingest: setup ## measures what it costs to bring log events into OpenSearch, beside other shippers
	@PATH="$(CURDIR)/node_modules/.bin:$$PATH" exec node test/load/ingest.ts $(EVENTS)

load-pipeline: setup ## measures one group at 1,000 messages a second with every service and engine on this machine
	@PATH="$(CURDIR)/node_modules/.bin:$$PATH" exec node test/load/pipeline.ts $(ARGS)

load-operator: setup ## measures the operator with 5,000 TelegramGroups on a control plane of its own (half an hour)
	@PATH="$(CURDIR)/node_modules/.bin:$$PATH" exec node test/load/operator.ts --groups "$(or $(GROUPS),5000)" \
	  --dedicated "$(or $(DEDICATED),200)" --real-topics "$(or $(REAL_TOPICS),20)"

chaos-standalone: setup ## disturbs standalone in seven ways and looks for what was lost or doubled (half an hour)
	@PATH="$(CURDIR)/node_modules/.bin:$$PATH" exec node test/chaos/standalone.ts $(ARGS)

chaos: setup ## disturbs every service on Kafka, OpenSearch and PostgreSQL, and looks for what was lost or doubled
	@PATH="$(CURDIR)/node_modules/.bin:$$PATH" exec node test/chaos/platform.ts $(ARGS)

bench-detector: setup ## measures judging on one core: messages a second, p50, p99, allocation, where the time goes
	@PATH="$(CURDIR)/node_modules/.bin:$$PATH" exec node --expose-gc --max-semi-space-size=64 packages/detector/bench/bench.ts

eval: setup ## measures detection and writes docs/detection-quality.*: make eval DATASETS=<folder of public sets>
	@test -n "$(DATASETS)" || { echo "say where the public sets are: make eval DATASETS=<folder>"; exit 1; }
	@PATH="$(CURDIR)/node_modules/.bin:$$PATH"; node packages/training/src/main.ts evaluate --datasets "$(DATASETS)" \
	  --report docs/detection-quality.md --json docs/detection-quality.json && \
	  prettier --write --log-level warn docs/detection-quality.md docs/detection-quality.json

train: setup ## trains the shipped model again, bit for bit: make train DATASETS=<folder of public sets>
	@test -n "$(DATASETS)" || { echo "say where the public sets are: make train DATASETS=<folder>"; exit 1; }
	@PATH="$(CURDIR)/node_modules/.bin:$$PATH" exec node packages/training/src/main.ts train --datasets "$(DATASETS)"

check: setup ## runs what CI runs besides tests: format, lint, types, imports, leftovers, generated files
	@$(NPM) run --silent check

fix: setup ## repairs what a tool can repair
	@$(NPM) run --silent fix

generate: setup ## writes generated files again
	@$(NPM) run --silent generate

verify: setup ## makes generated files again, elsewhere, and fails on a difference
	@$(NPM) run --silent verify

clean: ## removes packages, reports and caches; never your data
	rm -rf node_modules coverage .cache
