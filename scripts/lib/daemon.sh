# Start and stop background programs by pid file. bash; the caller has set
# $var. A pid file holds "PID START": the start time in clock ticks tells a
# recycled number from the program that was started. Descriptors 7 to 9 are
# locks of the callers; a daemon must not keep them.
# shellcheck shell=bash

# When a process began, in ticks since boot; fails when there is none.
start_time() {
	local stat
	{ stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 1
	# shellcheck disable=SC2086
	set -- ${stat##*) }
	[ "$1" != Z ] && echo "${20}"
}

daemon_pid() {
	local pid begun
	read -r pid begun 2>/dev/null <"$var/run/$1.pid" || return 1
	[ "$(start_time "$pid")" = "$begun" ] && echo "$pid"
}

daemon_running() {
	daemon_pid "$1" >/dev/null
}

# daemon_start NAME COMMAND...: does nothing when NAME runs already.
daemon_start() {
	local name=$1
	shift
	daemon_running "$name" && return 0
	setsid "$@" </dev/null >>"$var/log/$name.log" 2>&1 7>&- 8>&- 9>&- &
	echo "$! $(start_time $!)" >"$var/run/$name.pid"
}

# daemon_wait NAME COMMAND...: until COMMAND succeeds; at most 60 s, and not
# a moment longer than NAME lives.
daemon_wait() {
	local name=$1 tries=0
	shift
	until "$@" >/dev/null 2>&1; do
		tries=$((tries + 1))
		if ! daemon_running "$name" || [ $tries -gt 1200 ]; then
			say "$name did not start; the end of $var/log/$name.log:"
			tail -n 12 "$var/log/$name.log" >&2
			return 1
		fi
		sleep 0.05
	done
}

daemon_term() {
	local pid
	pid=$(daemon_pid "$1") && kill -TERM "$pid"
}

# daemon_stop NAME [SECONDS]: TERM, wait until it is gone, then KILL.
daemon_stop() {
	local pid tries=$((${2:-25} * 50))
	if pid=$(daemon_pid "$1"); then
		kill -TERM "$pid"
		while daemon_running "$1"; do
			tries=$((tries - 1))
			if [ $tries = 0 ]; then
				say "$1 (process $pid) does not end; killing it"
				kill -KILL "$pid"
			fi
			sleep 0.02
		done
	fi
	rm -f "$var/run/$1.pid"
}
