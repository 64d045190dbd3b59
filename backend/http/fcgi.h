/*
 * The FastCGI side of a worker: one listening socket, one request at a
 * time. fcgi.c is the only file that knows libfcgi.
 */
#ifndef EXREG_HTTP_FCGI_H
#define EXREG_HTTP_FCGI_H

#include <signal.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "http/request.h"
#include "http/response.h"

struct fcgi;

/*
 * A non-blocking Unix socket at path with mode 0660. A socket that nobody
 * serves any more is replaced; one that is served is an error. Returns the
 * descriptor, or -1 with e set.
 */
int fcgi_listen(const char *path, struct err *e);

/* Use a listening socket that was handed over (systemd). fd, or -1. */
int fcgi_adopt(int fd, struct err *e);

/*
 * Start libfcgi on a listening socket, which stays open after fcgi_close().
 * Call after the handlers of SIGTERM and SIGUSR1 are installed; libfcgi
 * then leaves those alone but takes SIGPIPE, which the caller sets last.
 */
struct fcgi *fcgi_open(int listener);
void fcgi_close(struct fcgi *f);

/*
 * Wait for a connection with the signal mask `during`, which is the only
 * time that signals arrive. Returns 1, 0 when a signal came, -1 with e set.
 */
int fcgi_wait(struct fcgi *f, const sigset_t *during, struct err *e);

/*
 * Take one request; everything is copied to the arena. Returns 1, or 0 when
 * another worker was faster or the peer spoke no FastCGI.
 */
int fcgi_accept(struct fcgi *f, struct arena *a, struct request_raw *raw);

/*
 * Send the answer and end the request. *bytes: length of the body. Returns
 * 0, or -1 with e set when the client had gone.
 */
int fcgi_send(struct fcgi *f, const struct response *r, size_t *bytes,
    struct err *e);

#endif
