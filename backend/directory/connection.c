/*
 * LDAP handles: our socket, our channel, then the options, the TLS context
 * last of them, then TLS. A handle with any failure behind it is closed,
 * never repaired.
 */
#include "directory/connection.h"

#include <sys/time.h>
#include <unistd.h>

#include <ldap.h>
#include <openldap.h>

#define SERVER_RETRY_MS INT64_C(30000)

/* A firewall may have forgotten an idle connection without telling us. */
#define SERVICE_IDLE_MS INT64_C(120000)

/*
 * ldap_set_option takes void *, and reads an int or a timeval behind it.
 * These typed forms are the only callers.
 */
static int
set_int(LDAP *ld, int option, int value)
{
	return ldap_set_option(ld, option, &value);
}

static int
set_time(LDAP *ld, int option, int64_t ms)
{
	struct timeval t;

	if (ms < 1)
		ms = 1;
	t.tv_sec = (time_t)(ms / 1000);
	t.tv_usec = (suseconds_t)(ms % 1000 * 1000);
	return ldap_set_option(ld, option, &t);
}

static int
set_switch(LDAP *ld, int option, bool on)
{
	return ldap_set_option(ld, option, on ? LDAP_OPT_ON : LDAP_OPT_OFF);
}

static int
set_text(LDAP *ld, int option, const char *text)
{
	return ldap_set_option(ld, option, text);
}

int
connection_set_clock(struct connection *c, int64_t until_ms)
{
	LDAP *ld = c->ld;
	int64_t left = until_ms - clock_ms();
	int seconds = left < 1000 ? 1 : (int)(left / 1000);

	c->until_ms = until_ms;
	if (set_time(ld, LDAP_OPT_NETWORK_TIMEOUT, left) != LDAP_OPT_SUCCESS ||
	    set_time(ld, LDAP_OPT_TIMEOUT, left) != LDAP_OPT_SUCCESS ||
	    set_int(ld, LDAP_OPT_TIMELIMIT, seconds) != LDAP_OPT_SUCCESS)
		return -1;
	return 0;
}

/* LDAP_OPT_X_TLS_NEWCTX makes the others count, so it is the last. */
static int
set_tls(LDAP *ld, const char *ca_file)
{
	if (set_text(ld, LDAP_OPT_X_TLS_CACERTFILE, ca_file) != 0 ||
	    set_int(ld, LDAP_OPT_X_TLS_REQUIRE_CERT, LDAP_OPT_X_TLS_DEMAND) !=
		0 ||
	    set_int(ld, LDAP_OPT_X_TLS_PROTOCOL_MIN,
		LDAP_OPT_X_TLS_PROTOCOL_TLS1_2) != 0 ||
	    set_int(ld, LDAP_OPT_X_TLS_NEWCTX, 0) != 0)
		return -1;
	return 0;
}

static int
set_options(struct directory *d, struct connection *c, int64_t until_ms)
{
	LDAP *ld = c->ld;

	if (set_int(ld, LDAP_OPT_PROTOCOL_VERSION, LDAP_VERSION3) != 0 ||
	    set_int(ld, LDAP_OPT_DEREF, LDAP_DEREF_NEVER) != 0 ||
	    set_switch(ld, LDAP_OPT_REFERRALS, false) != 0 ||
	    set_switch(ld, LDAP_OPT_RESTART, false) != 0 ||
	    set_switch(ld, LDAP_OPT_CONNECT_ASYNC, true) != 0 ||
	    connection_set_clock(c, until_ms) == -1)
		return fault_set(d, "%s: options were refused", c->server->uri);
	if (c->server->kind != SERVER_UNIX && set_tls(ld, d->cfg.ca_file) == -1)
		return fault_set(d, "%s: CA file %s cannot be used",
		    c->server->uri, d->cfg.ca_file);
	return 0;
}

/* A handle on the socket, with our channel below. */
static int
handle_make(struct directory *d, struct connection *c)
{
	int code;

	code = ldap_init_fd(c->fd, LDAP_PROTO_EXT, c->server->uri, &c->ld);
	if (code != LDAP_SUCCESS) {
		c->ld = NULL;
		close(c->fd);
		c->fd = -1;
		return fault_ldap(d, c, "init", code);
	}
	if (channel_attach(c) == -1) {
		close(c->fd);
		c->fd = -1;
		return fault_set(d, "%s: no channel", c->server->uri);
	}
	return 0;
}

static int
start_tls(struct directory *d, struct connection *c)
{
	int code = LDAP_SUCCESS;

	if (c->server->kind == SERVER_TLS)
		code = ldap_install_tls(c->ld);
	else if (c->server->kind == SERVER_STARTTLS)
		code = ldap_start_tls_s(c->ld, NULL, NULL);
	if (code == LDAP_SUCCESS)
		return 0;
	if (clock_ms() >= c->until_ms)
		code = LDAP_TIMEOUT;
	return fault_ldap(d, c, "TLS", code);
}

