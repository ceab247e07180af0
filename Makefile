# SyncWatch. `make` lists the tasks.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

# Where rustup puts cargo, for shells that were opened before it was installed.
export PATH := $(HOME)/.cargo/bin:$(PATH)
# Registries are asked by npm for funding and audits at each install; nobody reads the answer here.
export npm_config_fund := false
export npm_config_audit := false

GENERATED := web/src/api/generated
WEB_SOURCES := $(shell find web/src web/public -type f 2>/dev/null) web/index.html web/vite.config.ts

.PHONY: help
help: ## List the tasks
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

# --- using it

.PHONY: run
run: setup build ## Build what changed and start SyncWatch on http://localhost:8080 (ARGS="--help" for more)
	@exec target/release/syncwatch $(ARGS)

.PHONY: setup
setup: ## Install what is missing to build, or say what to install
	@scripts/setup.sh run

.PHONY: build
build: web/dist/index.html ## Build the web application and the release programs
	@cargo build --quiet --release --locked --bins -p syncwatch -p syncwatch-transcode-job

# --- checking it

.PHONY: test
test: ## Everything, real servers and browsers included; this is what CI runs
	@scripts/setup.sh test
	@node scripts/test.mjs all

.PHONY: check
check: setup ## What needs no server: format, lints, types, generated files, unit tests
	@node scripts/test.mjs quick

.PHONY: lint
lint: node-modules ## Formats, clippy, TypeScript, Biome
	@$(MAKE) lint-format lint-rust lint-types lint-web

.PHONY: lint-format lint-rust lint-types lint-web
lint-format:
	@cargo fmt --all --check
lint-rust:
	@cargo clippy --workspace --all-targets --locked --quiet -- -D warnings
lint-types: node-modules
	@cd web && npx tsc --noEmit && npx tsc --noEmit -p e2e && npx tsc --noEmit -p bench
lint-web: node-modules
	@cd web && npx biome check --error-on-warnings .

.PHONY: fmt
fmt: node-modules ## Format everything
	@cargo fmt --all
	@cd web && npx biome check --write .

.PHONY: e2e
e2e: build ## The scenarios in Chromium and Firefox against the release program (FILE=upload-resume for one)
	@cd web && npx vitest run -c e2e/vitest.config.ts $(FILE)

.PHONY: fixtures
fixtures: ## Make the odd films of the media tests (target/fixtures) and say what must become of each
	@cargo run --quiet --locked -p syncwatch-testkit --bin fixtures

.PHONY: test-media
test-media: ## Send all odd films through the real transcode and check what comes out; writes target/bench/test-media.json (ARGS=hdr for some)
	@cargo build --quiet --locked -p syncwatch-transcode-job --bins
	@cargo run --quiet --locked -p syncwatch-transcode-job --example test-media -- $(ARGS)

.PHONY: pictures
pictures: build ## Take the pictures of docs/images anew
	@cd web && node e2e/run.mjs pictures.ts

.PHONY: bench
bench: build ## Measure start, memory, upload and page weight; writes target/bench/bench.json
	@cd web && node e2e/run.mjs ../bench/main.ts

.PHONY: bench-origin
bench-origin: build ## What it costs to send segments, beside nginx with the same files; writes target/bench/bench-origin.json
	@scripts/setup.sh nginx
	@cd web && node e2e/run.mjs ../bench/origin/main.ts

.PHONY: bench-media
bench-media: build ## What it costs and takes to make films ready to watch, beside plain FFmpeg (ARGS=ladder for one part, ARGS=tiny to see it run); writes target/bench/bench-media.json
	@scripts/setup.sh test
	@cd web && node e2e/run.mjs ../bench/media/main.ts $(ARGS)

.PHONY: bench-browsers
bench-browsers: build ## How far apart the pictures of three real browsers are behind slow networks; writes target/bench/bench-browsers.json
	@cd web && node e2e/run.mjs ../bench/browsers/main.ts

