# The stages of scripts/test, one function each: output is the log, the exit
# code the verdict, a line "SKIP name: reason" says what could not be tried.
# bash; the caller is in the checkout and has read common.sh and build.sh.
# shellcheck shell=bash

have() {
	command -v "$1" >/dev/null
}

# Sources that are ours and are C.
c_sources() {
	find backend tests -name '*.[ch]' | LC_ALL=C sort
}

# ---- building -------------------------------------------------------------------

build_preset() {
	cmake --preset "$1" -DEXREG_WERROR=ON && cmake --build --preset "$1"
}

stage_build() {
	build_preset dev && build_preset san
}

# ---- reading ----------------------------------------------------------------------

stage_style() {
	local rc=0
	check_format || rc=1
	scripts/check-layers || rc=1
	check_banned || rc=1
	check_shell || rc=1
	return $rc
}

check_format() {
	if ! have clang-format; then
		echo 'SKIP clang-format: it is not installed'
		return
	fi
	c_sources | xargs clang-format --dry-run -Werror
}

# Calls with a better one in base/.
check_banned() {
	local found
	found=$(grep -rnE '(^|[^_[:alnum:]])(strcpy|strcat|v?sprintf|strtok|ato[il]|gets|alloca|strncpy|strncat|FCGX_FPrintF|yajl_tree_parse|localtime|s?rand|time)\(' \
	    backend --include='*.[ch]' | grep -vE '^[^:]*:[0-9]+:[[:space:]]*(/?\*|//)')
	[ -z "$found" ] || {
		echo "banned calls:"
		echo "$found"
		return 1
	}
}

check_shell() {
	if ! have shellcheck; then
		echo 'SKIP shellcheck: it is not installed'
		return
	fi
	grep -rlE '^#!/bin/(ba)?sh' scripts tests .ci | xargs shellcheck -S warning
}

# The curated list of .clang-tidy, on our own sources. A file that passed is
# not read again until it, a header or the list changes: build/tidy/ has a
# stamp for each.
stage_tidy() {
	local base file stamp
	if ! have clang-tidy; then
		echo 'SKIP clang-tidy: it is not installed'
		return
	fi
	build_preset dev || return 1
	mkdir -p build/tidy
	base=$(cat .clang-tidy <(find backend -name '*.h' -print0 |
		LC_ALL=C sort -z | xargs -0 cat) | sha256sum)
	find backend -name '*.c' | LC_ALL=C sort | while read -r file; do
		stamp=build/tidy/$(echo "$base $file" | cat - "$file" | sha256sum | cut -c1-32)
		[ -e "$stamp" ] || printf '%s\0%s\0' "$file" "$stamp"
	done | xargs -0 -r -n 2 -P "$(nproc)" scripts/lib/tidy-one
}

# ---- C tests ------------------------------------------------------------------------

# ctest_run PRESET LABELS: one run of ctest.
ctest_run() {
	build_preset "$1" || return 1
	ctest --test-dir "build/$1" --output-on-failure -j "$(nproc)" \
	    -L "^($2)$" >"build/test/$1-$2.out" 2>&1
	local rc=$?
	cat "build/test/$1-$2.out"
	sed -n 's/^[[:space:]]*[0-9]* - \(.*\) (Skipped)$/SKIP \1: its server is not installed/p' \
	    "build/test/$1-$2.out"
	rm -f "build/test/$1-$2.out"
	return $rc
}

# A directory for the length of one command.
with_directory() {
	local dir rc=0
	if ! have slapd; then
		"$@"
		return
	fi
	dir=$(mktemp -d /tmp/exreg-ldap.XXXXXX)
	tests/support/slapd.sh up "$dir" || return 1
	(
		set -a
		. "$dir/env"
		"$@"
	) || rc=$?
	tests/support/slapd.sh down "$dir"
	rm -rf "$dir"
	return $rc
}

stage_unit() {
	ctest_run dev unit
}

stage_db() {
	ctest_run dev db
}

stage_directory() {
	with_directory ctest_run dev directory
}

stage_http() {
	ctest_run dev http
}

stage_san() {
	ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1 \
	    UBSAN_OPTIONS=print_stacktrace=1 \
	    with_directory ctest_run san 'unit|db|directory'
}

# ---- frontend -------------------------------------------------------------------------

stage_frontend() {
	local rc=0
	build_frontend || return 1
	cd frontend || return 1
	npm run --silent check || rc=1
	find src -name '*.test.js' -print0 | LC_ALL=C sort -z |
		xargs -0 node --test || rc=1
	npm run --silent size || rc=1
	npm run --silent contrast || rc=1
	return $rc
}

# ---- the whole program ------------------------------------------------------------------

# A port that is free together with the next one.
free_port() {
	local try
	for try in {1..50}; do
		try=$((20000 + RANDOM % 20000))
		(exec 3<>/dev/tcp/127.0.0.1/$try) 2>/dev/null ||
			(exec 3<>/dev/tcp/127.0.0.1/$((try + 1))) 2>/dev/null || {
			echo $try
			return
		}
	done
	return 1
}

# An instance of its own beside a running demo, for the length of the tests.
stage_program() {
	have chromium || echo 'SKIP browser: chromium is not installed'
	EXREG_VAR=$(mktemp -d /tmp/exreg-test.XXXXXX)
	EXREG_PORT=$(free_port) || return 1
	export EXREG_VAR EXREG_PORT EXREG_DB_BUFFER=64M EXREG_LIMITS=no
	chmod 711 "$EXREG_VAR"
	trap 'scripts/demo down; rm -rf "$EXREG_VAR"' EXIT
	scripts/demo up && node_tests && return
	tail -n 20 "$EXREG_VAR"/log/*.log
	return 1
}

# One file at a time. Faults come last: they kill servers.
node_tests() {
	local rc=0
	export EXREG_TEST_ORIGIN=http://localhost:$EXREG_PORT
	export EXREG_TEST_VAR=$EXREG_VAR
	node_run tests/http || rc=1
	! have chromium || node_run tests/browser || rc=1
	node_run tests/faults || rc=1
	return $rc
}

node_run() {
	find "$1" -name '*.test.mjs' -print0 | LC_ALL=C sort -z |
		xargs -0 -r node --test --test-concurrency=1
}
