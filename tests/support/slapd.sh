#!/bin/sh
# A private OpenLDAP server for the demo and the tests.
#
#   slapd.sh up DIR [options]    make what is missing, start, wait until ready
#   slapd.sh down DIR            stop it (the data stays)
#   slapd.sh env DIR             print DIR/env again
#
# Options of "up", or the variable in brackets. They count when DIR is made;
# later "up"s start what is there, on the same ports.
#   --data FILE      LDIF to load instead of the sample organisation; may be
#                    repeated, "sample" names the sample   [EXREG_SLAPD_DATA]
#   --ldap-port N    StartTLS; 0 or nothing: a free one    [EXREG_SLAPD_LDAP_PORT]
#   --ldaps-port N                                         [EXREG_SLAPD_LDAPS_PORT]
#   --schema FILE    more schema, an LDIF for cn=config; may be repeated
#   --ppolicy DN     password policy overlay with this default policy
#   --fresh          throw the old data away first (not the certificates)
#
# DIR gets: ldapi (socket), ca.pem, cert.pem, key.pem, bind-password (mode
# 0600), slapd.pid and env (NAME=value lines, for "." in a shell). DIR/ldapi
# must fit a socket address: at most 107 bytes. Runs as root or as anybody.
set -eu
umask 077
PATH=$PATH:/usr/sbin:/sbin
export LC_ALL=C

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
base=dc=harbourvale,dc=example
service=cn=exreg,ou=services,$base

die() {
	echo "slapd.sh: $*" >&2
	exit 1
}

# A recycled number belongs to another program; a zombie has no command line.
is_ours() {
	tr '\0' ' ' 2>/dev/null <"/proc/$1/cmdline" | grep -qF -- "$dir/slapd.d"
}

is_running() {
	[ -s "$dir/slapd.pid" ] || return 1
	pid=$(cat "$dir/slapd.pid")
	kill -0 "$pid" 2>/dev/null && is_ours "$pid"
}

make_certificates() {
	[ -s "$dir/cert.pem" ] && return 0
	(
		cd "$dir"
		openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 \
		    -nodes -days 825 -subj "/CN=exreg throw-away CA" \
		    -addext "keyUsage=critical,keyCertSign,cRLSign" \
		    -keyout ca-key.pem -out ca.pem
		openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
		    -subj "/CN=127.0.0.1" -keyout key.pem -out cert.csr
		printf '%s\n' "subjectAltName=IP:127.0.0.1" \
		    "basicConstraints=critical,CA:FALSE" \
		    "extendedKeyUsage=serverAuth" >cert.ext
		openssl x509 -req -in cert.csr -CA ca.pem -CAkey ca-key.pem \
		    -set_serial 1 -days 825 -extfile cert.ext -out cert.pem.new
		mv cert.pem.new cert.pem
		rm -f cert.csr cert.ext
	) >"$dir/openssl.log" 2>&1 || die "openssl failed, see $dir/openssl.log"
}

write_config() {
	cat <<LDIF
dn: cn=config
objectClass: olcGlobal
cn: config
olcPidFile: $dir/slapd.pid
olcAllows: bind_anon_dn
olcIdleTimeout: 0
olcThreads: 4
olcTLSCACertificateFile: $dir/ca.pem
olcTLSCertificateFile: $dir/cert.pem
olcTLSCertificateKeyFile: $dir/key.pem
olcTLSProtocolMin: 3.3

dn: cn=module,cn=config
objectClass: olcModuleList
cn: module
olcModulePath: /usr/lib/ldap
olcModuleLoad: back_mdb
${ppolicy:+olcModuleLoad: ppolicy}

dn: cn=schema,cn=config
objectClass: olcSchemaConfig
cn: schema

include: file:///etc/ldap/schema/core.ldif
include: file:///etc/ldap/schema/cosine.ldif
include: file:///etc/ldap/schema/inetorgperson.ldif

LDIF
	for file in $schemas; do
		cat "$file"
		echo
	done
	# Whoever owns the folder may change entries over the local socket.
	peer=cn=peercred,cn=external,cn=auth
	cat <<LDIF
dn: olcDatabase=mdb,cn=config
objectClass: olcDatabaseConfig
objectClass: olcMdbConfig
olcDatabase: mdb
olcSuffix: $base
olcDbDirectory: $dir/data
olcDbMaxSize: 268435456
olcDbNoSync: TRUE
olcDbIndex: objectClass eq
olcDbIndex: entryUUID eq
olcDbIndex: uid eq,sub
olcDbIndex: cn eq,sub
olcDbIndex: mail eq,sub
olcDbIndex: member eq
olcDbIndex: uniqueMember eq
olcSizeLimit: size.soft=500 size.hard=500
olcLimits: dn.exact="$service" size=unlimited
olcLimits: dn.exact="cn=limited,ou=services,$base" size=3 size.prtotal=3
olcAccess: to attrs=userPassword by anonymous auth by * none
olcAccess: to * by dn.regex="^gidNumber=[0-9]+[+]uidNumber=(0|$(id -u)),$peer\$" write
  by dn.one="ou=services,$base" read by self read by * none
LDIF
	[ -z "$ppolicy" ] || cat <<LDIF

dn: olcOverlay=ppolicy,olcDatabase={1}mdb,cn=config
objectClass: olcOverlayConfig
objectClass: olcPPolicyConfig
olcOverlay: ppolicy
olcPPolicyDefault: $ppolicy
olcPPolicyUseLockout: TRUE
LDIF
}

