# make run           build kwfilter and filter a sample answer
# make test          build everything once and run all tests
# make instructions  hold the instructions per KB against the committed ones

# The Swift runtime is linked into the program, which then starts in half the time.
STATIC = --static-swift-stdlib --scratch-path .build-static
PROGRAM = .build-static/release/kwfilter
SAMPLE = Sources/kwfilter/Samples/answer.txt
APT = $(if $(filter 0,$(shell id -u)),,sudo) apt-get

.PHONY: run test instructions deps test-deps

run: deps
	swift build -c release --product kwfilter $(STATIC)
	@echo
	@echo "The sample, as the model wrote it:"
	@cat $(SAMPLE)
	@echo
	@echo "kwfilter --on-block mask:"
	@$(PROGRAM) --on-block mask < $(SAMPLE)
	@echo
	@echo "kwfilter (the default: cut, refuse, end):"
	@$(PROGRAM) < $(SAMPLE)
	@echo

test: test-deps
	swift build -c release --build-tests --explicit-target-dependency-import-check error
	swift test -c release --skip-build

instructions: deps
	@command -v valgrind > /dev/null || { $(APT) update -q && $(APT) install -q -y valgrind; }
	Benchmarks/instructions

# What the build needs: PCRE2's headers.
deps:
	@pkg-config --exists libpcre2-8 2>/dev/null || test -f /usr/include/pcre2.h || \
	  { $(APT) update -q && $(APT) install -q -y libpcre2-dev; }

# What the tests need besides: the files from which the oracle derives folding.
test-deps: deps
	@sh Tests/fetch-oracle-data.sh
