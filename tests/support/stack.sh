#!/bin/bash
# The whole program for one test: three pools and nginx over the MariaDB of
# mariadb.sh and an OpenLDAP with the sample organisation.
#
#   mariadb.sh run --apply DB_APPLY -- stack.sh BINARIES COMMAND [ARGUMENT...]
#
# BINARIES is the folder of exregd. The command finds in its environment
#   EXREG_TEST_HTTP    host:port of nginx
#   EXREG_TEST_STACK   folder with exreg.conf, run/*.pid, log/*, static/,
#                      spool/, attachments/
#   EXREG_TEST_BIN     folder of exregctl
# and what mariadb.sh and slapd.sh say. A directory that is described by
# EXREG_TEST_LDAP_* already is used as it is. EXREG_TEST_LIMITS=yes keeps the
# rate limits of nginx, which most tests would run into.
# Exit code: the command's; 77 when nginx or slapd is not installed.
set -euo pipefail
umask 027

root=$(cd "$(dirname "$0")/../.." && pwd)
PATH=$PATH:/usr/sbin
bin=${1:?stack.sh BINARIES COMMAND}
shift
dir=

for program in nginx slapd; do
	if ! command -v $program >/dev/null; then
		echo "SKIP: $program is not installed" >&2
		exit 77
	fi
done

alive() {
	local pid
	pid=$(cat "$dir/run/$1.pid" 2>/dev/null) && kill -0 "$pid" 2>/dev/null
}

# End everything that was started here, and nothing else.
# shellcheck disable=SC2317
cleanup() {
	local name pid
	for name in nginx register directory export; do
		alive "$name" || continue
		pid=$(cat "$dir/run/$name.pid")
		kill "$pid" 2>/dev/null || true
	done
	for name in nginx register directory export; do
		for _ in $(seq 250); do
			alive "$name" || break
			sleep 0.02
		done
		! alive "$name" || kill -9 "$(cat "$dir/run/$name.pid")"
	done
	[ ! -d "$dir/ldap" ] || "$root/tests/support/slapd.sh" down "$dir/ldap"
	[ -n "${EXREG_TEST_KEEP:-}" ] || rm -rf "$dir"
}

