#!/bin/bash
# A private, throw-away MariaDB for tests.
#
#   mariadb.sh run [--apply PROGRAM] -- COMMAND [ARGUMENT...]
#       Start one, run the command with EXREG_TEST_DB_* in its environment,
#       remove it. The exit code is the command's; 77 without a server
#       package.
#   mariadb.sh start [--apply PROGRAM]
#       Start one and print the path of its socket.
#   mariadb.sh stop SOCKET
#       End that one and remove its data.
#
# PROGRAM gives the schema: it is run once with the same environment, as the
# owner of an empty database, whenever sql/ has changed. What it leaves is
# kept as a template under build/ and copied from then on. Without --apply
# the database stays empty.
#
# Accounts: root without a password; exreg_owner / owner owns the database
# exreg and every exreg_*. EXREG_TEST_DB_OPTIONS: further server options.
set -euo pipefail
umask 077

root=$(cd "$(dirname "$0")/../.." && pwd)
cache=${EXREG_TEST_CACHE:-$root/build/test-mariadb}
PATH=$PATH:/usr/sbin
server_pid=

say() {
	echo "mariadb.sh: $*" >&2
	exit 1
}

# serve DIR [PREFIX...]: start a server over DIR/data in the background and
# wait until it listens on DIR/sock.
serve() {
	local dir=$1 as=()

	shift
	[ "$(id -u)" -ne 0 ] || as=(--user=root)
	# shellcheck disable=SC2086
	"$@" mariadbd --no-defaults "${as[@]}" \
		--datadir="$dir/data" --socket="$dir/sock" \
		--pid-file="$dir/pid" --log-error="$dir/error.log" \
		--skip-networking --skip-log-bin --skip-name-resolve \
		--performance-schema=0 --innodb-buffer-pool-size=32M \
		--innodb-log-file-size=8M \
		--innodb-flush-log-at-trx-commit=0 --innodb-doublewrite=0 \
		--innodb-ft-min-token-size=1 --innodb-ft-enable-stopword=OFF \
		--innodb-snapshot-isolation=ON \
		--innodb-rollback-on-timeout=ON \
		--character-set-server=utf8mb4 \
		--collation-server=utf8mb4_uca1400_ai_ci \
		--default-time-zone=+00:00 --secure-timestamp=SUPER \
		${EXREG_TEST_DB_OPTIONS:-} </dev/null >>"$dir/error.log" 2>&1 9>&- &
	server_pid=$!
	until [ -S "$dir/sock" ]; do
		if ! kill -0 "$server_pid" 2>/dev/null; then
			tail -n 20 "$dir/error.log" >&2
			say "the server did not start"
		fi
		sleep 0.02
	done
}

# Make the environment speak of the server in DIR.
describe() {
	export EXREG_TEST_DB_SOCKET=$1/sock
	export EXREG_TEST_DB_PID=$server_pid
	export EXREG_TEST_DB_NAME=exreg
	export EXREG_TEST_DB_USER=exreg_owner
	export EXREG_TEST_DB_PASSWORD=owner
}

