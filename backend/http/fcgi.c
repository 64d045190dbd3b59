/*
 * libfcgi blocks without a limit while it reads a request, treats EINTR in
 * the middle of one as failure, and counts in int. Hence: signals stay
 * blocked except in ppoll(), the listener does not block (the loser of a
 * race gets EAGAIN), the caller sets an alarm, and bodies come in pieces.
 */
#include "http/fcgi.h"

#include <assert.h>
#include <errno.h>
#include <fcgiapp.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/token.h"

#define LISTEN_BACKLOG 1024
#define STDOUT_RECORD 6 /* FastCGI 1.0, section 8 */
#define END_RECORD 3
#define RECORD_MAX 65535
#define PARAMS_MAX 64 /* of those we read, duplicates included */

struct fcgi {
	int listener;
	FCGX_Request request;
};

/* Somebody accepts on this socket. */
static bool
is_served(const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool served;

	if (fd < 0)
		return false;
	served = connect(fd, (const struct sockaddr *)address,
		     sizeof(*address)) == 0;
	close(fd);
	return served;
}

static int
bind_at(int fd, const struct sockaddr_un *address, struct err *e)
{
	const char *path = address->sun_path;
	struct stat st;

	if (lstat(path, &st) == 0 && S_ISSOCK(st.st_mode)) {
		if (is_served(address))
			return err_set(e, ERR_INTERNAL,
			    "%s is served by another process", path);
		unlink(path);
	}
	if (bind(fd, (const struct sockaddr *)address, sizeof(*address)) < 0 ||
	    chmod(path, 0660) < 0 || listen(fd, LISTEN_BACKLOG) < 0)
		return err_set(e, ERR_INTERNAL, "%s: %s", path,
		    strerror(errno));
	return 0;
}

int
fcgi_listen(const char *path, struct err *e)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd;

	if (strlen(path) >= sizeof(address.sun_path))
		return err_set(e, ERR_INTERNAL,
		    "%s is too long for a socket, at most %zu bytes", path,
		    sizeof(address.sun_path) - 1);
	memcpy(address.sun_path, path, strlen(path) + 1);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return err_set(e, ERR_INTERNAL, "socket: %s", strerror(errno));
	if (bind_at(fd, &address, e) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

int
fcgi_adopt(int fd, struct err *e)
{
	int listening = 0;
	socklen_t size = sizeof(listening);

	if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) < 0 ||
	    !listening)
		return err_set(e, ERR_INTERNAL,
		    "descriptor %d is no listening socket", fd);
	if (fcntl(fd, F_SETFL, O_NONBLOCK) < 0 ||
	    fcntl(fd, F_SETFD, FD_CLOEXEC) < 0)
		return err_set(e, ERR_INTERNAL, "fcntl: %s", strerror(errno));
	return fd;
}

struct fcgi *
fcgi_open(int listener)
{
	struct fcgi *f = calloc(1, sizeof(*f));

	if (f == NULL || FCGX_Init() != 0)
		abort();
	f->listener = listener;
	FCGX_InitRequest(&f->request, listener, FCGI_FAIL_ACCEPT_ON_INTR);
	return f;
}

void
fcgi_close(struct fcgi *f)
{
	if (f == NULL)
		return;
	FCGX_Free(&f->request, 1);
	free(f);
}

int
fcgi_wait(struct fcgi *f, const sigset_t *during, struct err *e)
{
	struct pollfd p = { .fd = f->listener, .events = POLLIN };
	int n = ppoll(&p, 1, NULL, during);

	if (n > 0 && (p.revents & ~POLLIN) != 0)
		return err_set(e, ERR_INTERNAL, "the listening socket broke");
	if (n > 0)
		return 1;
	if (errno == EINTR)
		return 0;
	return err_set(e, ERR_INTERNAL, "ppoll: %s", strerror(errno));
}

static void
copy_params(const struct fcgi *f, struct arena *a, struct request_raw *raw)
{
	struct param *params = arena_array(a, PARAMS_MAX, sizeof(*params));
	size_t n = 0;

	for (char **at = f->request.envp; at != NULL && *at != NULL; at++) {
		size_t len = strcspn(*at, "=");

		if ((*at)[len] != '=' || !request_wants(*at, len))
			continue;
		if (n == PARAMS_MAX)
			break;
		params[n].name = arena_strndup(a, *at, len);
		params[n].value = arena_strdup(a, *at + len + 1);
		n++;
	}
	raw->params = params;
	raw->nparams = n;
}

static const char *
find_param(const struct request_raw *raw, const char *name)
{
	for (size_t i = 0; i < raw->nparams; i++)
		if (strcmp(raw->params[i].name, name) == 0)
			return raw->params[i].value;
	return "";
}