make_folders() {
	local place=/dev/shm
	[ -w $place ] || place=${TMPDIR:-/tmp}
	dir=$(mktemp -d "$place/exreg-stack.XXXXXX")
	mkdir "$dir"/{run,log,conf,tmp,static,spool,attachments}
	printf '%s\n' "${EXREG_TEST_DB_PASSWORD_POOLS:-test}" >"$dir/pool.pw"
	printf '%s\n' "$EXREG_TEST_DB_PASSWORD" >"$dir/owner.pw"
	chmod 600 "$dir"/*.pw
	echo '<!doctype html><title>exreg</title>' >"$dir/static/index.html"
}

start_directory() {
	[ -z "${EXREG_TEST_LDAP_URI_LDAPI:-}" ] || return 0
	"$root/tests/support/slapd.sh" up "$dir/ldap" >/dev/null
	set -a
	# shellcheck disable=SC1091
	. "$dir/ldap/env"
	set +a
}

write_settings() {
	local pool
	cat <<-INI
		[organisation]
		name = Harbour & Vale
		zone = Europe/London
		[site]
		origin = http://localhost:$1
		cookie_secure = no
		[database]
		socket = $EXREG_TEST_DB_SOCKET
		name = $EXREG_TEST_DB_NAME
		io_timeout_s = 2
		[ldap]
		uris = $EXREG_TEST_LDAP_URI_LDAPI
		ca_file = $EXREG_TEST_LDAP_CA
		bind_dn = $EXREG_TEST_LDAP_BIND_DN
		bind_password_file = $EXREG_TEST_LDAP_BIND_PASSWORD_FILE
		people_base = ou=people,dc=harbourvale,dc=example
		groups_base = ou=groups,dc=harbourvale,dc=example
		[session]
		answer_floor_ms = 0
		[owner]
		db_user = $EXREG_TEST_DB_USER
		db_password_file = $dir/owner.pw
		[jobs]
		db_user = exreg_jobs
		db_password_file = $dir/pool.pw
		[paths]
		migrations = $root/sql/migrations
		procedures = $root/sql/procedures
	INI
	for pool in register directory export; do
		cat <<-INI
			[$pool]
			socket = $dir/run/$pool.sock
			workers = ${EXREG_TEST_WORKERS:-2}
			deadline_s = ${EXREG_TEST_DEADLINE:-20}
			max_requests = ${EXREG_TEST_MAX_REQUESTS:-10000}
			db_user = exreg_$pool
			db_password_file = $dir/pool.pw
		INI
	done
	echo '[export]'
	echo "spool_dir = $dir/spool"
	echo '[attachments]'
	echo "dir = $dir/attachments"
}

# The templates of nginx/ with their places filled in.
write_nginx() {
	local port=$1 user='' rate=200 signin=10r/s file
	[ "$(id -u)" -ne 0 ] || user='user root;'
	if [ -z "${EXREG_TEST_LIMITS:-}" ]; then
		rate=10000 signin=10000r/s
	fi
	for file in "$root"/nginx/*.conf; do
		sed -e "s|@LISTEN@|127.0.0.1:$port|;s|@SERVER_NAME@|localhost|" \
		    -e "s|@TLS@||;s|@NGINX_USER@|$user|;s|@WORKERS@|1|" \
		    -e "s|@RUN@|$dir/run|g;s|@LOG@|$dir/log|g" \
		    -e "s|@STATIC@|$dir/static|g;s|@SPOOL@|$dir|g" \
		    -e "s|@ATTACHMENTS@|$dir|g" \
		    -e "s|@TMP@|$dir/tmp|g;s|@CONF@|$dir/conf|g" \
		    -e "s|@API_RATE@|$rate|;s|rate=10r/s|rate=$signin|" \
		    "$file" >"$dir/conf/${file##*/}"
	done
}

start_pools() {
	local pool
	for pool in register directory export; do
		setpriv --pdeathsig TERM "$bin/exregd" -c "$dir/exreg.conf" \
		    -p $pool </dev/null 2>>"$dir/log/$pool.log" &
		echo $! >"$dir/run/$pool.pid"
	done
}

answers() {
	(exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# A port may be taken between two looks: then try the next.
start_nginx() {
	local port
	for _ in $(seq 20); do
		port=$((20000 + RANDOM % 12000))
		! answers $port || continue
		write_nginx $port
		write_settings $port >"$dir/exreg.conf"
		setpriv --pdeathsig TERM nginx -p "$dir/" -e stderr \
		    -c "$dir/conf/standalone.conf" \
		    </dev/null 2>>"$dir/log/error.log" &
		echo $! >"$dir/run/nginx.pid"
		for _ in $(seq 100); do
			alive nginx || break
			if answers $port; then
				export EXREG_TEST_HTTP=127.0.0.1:$port
				return 0
			fi
			sleep 0.02
		done
	done
	cat "$dir/log/error.log" >&2
	return 1
}

wait_for_sockets() {
	local pool
	for pool in register directory export; do
		until [ -S "$dir/run/$pool.sock" ]; do
			if ! alive $pool; then
				cat "$dir/log/$pool.log" >&2
				return 1
			fi
			sleep 0.02
		done
	done
}

make_folders
trap cleanup EXIT
start_directory
start_nginx
start_pools
wait_for_sockets
export EXREG_TEST_STACK=$dir EXREG_TEST_BIN=$bin
code=0
"$@" || code=$?
if [ "$code" -ne 0 ] && [ "$code" -ne 77 ]; then
	tail -n 20 "$dir"/log/*.log >&2
fi
exit "$code"
