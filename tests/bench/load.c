/*
 * HTTP load: requests over kept connections, one outstanding on each, from
 * one process.
 *
 *   bench_load -a HOST:PORT [-c CONNECTIONS] [-n REQUESTS | -d SECONDS]
 *              [-H HEADER]... [-s SAVE] -f FILE | PATH
 *
 * FILE has a request a line: METHOD, path, further headers separated by |,
 * body; between tabs. With -n the list is gone through as often as needed,
 * with -1 each line is sent once. -s writes the last body to a file.
 * Prints one line (stats.h); status 1 when no request could be answered.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench/stats.h"

#define HEAD_MAX 16384
#define CONNECTS_MAX 256

struct request {
	char *text;
	size_t len;
};

struct connection {
	int fd;
	const struct request *request;
	size_t sent;
	char head[HEAD_MAX];
	size_t nhead;
	bool in_body;
	bool closing; /* the server ends it after this answer */
	int status;
	size_t body_left;
	int64_t began;
};

static struct {
	struct sockaddr_in address;
	char headers[4096];
	size_t nconnections;
	int64_t requests; /* how many in all, or INT64_MAX */
	int64_t until;    /* or until then */
	struct request *list;
	size_t nlist;
	size_t next;
	int64_t started;
	int64_t running;
	const char *save_path;
	FILE *save;
	struct stats stats;
	int64_t statuses[6];
	int epoll;
} load = { .nconnections = 1, .requests = INT64_MAX, .until = INT64_MAX };

