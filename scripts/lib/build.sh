# Builds, each only when its sources have changed. bash; the caller has set
# $root and read common.sh.
# shellcheck shell=bash

program_stamp() {
	hash_of "$root/backend" "$root/sql" "$root/CMakeLists.txt" \
	    "$root/CMakePresets.json" "$root/scripts/embed-sql.awk" \
	    "$root/tests/CMakeLists.txt"
}

frontend_stamp() {
	hash_of "$root/frontend" \( -name node_modules -o -name dist \) -prune -o
}

# Of everything that the demo runs.
sources_stamp() {
	{
		program_stamp
		frontend_stamp
		hash_of "$root/nginx" "$root/scripts" "$root/tests/support/slapd.sh"
	} | sha256sum | cut -c1-32
}

is_built() { # STAMP FILE
	[ "$1" = "$(cat "$2" 2>/dev/null)" ]
}

# Two builds of the same folder at once would spoil each other.
build_lock() {
	mkdir -p "$root/build"
	exec 8>"$root/build/lock"
	flock 8
}

build_unlock() {
	exec 8>&-
}

# build_program PRESET [CMake option...]
build_program() {
	local preset=$1 stamp
	shift
	build_lock
	stamp=$(program_stamp)
	if ! is_built "$stamp" "$root/build/$preset/stamp"; then
		say "Building the program ($preset) ..."
		(
			cd "$root"
			cmake --preset "$preset" "$@"
			cmake --build --preset "$preset" \
			    --target exregd exreg-jobs exregctl
		) >"$root/build/$preset.log" 2>&1 || {
			tail -n 40 "$root/build/$preset.log" >&2
			die "the build failed, see build/$preset.log"
		}
		echo "$stamp" >"$root/build/$preset/stamp"
	fi
	build_unlock
}

# The modules are there when npm wrote its list after the lock file changed.
install_modules() {
	[ "$root/frontend/node_modules/.package-lock.json" -nt \
	    "$root/frontend/package-lock.json" ] && return 0
	say 'Fetching the tools of the frontend ...'
	(cd "$root/frontend" && npm ci --no-audit --no-fund --loglevel=error) >&2
}

build_frontend() {
	local stamp
	build_lock
	install_modules
	stamp=$(frontend_stamp)
	if ! is_built "$stamp" "$root/build/frontend.stamp" ||
	    [ ! -e "$root/frontend/dist/index.html" ]; then
		say 'Building the pages ...'
		(cd "$root/frontend" && npm run build) \
		    >"$root/build/frontend.log" 2>&1 || {
			tail -n 40 "$root/build/frontend.log" >&2
			die 'the build of the pages failed, see build/frontend.log'
		}
		echo "$stamp" >"$root/build/frontend.stamp"
	fi
	build_unlock
}