/* nginx has read the whole body before it calls us, so it is all there. */
static void
copy_body(struct fcgi *f, struct arena *a, struct request_raw *raw)
{
	const char *text = find_param(raw, "CONTENT_LENGTH");
	long long length = 0;
	size_t got = 0;
	char *body;

	if (*text != '\0' &&
	    i64_parse(text, strlen(text), 0, INT64_MAX, &length) < 0) {
		raw->body_state = BODY_CUT;
		return;
	}
	if ((size_t)length >
	    request_body_max(find_param(raw, "HTTP_CONTENT_TYPE"))) {
		raw->body_state = BODY_TOO_LARGE;
		return;
	}
	body = arena_alloc(a, (size_t)length + 1);
	while (got < (size_t)length) {
		int n = FCGX_GetStr(body + got, (int)((size_t)length - got),
		    f->request.in);

		if (n <= 0)
			break;
		got += (size_t)n;
	}
	raw->body = body;
	raw->body_len = got;
	raw->body_state = got == (size_t)length ? BODY_COMPLETE : BODY_CUT;
}

int
fcgi_accept(struct fcgi *f, struct arena *a, struct request_raw *raw)
{
	memset(raw, 0, sizeof(*raw));
	if (FCGX_Accept_r(&f->request) != 0)
		return 0;
	copy_params(f, a, raw);
	copy_body(f, a, raw);
	return 1;
}

static void
write_head(struct buf *head, const struct response *r)
{
	buf_printf(head, "Status: %d %s\r\n", r->status,
	    status_reason(r->status));
	for (size_t i = 0; i < r->nheaders; i++)
		buf_printf(head, "%s: %s\r\n", r->headers[i].name,
		    r->headers[i].value);
	if (r->sendfile != NULL)
		buf_printf(head, "X-Accel-Redirect: %s\r\n", r->sendfile);
	if (r->content_type != NULL)
		buf_printf(head, "Content-Type: %s\r\n", r->content_type);
	/* A cut answer must be seen as cut, so the length is always there;
	 * nginx knows that of a file, and 204 may not have one. */
	if (r->sendfile == NULL && r->status != 204)
		buf_printf(head, "Content-Length: %zu\r\n", r->body.len);
	buf_str(head, "\r\n");
}

/* FastCGI 1.0, section 3.3: version, type, request, length, no padding. */
static void
add_record_head(struct buf *out, int type, int request_id, size_t len)
{
	const char head[8] = { 1, (char)type, (char)(request_id >> 8),
		(char)request_id, (char)(len >> 8), (char)len, 0, 0 };

	buf_add(out, head, sizeof(head));
}

/* The head of the answer and its body as records, and the end of both. */
static void
add_records(struct buf *out, int id, const struct buf *head, const char *body,
    size_t len)
{
	static const char done[8] = { 0 };
	size_t piece = RECORD_MAX - head->len;

	if (piece > len)
		piece = len;
	buf_reserve(out, head->len + len + 8 * (len / RECORD_MAX + 5));
	add_record_head(out, STDOUT_RECORD, id, head->len + piece);
	buf_add(out, head->data, head->len);
	for (;;) {
		buf_add(out, body, piece);
		body += piece;
		len -= piece;
		piece = len < RECORD_MAX ? len : RECORD_MAX;
		add_record_head(out, STDOUT_RECORD, id, piece);
		if (piece == 0)
			break; /* an empty one ends the stream */
	}
	add_record_head(out, END_RECORD, id, sizeof(done));
	buf_add(out, done, sizeof(done));
}

static int
write_all(int fd, const char *data, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, data, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return -1;
		data += n;
		len -= (size_t)n;
	}
	return 0;
}

/*
 * Not through the stream of libfcgi: it writes 8 KB at a time, and nginx is
 * woken by each piece. One write is one answer.
 */
int
fcgi_send(struct fcgi *f, const struct response *r, size_t *bytes,
    struct err *e)
{
	struct buf head, out;
	int sent;

	assert(r->status != 0);
	buf_init(&head, r->body.arena);
	buf_init(&out, r->body.arena);
	write_head(&head, r);
	assert(head.len < RECORD_MAX);
	*bytes = r->sendfile == NULL ? r->body.len : 0;
	add_records(&out, f->request.requestId, &head,
	    *bytes > 0 ? r->body.data : "", *bytes);
	sent = write_all(f->request.ipcFd, out.data, out.len);
	if (sent < 0) {
		err_set(e, ERR_INTERNAL, "the answer could not be sent");
		err_cause(e, "write: %s", strerror(errno));
	}
	FCGX_Free(&f->request, 1);
	return sent;
}
