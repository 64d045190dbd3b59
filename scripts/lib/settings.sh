# Secrets and the settings file of a private instance. bash; the caller has
# set $root, $var, $port and $sql (the socket of the database).
# shellcheck shell=bash

accounts='register directory export jobs'

make_secrets() {
	local name
	for name in owner $accounts; do
		[ -s "$var/secret/$name.pw" ] && continue
		(
			umask 077
			openssl rand -hex 24 >"$var/secret/$name.pw"
		)
	done
}

# account NAME: the lines that let a program into the database.
account() {
	echo "db_user = exreg_$1"
	echo "db_password_file = $var/secret/$1.pw"
}

settings() {
	local pool
	cat <<INI
# Written by scripts/demo at each start; every setting with its meaning:
# exregctl settings

[organisation]
name = Harbour & Vale
zone = Europe/London

[site]
origin = http://localhost:$port
# Browsers take a Secure cookie over plain HTTP from nobody but localhost,
# and not all of them do; a real site has TLS and leaves this out.
cookie_secure = no

[database]
socket = $sql
name = exreg

INI
	for pool in register directory export; do
		echo "[$pool]"
		echo "socket = $var/run/$pool.sock"
		account $pool
		[ $pool != export ] || echo "spool_dir = $var/spool"
		echo
	done
	printf '[attachments]\ndir = %s\n\n' "$var/attachments"
	echo '[jobs]'
	account jobs
	printf '\n[owner]\n'
	account owner
	settings_of_sample
	cat <<INI

[paths]
migrations = $root/sql/migrations
procedures = $root/sql/procedures
static = $root/static
INI
}

# The private directory and mail server.
settings_of_sample() {
	cat <<INI

[ldap]
uris = $(sed -n 's/^EXREG_TEST_LDAP_URI_LDAPI=//p' "$var/ldap/env")
bind_dn = cn=exreg,ou=services,dc=harbourvale,dc=example
bind_password_file = $var/ldap/bind-password
people_base = ou=people,dc=harbourvale,dc=example
groups_base = ou=groups,dc=harbourvale,dc=example

[session]
signin_group = cn=all-staff,ou=groups,dc=harbourvale,dc=example

[mail]
url = smtp://127.0.0.1:$((port + 1))
ca_file = $var/ldap/ca.pem
from = exreg@harbourvale.example
INI
}

write_settings() {
	settings >"$var/etc/exreg.conf.new"
	mv "$var/etc/exreg.conf.new" "$var/etc/exreg.conf"
	write_nginx_settings
}

# The templates of nginx/ with their places filled in. Tests come from one
# address and sign in all the time: EXREG_LIMITS=no lifts the rates.
write_nginx_settings() {
	local conf=$var/etc/nginx rate=200 signin='' file
	if [ "${EXREG_LIMITS:-yes}" = no ]; then
		rate=1000000
		signin='/zone=exreg_signin/s|rate=[^;]*|rate=1000000r/s|'
	fi
	mkdir -p "$conf"
	for file in "$root"/nginx/*.conf; do
		sed -e "s|@LISTEN@|127.0.0.1:$port|" -e 's|@SERVER_NAME@|localhost|' \
		    -e 's|@TLS@||' -e 's|@NGINX_USER@||' -e 's|@WORKERS@|2|' \
		    -e "s|@RUN@|$var/run|g" -e "s|@LOG@|$var/log|g" \
		    -e "s|@STATIC@|$root/static|g" -e "s|@SPOOL@|$var|g" \
		    -e "s|@ATTACHMENTS@|$var|g" \
		    -e "s|@TMP@|$var/tmp|g" -e "s|@CONF@|$conf|g" \
		    -e "s|@API_RATE@|$rate|" -e "$signin" \
		    "$file" >"$conf/${file##*/}"
	done
}