static void
fail(const char *what)
{
	fprintf(stderr, "bench_load: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* ---- requests --------------------------------------------------------- */

static void
add_request(const char *method, const char *path, char *more, const char *body)
{
	struct request r = { 0 };
	char extra[2048] = "";
	size_t n = 0;

	for (char *h = more; h != NULL && *h != '\0';) {
		char *end = strchr(h, '|');
		int k;

		if (end != NULL)
			*end++ = '\0';
		k = snprintf(extra + n, sizeof(extra) - n, "%s\r\n", h);
		n += (size_t)k;
		h = end;
	}
	if (body[0] != '\0')
		snprintf(extra + n, sizeof(extra) - n,
		    "Content-Type: application/json\r\n"
		    "Content-Length: %zu\r\n",
		    strlen(body));
	r.len = strlen(method) + strlen(path) + strlen(extra) +
	    strlen(load.headers) + strlen(body) + 64;
	r.text = malloc(r.len);
	load.list = realloc(load.list, (load.nlist + 1) * sizeof(r));
	if (r.text == NULL || load.list == NULL)
		fail("memory");
	r.len = (size_t)snprintf(r.text, r.len,
	    "%s %s HTTP/1.1\r\nHost: localhost\r\n%s%s\r\n%s", method, path,
	    load.headers, extra, body);
	load.list[load.nlist++] = r;
}

static void
read_requests(const char *path)
{
	static char empty[] = "";
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;
	FILE *f = fopen(path, "r");

	if (f == NULL)
		fail(path);
	while ((n = getline(&line, &cap, f)) > 0) {
		char *column[4] = { empty, empty, empty, empty };
		char *rest = line;

		line[strcspn(line, "\n")] = '\0';
		for (size_t i = 0; i < 4 && rest != NULL; i++)
			column[i] = strsep(&rest, "\t");
		add_request(column[0], column[1], column[2], column[3]);
	}
	free(line);
	fclose(f);
}

/* ---- connections ------------------------------------------------------ */

static void
watch(struct connection *c, uint32_t events, int how)
{
	struct epoll_event e = { .events = events, .data.ptr = c };

	if (epoll_ctl(load.epoll, how, c->fd, &e) < 0)
		fail("epoll_ctl");
}

static void
open_connection(struct connection *c)
{
	int on = 1;

	c->fd = socket(AF_INET, SOCK_STREAM, 0);
	if (c->fd < 0 ||
	    connect(c->fd, (struct sockaddr *)&load.address,
		sizeof(load.address)) < 0)
		fail("connect");
	c->closing = false;
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	fcntl(c->fd, F_SETFL, O_NONBLOCK);
	watch(c, EPOLLIN, EPOLL_CTL_ADD);
}

static void
send_rest(struct connection *c)
{
	while (c->sent < c->request->len) {
		ssize_t n = send(c->fd, c->request->text + c->sent,
		    c->request->len - c->sent, MSG_NOSIGNAL);

		if (n < 0 && errno == EAGAIN) {
			watch(c, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
			return;
		}
		if (n < 0)
			fail("send");
		c->sent += (size_t)n;
	}
}

static void
start_request(struct connection *c)
{
	if (load.started >= load.requests || stats_now() >= load.until)
		return;
	c->request = &load.list[load.next++ % load.nlist];
	c->sent = 0;
	c->nhead = 0;
	c->in_body = false;
	c->began = stats_now();
	load.started++;
	load.running++;
	send_rest(c);
}

static void
finish_request(struct connection *c)
{
	stats_add(&load.stats, stats_now() - c->began);
	load.statuses[c->status / 100 % 6]++;
	if (c->status >= 400) {
		if (load.stats.errors++ == 0)
			fprintf(stderr, "bench_load: %d for %.100s\n",
			    c->status, c->request->text);
	}
	load.running--;
	if (c->closing) {
		close(c->fd);
		open_connection(c);
	}
	start_request(c);
}

/* ---- answers ---------------------------------------------------------- */

static void
take_body(struct connection *c, const char *data, size_t n)
{
	if (n > c->body_left) {
		fprintf(stderr, "bench_load: more than Content-Length\n");
		exit(1);
	}
	if (load.save != NULL)
		fwrite(data, 1, n, load.save);
	c->body_left -= n;
	load.stats.bytes += (int64_t)n;
}

/* The head is complete: status, length. */
static void
read_head(struct connection *c)
{
	const char *line = strstr(c->head, "\r\n");
	bool found = false;

	c->status = (int)strtol(c->head + sizeof("HTTP/1.1"), NULL, 10);
	for (; line != NULL; line = strstr(line + 2, "\r\n")) {
		if (strncasecmp(line + 2, "Content-Length:", 15) == 0) {
			c->body_left = strtoul(line + 17, NULL, 10);
			found = true;
		}
		if (strncasecmp(line + 2, "Connection: close", 17) == 0)
			c->closing = true;
	}
	if (!found && c->status != 204 && c->status != 304) {
		fprintf(stderr, "bench_load: an answer without length\n");
		exit(1);
	}
	if (!found)
		c->body_left = 0;
	c->in_body = true;
}

static void
take(struct connection *c, const char *data, size_t n)
{
	char *end;
	size_t head;

	if (c->in_body) {
		take_body(c, data, n);
		return;
	}
	memcpy(c->head + c->nhead, data, n);
	c->nhead += n;
	c->head[c->nhead] = '\0';
	end = strstr(c->head, "\r\n\r\n");
	if (end == NULL)
		return;
	head = (size_t)(end - c->head) + 4;
	end[2] = '\0';
	read_head(c);
	take_body(c, c->head + head, c->nhead - head);
}

static void
readable(struct connection *c)
{
	static char buf[65536];

	for (;;) {
		/* never more than the head has room for */
		size_t room =
		    c->in_body ? sizeof(buf) : HEAD_MAX - 1 - c->nhead;
		ssize_t n = recv(c->fd, buf, room, 0);

		if (n < 0 && errno == EAGAIN)
			return;
		if (n <= 0)
			fail(n == 0 ? "closed" : "recv");
		take(c, buf, (size_t)n);
		if (c->in_body && c->body_left == 0) {
			finish_request(c);
			return;
		}
	}
}

static void
event_loop(void)
{
	struct epoll_event events[CONNECTS_MAX];

	while (load.running > 0) {
		int n = epoll_wait(load.epoll, events, CONNECTS_MAX, 60000);

		if (n <= 0)
			fail("nothing for a minute");
		for (int i = 0; i < n; i++) {
			struct connection *c = events[i].data.ptr;

			if (events[i].events & EPOLLOUT) {
				watch(c, EPOLLIN, EPOLL_CTL_MOD);
				send_rest(c);
			}
			if (events[i].events & (EPOLLIN | EPOLLHUP))
				readable(c);
		}
	}
}

/* ---- command line ----------------------------------------------------- */

static void
set_address(char *text)
{
	char *colon = strrchr(text, ':');

	if (colon == NULL)
		fail("address");
	*colon = '\0';
	load.address.sin_family = AF_INET;
	load.address.sin_port = htons((uint16_t)strtoul(colon + 1, NULL, 10));
	if (inet_pton(AF_INET, text, &load.address.sin_addr) != 1)
		fail("address");
}

static void
read_options(int argc, char **argv)
{
	const char *file = NULL;
	static char none[] = "";
	bool once = false;
	size_t n = 0;
	int opt;

	while ((opt = getopt(argc, argv, "a:c:n:d:H:f:s:1")) != -1) {
		switch (opt) {
		case 'a':
			set_address(optarg);
			break;
		case 'c':
			load.nconnections = strtoul(optarg, NULL, 10);
			break;
		case 'n':
			load.requests = strtoll(optarg, NULL, 10);
			break;
		case 'd':
			load.until =
			    stats_now() + (int64_t)(strtod(optarg, NULL) * 1e9);
			break;
		case 'H':
			n += (size_t)snprintf(load.headers + n,
			    sizeof(load.headers) - n, "%s\r\n", optarg);
			break;
		case 'f':
			file = optarg;
			break;
		case 's':
			load.save_path = optarg;
			break;
		case '1':
			once = true;
			break;
		default:
			exit(2);
		}
	}
	if (file != NULL)
		read_requests(file);
	else if (optind < argc)
		add_request("GET", argv[optind], none, "");
	if (load.nlist == 0 || load.nconnections == 0 ||
	    load.nconnections > CONNECTS_MAX)
		exit(2);
	if (once && load.requests > (int64_t)load.nlist)
		load.requests = (int64_t)load.nlist;
}

int
main(int argc, char **argv)
{
	struct connection *connections;
	int64_t began;

	read_options(argc, argv);
	connections = calloc(load.nconnections, sizeof(*connections));
	load.epoll = epoll_create1(0);
	if (connections == NULL || load.epoll < 0)
		fail("start");
	if (load.save_path != NULL &&
	    (load.save = fopen(load.save_path, "w")) == NULL)
		fail(load.save_path);
	for (size_t i = 0; i < load.nconnections; i++)
		open_connection(&connections[i]);
	began = stats_now();
	for (size_t i = 0; i < load.nconnections; i++)
		start_request(&connections[i]);
	event_loop();
	if (load.save != NULL)
		fclose(load.save);
	stats_print(&load.stats, stats_now() - began);
	free(connections);
	return load.stats.n > 0 ? 0 : 1;
}
