# What the scripts share. POSIX sh; the caller has set $root to the checkout.
# shellcheck shell=sh

PATH=$PATH:/usr/sbin:/sbin
export PATH

say() {
	printf '%s\n' "$*" >&2
}

# die TEXT [STATUS]
die() {
	say "$(basename "$0"): $1"
	exit "${2:-1}"
}

# Does that program run, and is it Node 20.19 or newer (but not 21)?
node_is_new() {
	"$1" -e '
		const [major, minor] = process.versions.node.split(".").map(Number);
		process.exit(major >= 22 || (major === 20 && minor >= 19) ? 0 : 1);
	' 2>/dev/null
}

# Put a good Node first in PATH: the one that is there, or var/node.
use_node() {
	node_is_new node && command -v npm >/dev/null && return 0
	own=$root/var/node/node_modules/node/bin
	node_is_new "$own/node" || return 1
	PATH=$own:$PATH
}

# One hash over the names and contents of files; arguments are for find.
hash_of() {
	find "$@" -type f -print0 | LC_ALL=C sort -z |
		xargs -0 sha256sum | sha256sum | cut -c1-32
}