# End the server of the template in DIR cleanly.
settle() {
	kill "$server_pid"
	wait "$server_pid" 2>/dev/null || true
	rm -f "$1/sock" "$1/pid" "$1"/*log
}

# A fresh server with the owner and an empty database.
make_empty() {
	local dir=$1 as=()

	[ "$(id -u)" -ne 0 ] || as=(--user=root)
	mkdir "$dir"
	mariadb-install-db --no-defaults "${as[@]}" --datadir="$dir/data" \
		--auth-root-authentication-method=normal --skip-test-db \
		--skip-name-resolve --force --innodb-log-file-size=8M \
		>"$dir/install.log" 2>&1 ||
		{ cat "$dir/install.log" >&2; say "no data folder"; }
	serve "$dir"
	mariadb --no-defaults --user=root --socket="$dir/sock" <<-'SQL'
		CREATE DATABASE exreg CHARACTER SET utf8mb4
			COLLATE utf8mb4_uca1400_ai_ci;
		CREATE USER exreg_owner@localhost IDENTIFIED BY 'owner';
		GRANT CREATE USER, PROCESS ON *.* TO exreg_owner@localhost;
		GRANT ALL ON exreg.* TO exreg_owner@localhost
			WITH GRANT OPTION;
		GRANT ALL ON `exreg\_%`.* TO exreg_owner@localhost
			WITH GRANT OPTION;
	SQL
	settle "$dir"
}

# The same with what the program puts in.
make_applied() {
	local dir=$1 program=$2 empty=$3

	mkdir "$dir"
	cp -a "$empty/data" "$dir/data"
	serve "$dir"
	if ! (describe "$dir" && cd "$root" && "$program" >&2); then
		kill -9 "$server_pid"
		say "$program failed"
	fi
	settle "$dir"
}

# template NAME MAKE [ARGUMENT...]: print the folder, made when it is not
# there. The caller holds the lock.
template() {
	local dir=$cache/$1 make=$2

	shift 2
	if [ ! -d "$dir" ]; then
		rm -rf "$dir.new"
		"$make" "$dir.new" "$@"
		mv "$dir.new" "$dir"
	fi
	touch "$dir"
}

# Keep the four templates used last; nobody copies one meanwhile.
prune() {
	find "$cache" -mindepth 1 -maxdepth 1 -type d -printf '%T@ %p\n' |
		sort -rn | tail -n +5 | cut -d' ' -f2- | xargs -r rm -rf --
}

# Folders whose server and starter are both gone.
sweep() {
	local dir pid alive

	for dir in "$1"/exreg-db.*; do
		[ -O "$dir" ] && [ -s "$dir/starter" ] || continue
		alive=
		for pid in $(cat "$dir/starter" "$dir/pid" 2>/dev/null); do
			kill -0 "$pid" 2>/dev/null && alive=yes
		done
		[ -n "$alive" ] || rm -rf "$dir"
	done
}

# copy_new PROGRAM: put a copy of the right template into a new folder and
# leave its name in $dir.
copy_new() {
	local program=$1 version empty from place=/dev/shm

	version=$(mariadbd --version | sha256sum | cut -c1-12)
	empty=empty-$version
	mkdir -p "$cache"
	exec 9>"$cache/lock"
	flock 9
	template "$empty" make_empty
	from=$cache/$empty
	if [ -n "$program" ]; then
		from=$cache/applied-$( (
			echo "$version"
			cd "$root"
			cat tests/support/mariadb.sh tests/support/db_apply.c \
				backend/app/migrate.c backend/app/accounts.c \
				sql/migrations/*.sql sql/accounts.sql
		) | sha256sum | cut -c1-12)
		template "${from##*/}" make_applied "$program" "$cache/$empty"
	fi
	touch "$cache/$empty"
	prune
	[ -w "$place" ] || place=${TMPDIR:-/tmp}
	sweep "$place"
	dir=$(mktemp -d "$place/exreg-db.XXXXXX")
	echo $$ >"$dir/starter"
	cp -a "$from/data" "$dir/data"
	exec 9>&-
}

# remove DIR PID
remove() {
	kill -9 "$2" 2>/dev/null || true
	while kill -0 "$2" 2>/dev/null; do
		sleep 0.01
	done
	rm -rf "$1"
}

command=${1:-}
shift || true
case $command in
run | start)
	program=${EXREG_DB_APPLY:-}
	if [ "${1:-}" = --apply ]; then
		program=$2
		shift 2
	fi
	if ! command -v mariadbd mariadb-install-db mariadb >/dev/null; then
		echo "SKIP: MariaDB is not installed" >&2
		exit 77
	fi
	copy_new "$program"
	;;&
run)
	[ "${1:-}" = -- ] && shift
	[ $# -gt 0 ] || say "run what?"
	serve "$dir" setpriv --pdeathsig KILL
	trap 'remove "$dir" "$server_pid" 2>/dev/null' EXIT
	describe "$dir"
	code=0
	setpriv --pdeathsig KILL -- "$@" || code=$?
	exit "$code"
	;;
start)
	serve "$dir" setsid
	disown
	echo "$server_pid" >"$dir/starter"
	echo "$dir/sock"
	;;
stop)
	dir=$(dirname "${1:?stop which socket?}")
	[ -s "$dir/starter" ] || say "$1 is not one of mine"
	remove "$dir" "$(cat "$dir/starter")"
	;;
*)
	sed -n '2,/^set -/{/^set -/d;s/^# \{0,1\}//;p}' "$0"
	exit 2
	;;
esac
