/*
 * Inside directory/ only: servers, connections, the clock and the fault
 * text. A connection is an LDAP handle on a socket of our own.
 */
#ifndef EXREG_DIRECTORY_CONNECTION_H
#define EXREG_DIRECTORY_CONNECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include <ldap.h>

#include "directory/directory.h"

#define SERVER_ADDRESSES 4

enum server_kind { SERVER_UNIX, SERVER_STARTTLS, SERVER_TLS };

struct server {
	const char *uri;
	enum server_kind kind;
	char host[256]; /* or the path of the socket */
	char port[8];
	struct sockaddr_storage address[SERVER_ADDRESSES];
	socklen_t address_len[SERVER_ADDRESSES];
	size_t naddresses;
	int64_t resolved_ms; /* when the addresses were looked up */
	int64_t retry_ms;    /* taken last until then, after a failure */
};

/*
 * One LDAP handle. It must not move while it is open: the channel below
 * points to it.
 */
struct connection {
	LDAP *ld; /* NULL: not open */
	struct server *server;
	int fd;
	int64_t until_ms; /* reads and writes fail from then on */
};

struct directory {
	struct directory_config cfg;
	struct server servers[DIRECTORY_SERVERS_MAX];
	struct connection service; /* bound as the service account */
	int64_t service_used_ms;
	int64_t until_ms; /* when the call in hand must be over */
	bool shared;      /* until_ms holds for several calls */
	char fault[384];  /* what went wrong last, for err_cause */
	char reason[256]; /* why a password was refused */
};

/* Milliseconds of a clock nobody can set. */
int64_t clock_ms(void);

/* Start the budget of a public call, unless a shared one runs. */
void call_begin(struct directory *d);

/* Keep the text for the log. Returns -1. */
int fault_set(struct directory *d, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The same with the LDAP code and what the server said. Returns -1. */
int fault_ldap(struct directory *d, const struct connection *c,
    const char *step, int code);

/* Turn the fault into e. */
enum directory_result directory_down(struct directory *d, struct err *e);

/* Read a URI of the configuration. 0, or -1 with the fault set. */
int server_parse(struct directory *d, struct server *s, const char *uri);

/* A connected non-blocking socket, or -1 with the fault set. */
int server_connect(struct directory *d, struct server *s, int64_t until_ms);

/* Put our reads and writes under the handle. 0 or -1. */
int channel_attach(struct connection *c);

/*
 * A new connection with TLS, not bound, to the first server that answers.
 * c: zeroed, or closed before. 0, or -1 with the fault set.
 */
int connection_open(struct directory *d, struct connection *c);

/* Ends the connection; nothing happens when it is not open. */
void connection_close(struct connection *c);

/* Let each wait on the connection end at that instant. 0 or -1. */
int connection_set_clock(struct connection *c, int64_t until_ms);

/*
 * Simple bind; waits at most until until_ms. Returns the LDAP code; when
 * answer is not NULL and the server answered, *answer is to be freed.
 */
int connection_bind(struct connection *c, const char *dn,
    const struct secret *password, LDAPControl **controls, int64_t until_ms,
    LDAPMessage **answer);

/*
 * The connection of the service account, made when there is none.
 * *reused: it was there before. 0, or -1 with the fault set.
 */
int service_open(struct directory *d, bool *reused);
void service_close(struct directory *d);

/* Take this server last for a while. */
void server_failed(struct server *s);

#endif