.PHONY: bench-displays
bench-displays: node-modules ## When the pixels of a frame are lit, by browsers on a screen that is looked at; writes target/bench/bench-displays.json
	@scripts/setup.sh displays
	@cd web && node e2e/run.mjs ../bench/displays/main.ts

.PHONY: bench-sync
bench-sync: node-modules ## How far apart players are, in a simulation on virtual time; writes target/bench/bench-sync.json
	@cd web && node e2e/run.mjs ../bench/sync/main.ts

.PHONY: bench-gateway
bench-gateway: build realtime/bench/peers/node_modules/.package-lock.json ## Measure the gateway beside ws, Socket.IO and uWebSockets (ARGS=latency for one part); writes target/bench/bench-gateway.json
	@cargo build --quiet --release --locked -p syncwatch-gateway-bench
	@# First in line for the processor, as far as allowed: whatever else runs here would be measured along.
	@nice -n -20 target/release/syncwatch-gateway-bench target/release/syncwatch realtime/bench/peers target/bench/bench-gateway.json $(ARGS)

.PHONY: test-clamd
test-clamd: ## The scan for malware with a real clamd, which is installed
	@scripts/setup.sh clamd
	@SYNCWATCH_TEST_CLAMD=$(or $(CLAMD),/usr/sbin/clamd) cargo test --quiet --locked -p syncwatch-api --test it -- --ignored a_real_clamd

.PHONY: test-nginx
test-nginx: ## The nginx of deploy/nginx in front of the API, with a real nginx, which is installed
	@scripts/setup.sh nginx
	@SYNCWATCH_TEST_NGINX=$(or $(NGINX_PROGRAM),/usr/sbin/nginx) cargo test --quiet --locked -p syncwatch-api --test it -- --ignored the_example_keeps

.PHONY: fuzz
fuzz: ## Fuzz each parser of bytes from outside for a minute (FOR=600 for longer); needs nightly Rust
	@cargo fuzz --version >/dev/null 2>&1 || cargo install cargo-fuzz --version 0.13.2 --locked
	@for target in $$(cargo +nightly fuzz list); do cargo +nightly fuzz run "$$target" -- -max_total_time=$(or $(FOR),60); done

.PHONY: audit
audit: ## Known advisories, licences and sources of the dependencies
	@cargo deny --version >/dev/null 2>&1 || cargo install cargo-deny --version 0.20.2 --locked
	@cargo deny --locked check
	@cd web && npm audit --audit-level=high --omit=dev

.PHONY: image container-tool
image: container-tool build ## The container image of the standalone program; needs docker, podman or buildah (BASE=... for another base)
	@$$(command -v docker || command -v podman || command -v buildah) build $(if $(BASE),--build-arg BASE=$(BASE)) --tag syncwatch .

# Before the build, which takes minutes.
container-tool:
	@command -v docker podman buildah >/dev/null || { \
	  echo "make image needs one of docker, podman and buildah, and none is installed." >&2; \
	  echo "On Debian and Ubuntu: sudo apt install buildah" >&2; exit 1; }

# --- generated files

.PHONY: generate
generate: tools ## Make the generated files anew from the Rust types
	@scripts/generate.sh .

.PHONY: compare-generated
compare-generated: tools ## Fail when a checked-in generated file is not what the Rust types give
	@rm -rf target/generated && scripts/generate.sh target/generated
	@diff -r target/generated/web/src/api/generated $(GENERATED) && diff -r target/generated/docs/api docs/api \
	  || { echo "generated files differ: run make generate and commit the result" >&2; exit 1; }

# --- what the tasks stand on: done again only when what it is made from has changed

.PHONY: node-modules tools
node-modules: web/node_modules/.package-lock.json
tools: web/tools/node_modules/.package-lock.json

%/node_modules/.package-lock.json: %/package-lock.json
	@# Not `npm ci`: it refuses a lock that was written on one platform for lacking the optional parts of the others.
	@cd $* && npm install --no-save --no-progress --loglevel=error && touch node_modules/.package-lock.json

web/dist/index.html: $(WEB_SOURCES) web/node_modules/.package-lock.json
	@cd web && npx vite build --logLevel warn && touch dist/index.html
