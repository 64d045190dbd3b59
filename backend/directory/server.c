/*
 * From a URI to a connected socket, under a clock.
 */
#include "directory/connection.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

#include <ldap.h>

#define RESOLVE_AGAIN_MS INT64_C(300000)

static int
server_fill(struct directory *d, struct server *s, const LDAPURLDesc *u)
{
	const char *host = u->lud_host != NULL ? u->lud_host : "";

	if (strcmp(u->lud_scheme, "ldapi") == 0)
		s->kind = SERVER_UNIX;
	else if (strcmp(u->lud_scheme, "ldaps") == 0)
		s->kind = SERVER_TLS;
	else if (strcmp(u->lud_scheme, "ldap") == 0)
		s->kind = SERVER_STARTTLS;
	else
		return fault_set(d, "%s: not ldap, ldaps or ldapi", s->uri);
	if (*host == '\0')
		return fault_set(d, "%s: no host or path", s->uri);
	if (strlen(host) >= sizeof(s->host) ||
	    (s->kind == SERVER_UNIX &&
		strlen(host) >= sizeof(((struct sockaddr_un *)0)->sun_path)))
		return fault_set(d, "%s: the host or path is too long", s->uri);
	(void)snprintf(s->host, sizeof(s->host), "%s", host);
	(void)snprintf(s->port, sizeof(s->port), "%d",
	    u->lud_port > 0 && u->lud_port <= 65535 ? u->lud_port : 389);
	return 0;
}

int
server_parse(struct directory *d, struct server *s, const char *uri)
{
	LDAPURLDesc *u = NULL;
	int rc;

	memset(s, 0, sizeof(*s));
	s->uri = uri;
	if (ldap_url_parse(uri, &u) != LDAP_URL_SUCCESS)
		return fault_set(d, "%s: not an LDAP address", uri);
	rc = server_fill(d, s, u);
	ldap_free_urldesc(u);
	return rc;
}

static int
connect_unix(struct directory *d, const struct server *s)
{
	struct sockaddr_un un;
	int fd;

	memset(&un, 0, sizeof(un));
	un.sun_family = AF_UNIX;
	memcpy(un.sun_path, s->host, strlen(s->host));
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd == -1)
		return fault_set(d, "%s: socket: %s", s->uri, strerror(errno));
	if (connect(fd, (struct sockaddr *)&un, sizeof(un)) == -1) {
		(void)fault_set(d, "%s: connect: %s", s->uri, strerror(errno));
		close(fd);
		return -1;
	}
	return fd;
}

/*
 * getaddrinfo has no clock, so its answer is kept; the old one still serves
 * when a name server is gone.
 */
static int
resolve(struct directory *d, struct server *s)
{
	struct addrinfo hints, *list = NULL, *ai;
	int rc;

	if (s->naddresses > 0 && clock_ms() - s->resolved_ms < RESOLVE_AGAIN_MS)
		return 0;
	memset(&hints, 0, sizeof(hints));
	hints.ai_socktype = SOCK_STREAM;
	hints.ai_flags = AI_NUMERICSERV;
	rc = getaddrinfo(s->host, s->port, &hints, &list);
	s->resolved_ms = clock_ms();
	if (rc != 0 && s->naddresses > 0)
		return 0;
	if (rc != 0)
		return fault_set(d, "%s: %s", s->uri, gai_strerror(rc));
	s->naddresses = 0;
	for (ai = list; ai != NULL && s->naddresses < SERVER_ADDRESSES;
	     ai = ai->ai_next) {
		memcpy(&s->address[s->naddresses], ai->ai_addr, ai->ai_addrlen);
		s->address_len[s->naddresses++] = ai->ai_addrlen;
	}
	freeaddrinfo(list);
	return 0;
}

/* Wait until the connect is through. Returns 0 or an errno. */
static int
wait_connected(int fd, int64_t until_ms)
{
	struct pollfd p = { .fd = fd, .events = POLLOUT };
	socklen_t len = sizeof(int);
	int64_t left;
	int rc, fault = 0;

	do {
		left = until_ms - clock_ms();
		rc = poll(&p, 1, left > 0 ? (int)left : 0);
	} while (rc == -1 && errno == EINTR);
	if (rc == 0)
		return ETIMEDOUT;
	if (rc == -1 ||
	    getsockopt(fd, SOL_SOCKET, SO_ERROR, &fault, &len) == -1)
		return errno;
	return fault;
}

static int
connect_address(const struct server *s, size_t i, int64_t until_ms, int *fault)
{
	const int on = 1;
	int fd;

	fd = socket(s->address[i].ss_family,
	    SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd == -1) {
		*fault = errno;
		return -1;
	}
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	(void)setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
	*fault = 0;
	if (connect(fd, (const struct sockaddr *)&s->address[i],
		s->address_len[i]) == -1)
		*fault =
		    errno == EINPROGRESS ? wait_connected(fd, until_ms) : errno;
	if (*fault == 0)
		return fd;
	close(fd);
	return -1;
}

int
server_connect(struct directory *d, struct server *s, int64_t until_ms)
{
	int64_t now, share;
	size_t i;
	int fd, fault = ETIMEDOUT;

	if (s->kind == SERVER_UNIX)
		return connect_unix(d, s);
	if (resolve(d, s) == -1)
		return -1;
	for (i = 0; i < s->naddresses; i++) {
		now = clock_ms();
		if (now >= until_ms)
			break;
		share = (until_ms - now) / (int64_t)(s->naddresses - i);
		fd = connect_address(s, i, now + share, &fault);
		if (fd != -1)
			return fd;
	}
	s->resolved_ms -= RESOLVE_AGAIN_MS;
	return fault_set(d, "%s: connect: %s", s->uri, strerror(fault));
}
