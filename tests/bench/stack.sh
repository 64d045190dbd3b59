# A private instance for each size of register: up, loaded, signed in; and
# what one request asks of the database. bash; read by scripts/bench, which
# has set $root, $bench (folder), $port and $sizes.
# shellcheck shell=bash disable=SC2154

# Everything about the instance of that size: $v folder, $addr of nginx.
use() {
	local n=0 s
	size=$1
	v=$bench/$size
	for s in $all_sizes; do
		[ "$s" = "$size" ] && break
		n=$((n + 2))
	done
	addr=127.0.0.1:$((port + n))
	export EXREG_VAR=$v EXREG_PORT=$((port + n)) EXREG_SAMPLE=no \
	    EXREG_LIMITS=no EXREG_API_RATE=1000000 EXREG_DB_RELAXED=no
	EXREG_DB_BUFFER=$((256 + size * 3 / 1000))M
	export EXREG_DB_BUFFER
}

# Without our lock: what it starts lives on when we are gone.
demo() {
	"$root/scripts/demo" "$@" 7>&-
}

# Run as the account that owns the instance: it administrates the database.
as_owner() {
	local owner
	owner=$(stat -c %U "$v/db")
	if [ "$(id -u)" = 0 ] && [ "$owner" != root ]; then
		setpriv --reuid "$owner" --regid "$(id -g "$owner")" \
		    --init-groups "$@"
	else
		"$@"
	fi
}

sql() {
	as_owner mariadb --no-defaults --default-character-set=utf8mb4 \
	    --socket="$v/run/db.sock" -N -B exreg "$@"
}

# What the rows follow from.
sample_stamp() {
	{
		hash_of "$root/sql/migrations" "$root/sql/sample" "$root/sql/procedures"
		hash_of "$root/backend/app" -name 'sample*'
	} | sha256sum | cut -c1-32
}

# set_option SECTION NAME [VALUE] in the settings of the instance; without a
# value it is the default again.
set_option() {
	sed -i -e "/^\[$1\]/,/^\[/{/^$2 *=/d}" \
	    ${3:+-e "s/^\[$1\]/&\n$2 = $3/"} "$v/etc/exreg.conf"
}

restart() {
	demo part "$1" stop
	demo part "$1" start
	until curl -fs -o /dev/null "http://$addr/api/v1/health"; do
		sleep 0.1
	done
}

# Up, with the register of that size in it.
bring_up() {
	local stamp
	use "$1"
	stamp=$(sample_stamp)
	if [ -d "$v" ] && [ "$(cat "$v/loaded" 2>/dev/null)" != "$stamp" ]; then
		demo down || true
		rm -rf "${v:?}"
	fi
	demo up >/dev/null
	if [ ! -e "$v/loaded" ]; then
		say "loading $size exceptions ..."
		local began=$SECONDS
		"$v/app/bin/exregctl" -c "$v/etc/exreg.conf" sample \
		    --exceptions "$size" --seed 1 2>"$v/log/sample.log" || {
			tail -n 5 "$v/log/sample.log" >&2
			die "the register of $size could not be loaded"
		}
		echo $((SECONDS - began)) >"$v/load-seconds"
		echo "$stamp" >"$v/loaded"
	fi
	set_option register max_requests 10000000
	set_option export max_rows 5000000
	restart register
	restart export
	demo part jobs stop
	mkdir -p "$work/$size"
}

# A session of that person: $cookie, and its place in the database.
sign_in() {
	cookie=$(curl -s -D - -o /dev/null -H 'Content-Type: application/json' \
	    -H 'Sec-Fetch-Site: same-origin' \
	    -d "{\"username\":\"$1\",\"password\":\"harbour-demo\"}" \
	    "http://$addr/api/v1/session" |
		sed -n 's/^Set-Cookie: \([^;]*\);.*/\1/p')
	[ -n "$cookie" ] || die "$1 cannot sign in at $addr"
	session=$(sql -e 'SELECT HEX(token_hash) FROM session
		ORDER BY created_at DESC LIMIT 1')
}

get() { # PATH: body on standard output
	curl -s -H "Cookie: $cookie" "http://$addr$1"
}

# ---- the statements of one request ----------------------------------------------

# record NAME PATH: leaves $work/$size/NAME.sql for bench_bare. The values are
# in the log only of statements that were prepared while it was on, and
# writing them costs time: so the workers begin anew before and after. One
# worker takes both requests: what it knows by heart after the first one is
# not asked for by the second, as in the run that is measured.
record() {
	local log=$v/log/general.log
	as_owner rm -f "$log"
	sql -e "SET GLOBAL general_log_file = '$log';
		SET GLOBAL log_output = 'FILE'; SET GLOBAL general_log = ON"
	set_option register workers 1
	restart register
	get "$2" >/dev/null # the session is touched once a minute, not twice
	sql -e "SELECT 'bench'" >/dev/null
	get "$2" >/dev/null
	sql -e 'SET GLOBAL general_log = OFF'
	set_option register workers
	restart register
	LC_ALL=C awk -v session="$session" -f "$root/tests/bench/record.awk" \
	    "$log" >"$work/$size/$1.sql"
	as_owner rm -f "$log"
	grep -q ';;' "$work/$size/$1.sql" || die "no statements of $2 recorded"
}

# Field NAME of a line "name=value name=value" on standard input.
field() {
	tr ' ' '\n' | sed -n "s/^$1=//p"
}

# http CONNECTIONS ARGUMENTS...: a line of figures.
http() {
	local connections=$1
	shift
	"$bin/bench_load" -a "$addr" -c "$connections" -H "Cookie: $cookie" "$@"
}

# direct CLIENTS ARGUMENTS...: the same from the bare client.
direct() {
	local clients=$1
	shift
	"$bin/bench_bare" -S "$v/run/db.sock" -u exreg_owner \
	    -p "$v/secret/owner.pw" -c "$clients" "$@"
}

# Processes of a pool that serve requests.
workers_of() {
	local master stat
	master=$(as_owner "$v/app/scripts/servers" part "$1" pid)
	for stat in /proc/[0-9]*/stat; do
		awk -v m="$master" '{ sub(/.*\) /, ""); if ($2 == m) print FILENAME }' \
		    "$stat" 2>/dev/null
	done | cut -d/ -f3
}

# memory_of POOL VmRSS|VmHWM: kilobytes of its largest worker.
memory_of() {
	local pid most=0 kb
	for pid in $(workers_of "$1"); do
		kb=$(sed -n "s/^$2:[^0-9]*\([0-9]*\) kB/\1/p" "/proc/$pid/status")
		[ "${kb:-0}" -le "$most" ] || most=$kb
	done
	echo "$most"
}
