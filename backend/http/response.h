/* What goes back: always with Content-Length, or a spool file by nginx. */
#ifndef EXREG_HTTP_RESPONSE_H
#define EXREG_HTTP_RESPONSE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"

#define RESPONSE_HEADERS_MAX 12

struct response {
	int status; /* 0: not set yet */
	const char *content_type;
	struct buf body;
	const char *sendfile; /* X-Accel-Redirect path instead of a body */
	size_t nheaders;
	struct {
		const char *name;
		const char *value;
	} headers[RESPONSE_HEADERS_MAX];
};

void response_init(struct response *r, struct arena *a);

/* The words that follow the status number, such as "Not Found". */
const char *status_reason(int status);

/* name and value outlive the response; a value with CR, LF or NUL asserts. */
void response_header(struct response *r, const char *name, const char *value);

#endif