void
connection_close(struct connection *c)
{
	if (c->ld != NULL)
		(void)ldap_unbind_ext_s(c->ld, NULL, NULL);
	c->ld = NULL;
	c->server = NULL;
	c->fd = -1;
}

void
server_failed(struct server *s)
{
	s->retry_ms = clock_ms() + SERVER_RETRY_MS;
}

/* One server within network_timeout_ms and what is left of the call. */
static int
try_server(struct directory *d, struct server *s, struct connection *c)
{
	int64_t until = clock_ms() + d->cfg.network_timeout_ms;

	if (until > d->until_ms)
		until = d->until_ms;
	c->fd = server_connect(d, s, until);
	c->server = s;
	if (c->fd == -1 || handle_make(d, c) == -1 ||
	    set_options(d, c, until) == -1 || start_tls(d, c) == -1) {
		connection_close(c);
		server_failed(s);
		return -1;
	}
	s->retry_ms = 0;
	return 0;
}

/* The time is up; what used it up is worth more than this text. */
static int
no_time(struct directory *d)
{
	if (d->fault[0] == '\0')
		(void)fault_set(d, "no time was left to ask the directory");
	return -1;
}

int
connection_open(struct directory *d, struct connection *c)
{
	const int64_t started = clock_ms();
	bool tried[DIRECTORY_SERVERS_MAX] = { false };
	struct server *s;
	int resting;
	size_t i;

	/* first those that did not fail lately, in the order configured */
	for (resting = 0; resting < 2; resting++) {
		for (i = 0; i < d->cfg.nuris; i++) {
			s = &d->servers[i];
			if (tried[i] ||
			    (s->retry_ms > started) != (resting == 1))
				continue;
			if (clock_ms() >= d->until_ms)
				return no_time(d);
			tried[i] = true;
			if (try_server(d, s, c) == 0)
				return 0;
		}
	}
	return -1;
}

static int
last_code(LDAP *ld)
{
	int code = LDAP_OTHER;

	(void)ldap_get_option(ld, LDAP_OPT_RESULT_CODE, &code);
	return code == LDAP_SUCCESS ? LDAP_OTHER : code;
}

int
connection_bind(struct connection *c, const char *dn,
    const struct secret *password, LDAPControl **controls, int64_t until_ms,
    LDAPMessage **answer)
{
	LDAP *ld = c->ld;
	struct berval cred = { .bv_len = password->len,
		.bv_val = password->bytes };
	int64_t left = until_ms - clock_ms();
	struct timeval t;
	LDAPMessage *res = NULL;
	int code = LDAP_OTHER, id = 0, rc;

	if (left < 1 || connection_set_clock(c, until_ms) == -1)
		return LDAP_TIMEOUT;
	t.tv_sec = (time_t)(left / 1000);
	t.tv_usec = (suseconds_t)(left % 1000 * 1000);
	code = ldap_sasl_bind(ld, dn, LDAP_SASL_SIMPLE, &cred, controls, NULL,
	    &id);
	if (code != LDAP_SUCCESS)
		return code;
	rc = ldap_result(ld, id, LDAP_MSG_ALL, &t, &res);
	if (rc == 0) {
		(void)ldap_abandon_ext(ld, id, NULL, NULL);
		return LDAP_TIMEOUT;
	}
	if (rc == -1 || res == NULL)
		return last_code(ld);
	rc = ldap_parse_result(ld, res, &code, NULL, NULL, NULL, NULL, 0);
	if (answer != NULL)
		*answer = res;
	else
		(void)ldap_msgfree(res);
	return rc != LDAP_SUCCESS ? rc : code;
}

void
service_close(struct directory *d)
{
	connection_close(&d->service);
}

/* A new service connection to one server. 0, -1 to try another, -2. */
static int
service_make(struct directory *d)
{
	struct connection *c = &d->service;
	int64_t until;
	int code;

	if (connection_open(d, c) == -1)
		return -2;
	until = clock_ms() + d->cfg.network_timeout_ms;
	code = connection_bind(c, d->cfg.bind_dn, &d->cfg.bind_password, NULL,
	    until < d->until_ms ? until : d->until_ms, NULL);
	if (code == LDAP_SUCCESS)
		return 0;
	(void)fault_ldap(d, c, "service bind", code);
	if (code < 0 || code == LDAP_UNAVAILABLE || code == LDAP_BUSY) {
		server_failed(c->server);
		connection_close(c);
		return -1;
	}
	connection_close(c); /* a wrong password is wrong everywhere */
	return -2;
}

int
service_open(struct directory *d, bool *reused)
{
	size_t i;
	int rc;

	if (d->service.ld != NULL &&
	    clock_ms() - d->service_used_ms > SERVICE_IDLE_MS)
		service_close(d);
	*reused = d->service.ld != NULL;
	for (i = 0; d->service.ld == NULL && i < d->cfg.nuris; i++) {
		rc = service_make(d);
		if (rc == -2)
			return -1;
	}
	if (d->service.ld == NULL)
		return -1;
	d->service_used_ms = clock_ms();
	return 0;
}
