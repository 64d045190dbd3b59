/*
 * The lowest layer of a connection, below TLS and below LDAP: reads and
 * writes that wait until a fixed instant and then fail.
 *
 * libldap's own layer is not enough. With all its time-outs set, and the
 * socket non-blocking, it makes the socket blocking again as soon as the
 * first byte of a TLS answer is there; a server that sends half a TLS record
 * then holds the process for ever, and one that sends a byte a second for as
 * long as it likes. MSG_NOSIGNAL also spares us SIGPIPE.
 */
#include "directory/connection.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include <lber.h>

/* Wait for the events. 0, or -1 with errno ETIMEDOUT when the time is up. */
static int
wait_for(const struct connection *c, short events)
{
	struct pollfd p = { .fd = c->fd, .events = events };
	int64_t left;
	int rc;

	do {
		left = c->until_ms - clock_ms();
		rc = poll(&p, 1, left > 0 ? (int)left : 0);
	} while (rc == -1 && errno == EINTR);
	if (rc == 0)
		errno = ETIMEDOUT;
	return rc == 1 ? 0 : -1;
}

static bool
is_not_ready(ssize_t n)
{
	return n == -1 && (errno == EAGAIN || errno == EINTR);
}

static ber_slen_t
channel_read(Sockbuf_IO_Desc *io, void *data, ber_len_t len)
{
	const struct connection *c = (const struct connection *)io->sbiod_pvt;
	ssize_t n;

	/* a peer that sends all the time must not get past the clock either */
	do {
		if (wait_for(c, POLLIN) == -1)
			return -1;
		n = recv(c->fd, data, len, MSG_DONTWAIT);
	} while (is_not_ready(n));
	return n;
}

static ber_slen_t
channel_write(Sockbuf_IO_Desc *io, void *data, ber_len_t len)
{
	const struct connection *c = (const struct connection *)io->sbiod_pvt;
	ssize_t n;

	do {
		if (wait_for(c, POLLOUT) == -1)
			return -1;
		n = send(c->fd, data, len, MSG_DONTWAIT | MSG_NOSIGNAL);
	} while (is_not_ready(n));
	return n;
}

static int
channel_setup(Sockbuf_IO_Desc *io, void *arg)
{
	io->sbiod_pvt = arg;
	return 0;
}

static int
channel_remove(Sockbuf_IO_Desc *io)
{
	io->sbiod_pvt = NULL;
	return 0;
}

static int
channel_control(Sockbuf_IO_Desc *io, int option, void *arg)
{
	(void)io;
	(void)option;
	(void)arg;
	return 0;
}

static int
channel_close(Sockbuf_IO_Desc *io)
{
	struct connection *c = (struct connection *)io->sbiod_pvt;

	if (c != NULL && c->fd != -1) {
		(void)close(c->fd);
		c->fd = -1;
	}
	return 0;
}

int
channel_attach(struct connection *c)
{
	static Sockbuf_IO layer = {
		.sbi_setup = channel_setup,
		.sbi_remove = channel_remove,
		.sbi_ctrl = channel_control,
		.sbi_read = channel_read,
		.sbi_write = channel_write,
		.sbi_close = channel_close,
	};
	Sockbuf *sb = NULL;

	if (ldap_get_option(c->ld, LDAP_OPT_SOCKBUF, (void *)&sb) !=
		LDAP_OPT_SUCCESS ||
	    sb == NULL)
		return -1;
	return ber_sockbuf_add_io(sb, &layer, LBER_SBIOD_LEVEL_PROVIDER, c);
}
