# Everything that CI runs is `make check`; `.ci/run` calls it.
GO ?= go
FUZZTIME ?= 30s
BEFORE = $(shell git rev-parse --git-dir)/before-check

.PHONY: check state fmt vet test race goldens fuzz bench rivals testdata

check: state fmt vet test race goldens

state:
	@{ git status --porcelain; git diff; } > "$(BEFORE)"

fmt:
	@bad=$$(gofmt -l . | grep -v '/testdata/'); test -z "$$bad" || { echo "gofmt would change:"; echo "$$bad"; exit 1; }

vet:
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

# The README's test command, without cgo: the product is pure Go.
test:
	CGO_ENABLED=0 $(GO) test ./...

race:
	$(GO) test -race -timeout 20m ./...

# Tests must leave the tree as they found it.
goldens:
	@test "$$(git status --porcelain; git diff)" = "$$(cat "$(BEFORE)")" || { echo "a test changed files:"; git status --short; exit 1; }

# Every fuzz target for FUZZTIME.
fuzz:
	@for pkg in $$($(GO) list ./...); do \
		dir=$$($(GO) list -f '{{.Dir}}' $$pkg); \
		for f in $$(grep -ho '^func Fuzz[A-Za-z0-9_]*' $$dir/*_test.go 2>/dev/null | cut -c6-); do \
			echo "$$pkg $$f"; $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 5x $$pkg || exit 1; \
		done; \
	done

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

# Ratios against other ways of counting; see docs/performance.md. A module of its
# own, with cgo, which nothing else needs: make rivals FLAGS='-only csv,wc'
rivals:
	cd analysis/exposure/rivals && GOFLAGS=-mod=mod $(GO) run . $(FLAGS)

# Make the committed example lists again; a test compares them.
testdata:
	$(GO) run ./cmd/generate-testdata
