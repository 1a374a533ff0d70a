# `make run` builds everything and opens the dashboard; `make test` runs every test. Both install what they need.

SWIFT_FLAGS := -c release -Xswiftc -enable-testing
PREFIX ?= /usr/local
PROGRAM := .build/release/tunedeck
# The tests' base model has a home of its own, so that a run of the tests leaves yours alone.
TEST_HOME := $(CURDIR)/.build/test-home
PACKAGES := libncurses-dev ncurses-term libsqlite3-dev libdnnl-dev zlib1g-dev python3 python3-pip python3-venv tmux
ROOT := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: run build test clients check fuzz torture record-goldens install packages model clean

run: build model
	$(PROGRAM) open --sample

build: packages
	swift build $(SWIFT_FLAGS) --product tunedeck

model: build
	$(PROGRAM) models pull smollm2-135m

test: build
	TUNEDECK_HOME=$(TEST_HOME) $(PROGRAM) models pull smollm2-135m
	TUNEDECK_TEST_MODEL=$(TEST_HOME)/models/smollm2-135m/SmolLM2-135M-Instruct.Q4_1.gguf \
		swift test $(SWIFT_FLAGS) --no-parallel

# The official OpenAI clients, unchanged, against `tunedeck serve`.
clients: build
	TUNEDECK_HOME=$(TEST_HOME) $(PROGRAM) models pull smollm2-135m
	Tests/Clients/run $(PROGRAM) $(TEST_HOME)/models/smollm2-135m/SmolLM2-135M-Instruct.Q4_1.gguf

# Form, forbidden imports, file sizes.
check:
	.ci/check

# A million made-up files for each parser of model files and each reader of datasets, or as many as 60 seconds allow,
# under the address sanitizer. One that takes long here may only have waited for its turn on a busy machine.
fuzz: packages
	TUNEDECK_FUZZ_SECONDS=60 TUNEDECK_FUZZ_TIMEOUT=20 Tests/Fuzz/run 1000000
	TUNEDECK_FUZZ_SECONDS=60 TUNEDECK_FUZZ_TIMEOUT=20 Tests/FuzzData/run 1000000

# The long form of the tests of crash safety and of large files, of the server and of the fuzzers: hours.
torture: build
	TUNEDECK_HOME=$(TEST_HOME) $(PROGRAM) models pull smollm2-135m
	TUNEDECK_TORTURE=1 TUNEDECK_TEST_MODEL=$(TEST_HOME)/models/smollm2-135m/SmolLM2-135M-Instruct.Q4_1.gguf \
		swift test $(SWIFT_FLAGS) --no-parallel
	TUNEDECK_TORTURE=1 TUNEDECK_LOAD_SECONDS=60 \
		Tests/Clients/run $(PROGRAM) $(TEST_HOME)/models/smollm2-135m/SmolLM2-135M-Instruct.Q4_1.gguf
	TUNEDECK_FUZZ_SEED=$$(date +%s) Tests/Fuzz/run 50000000
	TUNEDECK_FUZZ_SEED=$$(date +%s) Tests/FuzzData/run 50000000

# Writes the golden screens anew; look at the difference before committing it.
record-goldens: build
	TUNEDECK_RECORD=1 swift test $(SWIFT_FLAGS) --no-parallel --filter 'TuneCanvasTests|TuneViewsTests'

install: build
	install -D -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/tunedeck
	install -d $(DESTDIR)$(PREFIX)/share/tunedeck/Samples $(DESTDIR)$(PREFIX)/share/tunedeck/themes
	install -m 644 Sources/tunedeck/Samples/*.jsonl $(DESTDIR)$(PREFIX)/share/tunedeck/Samples
	install -m 644 themes/*.theme $(DESTDIR)$(PREFIX)/share/tunedeck/themes
	TUNEDECK_LANG=en $(PROGRAM) manual $(DESTDIR)$(PREFIX)/share/man/man1
	TUNEDECK_LANG=zh $(PROGRAM) manual $(DESTDIR)$(PREFIX)/share/man/zh_CN/man1
	install -d $(addprefix $(DESTDIR)$(PREFIX)/share/,bash-completion/completions zsh/site-functions fish/vendor_completions.d)
	$(PROGRAM) completions bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/tunedeck
	$(PROGRAM) completions zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_tunedeck
	$(PROGRAM) completions fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/tunedeck.fish

packages:
	@missing=""; for package in $(PACKAGES); do \
		dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
		echo "Installing$$missing"; \
		$(ROOT) apt-get update -qq && \
			DEBIAN_FRONTEND=noninteractive $(ROOT) apt-get install -y -qq --no-install-recommends $$missing; \
	fi

clean:
	swift package clean
