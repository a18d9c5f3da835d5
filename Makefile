# make run   build kwfilter and filter a sample answer
# make test  build everything once and run all tests

SAMPLE = Sources/kwfilter/Samples/answer.txt
APT = $(if $(filter 0,$(shell id -u)),,sudo) apt-get

.PHONY: run test deps test-deps

run: deps
	swift build -c release --product kwfilter
	@echo
	@echo "The sample, as the model wrote it:"
	@cat $(SAMPLE)
	@echo
	@echo "kwfilter --on-block mask:"
	@.build/release/kwfilter --on-block mask < $(SAMPLE)
	@echo
	@echo "kwfilter (the default: cut, refuse, end):"
	@.build/release/kwfilter < $(SAMPLE)
	@echo

test: test-deps
	swift build -c release --build-tests --explicit-target-dependency-import-check error
	swift test -c release --skip-build

# What the build needs: PCRE2's headers.
deps:
	@pkg-config --exists libpcre2-8 2>/dev/null || test -f /usr/include/pcre2.h || \
	  { $(APT) update -q && $(APT) install -q -y libpcre2-dev; }

# What the tests need besides: the files from which the oracle derives folding.
test-deps: deps
	@sh Tests/fetch-oracle-data.sh
