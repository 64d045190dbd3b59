# The private MariaDB of the demo. bash; the caller has set $var, $sql (the
# socket) and read daemon.sh. Settings are durable: this is also a database
# that a small organisation may live on.
# shellcheck shell=bash

database_settings() {
	cat <<CNF
[mariadbd]
datadir = $var/db/data
socket = $sql
pid-file = $var/run/mariadbd.pid
tmpdir = $var/tmp
skip-networking
skip-name-resolve
skip-log-bin
skip-symbolic-links
performance-schema = OFF
event-scheduler = OFF
local-infile = OFF
max-connections = 60
default-time-zone = +00:00
character-set-server = utf8mb4
collation-server = utf8mb4_uca1400_ai_ci
secure-timestamp = SUPER
innodb-buffer-pool-size = ${EXREG_DB_BUFFER:-256M}
innodb-log-file-size = 96M
innodb-snapshot-isolation = ON
innodb-rollback-on-timeout = ON
innodb-ft-min-token-size = 1
innodb-ft-enable-stopword = OFF
innodb-flush-log-at-trx-commit = 1
innodb-doublewrite = ON
CNF
}

# The account that runs the server is its administrator, through the socket.
# --force: a machine whose name nobody can look up will do.
database_install() {
	database_settings >"$var/etc/my.cnf"
	[ -e "$var/db/installed" ] && return 0
	say 'Creating the database ...'
	rm -rf "$var/db/data"
	mariadb-install-db --no-defaults --datadir="$var/db/data" \
	    --auth-root-authentication-method=socket \
	    --auth-root-socket-user="$(id -un)" --skip-test-db \
	    --skip-name-resolve --force --innodb-log-file-size=96M \
	    >"$var/log/install-db.log" 2>&1 9>&- ||
		die "mariadb-install-db failed, see $var/log/install-db.log"
	: >"$var/db/installed"
}

database_start() {
	daemon_start database mariadbd --defaults-file="$var/etc/my.cnf"
}

database_ready() {
	mariadb-admin --no-defaults --socket="$sql" --silent ping
}

database_sql() {
	mariadb --no-defaults --default-character-set=utf8mb4 --socket="$sql"
}

# The owner migrates and grants; it has no rights outside its database but
# that of making accounts.
database_owner() {
	[ -e "$var/db/owner-made" ] && return 0
	database_sql <<SQL
CREATE DATABASE IF NOT EXISTS exreg;
CREATE OR REPLACE USER exreg_owner@localhost
  IDENTIFIED BY '$(cat "$var/secret/owner.pw")';
GRANT ALL PRIVILEGES ON exreg.* TO exreg_owner@localhost WITH GRANT OPTION;
GRANT CREATE USER ON *.* TO exreg_owner@localhost;
SQL
	: >"$var/db/owner-made"
}