make_data() {
	[ -e "$dir/data/loaded" ] && return 0
	rm -rf "$dir/slapd.d" "$dir/data"
	mkdir "$dir/slapd.d" "$dir/data"
	write_config >"$dir/config.ldif"
	slapadd -F "$dir/slapd.d" -n 0 -l "$dir/config.ldif" \
	    >"$dir/slapadd.log" 2>&1 ||
		die "the configuration was refused, see $dir/slapadd.log"
	for file in ${data:-sample}; do
		if [ "$file" = sample ]; then
			awk -v what=ldif -f "$root/sql/sample/directory.awk"
		else
			cat "$file"
		fi
		echo
	done >"$dir/data.ldif"
	slapadd -q -F "$dir/slapd.d" -n 1 -l "$dir/data.ldif" \
	    >"$dir/slapadd.log" 2>&1 ||
		die "the data was refused, see $dir/slapadd.log"
	: >"$dir/data/loaded"
	printf '%s' exreg-service-demo >"$dir/bind-password"
}

# slapd returns when its sockets are bound, a moment before it listens on
# them, the local one last. 00010000 is the kernel's mark of a listener.
wait_listening() {
	n=0
	until grep -q " 00010000 .* $dir/ldapi\$" /proc/net/unix; do
		n=$((n + 1))
		[ $n -lt 500 ] || die "slapd does not listen, see $dir/slapd.log"
		sleep 0.01
	done
}

# A port another program took in the meantime fails; then the next is tried.
start() {
	if [ -s "$dir/ports" ]; then
		read -r ldap_port ldaps_port <"$dir/ports"
		tries=1
	fi
	socket=$(printf '%s' "$dir/ldapi" | sed 's/%/%25/g; s,/,%2F,g; s/ /%20/g')
	try=0
	rm -f "$dir/slapd.pid"
	while [ $try -lt "${tries:-20}" ]; do
		a=$ldap_port b=$ldaps_port
		[ "$a" != 0 ] || a=$((20000 + ($$ * 7 + try * 131) % 12000))
		[ "$b" != 0 ] || b=$((a + 1))
		if slapd -F "$dir/slapd.d" -h "ldap://127.0.0.1:$a \
ldaps://127.0.0.1:$b ldapi://$socket" >"$dir/slapd.log" 2>&1; then
			wait_listening
			ldap_port=$a ldaps_port=$b
			echo "$a $b" >"$dir/ports"
			return 0
		fi
		try=$((try + 1))
	done
	die "slapd did not start on ports $a and $b, see $dir/slapd.log"
}

write_env() {
	cat >"$dir/env.new" <<ENV
EXREG_TEST_LDAP_DIR=$dir
EXREG_TEST_LDAP_URI_LDAPI=ldapi://$socket
EXREG_TEST_LDAP_URI_STARTTLS=ldap://127.0.0.1:$ldap_port
EXREG_TEST_LDAP_URI_LDAPS=ldaps://127.0.0.1:$ldaps_port
EXREG_TEST_LDAP_CA=$dir/ca.pem
EXREG_TEST_LDAP_BIND_DN=$service
EXREG_TEST_LDAP_BIND_PASSWORD_FILE=$dir/bind-password
EXREG_TEST_LDAP_PEOPLE=ou=people,$base
EXREG_TEST_LDAP_GROUPS=ou=groups,$base
EXREG_TEST_LDAP_BASE=$base
EXREG_TEST_LDAP_SLAPD_SH=$here/slapd.sh
ENV
	mv "$dir/env.new" "$dir/env"
}

up() {
	data=${EXREG_SLAPD_DATA:-} schemas='' ppolicy='' fresh=''
	ldap_port=${EXREG_SLAPD_LDAP_PORT:-0}
	ldaps_port=${EXREG_SLAPD_LDAPS_PORT:-0}
	while [ $# -gt 0 ]; do
		case $1 in
		--fresh) fresh=1 && shift && continue ;;
		esac
		[ $# -gt 1 ] || die "$1 needs a value"
		case $1 in
		--data) data="$data $2" ;;
		--schema) schemas="$schemas $2" ;;
		--ppolicy) ppolicy=$2 ;;
		--ldap-port) ldap_port=$2 ;;
		--ldaps-port) ldaps_port=$2 ;;
		*) die "unknown option $1" ;;
		esac
		shift 2
	done
	command -v slapd >/dev/null || die "slapd is not installed"
	mkdir -p "$dir"
	dir=$(CDPATH='' cd -- "$dir" && pwd)
	[ ${#dir} -le 101 ] || die "the path $dir/ldapi is too long for a socket"
	if [ -n "$fresh" ]; then
		stop
		rm -rf "$dir/slapd.d" "$dir/data" "$dir/ports" "$dir/env"
	fi
	is_running && [ -s "$dir/env" ] && return 0
	make_certificates
	make_data
	start
	write_env
}

# SIGTERM, then wait until the process is gone; SIGKILL after 5 s.
stop() {
	if is_running; then
		kill -TERM "$pid"
		kill -CONT "$pid" 2>/dev/null || true
		n=0
		while [ -e "/proc/$pid" ] && is_ours "$pid"; do
			n=$((n + 1))
			[ $n -ne 250 ] || kill -KILL "$pid" 2>/dev/null || true
			[ $n -lt 500 ] || die "process $pid does not end"
			sleep 0.02
		done
	fi
	rm -f "$dir/slapd.pid" "$dir/ldapi"
}

[ $# -ge 2 ] || die "usage: slapd.sh up|down|env DIR [options]"
verb=$1 dir=${2%/}
shift 2
[ ! -d "$dir" ] || dir=$(CDPATH='' cd -- "$dir" && pwd)
case $verb in
up) up "$@" ;;
down) stop ;;
env) cat "$dir/env" ;;
*) die "unknown verb $verb" ;;
esac
