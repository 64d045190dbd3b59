/*
 * Hand a message to the mail server: SMTP with STARTTLS or SMTPS, never in
 * clear. The only file with libcurl.
 */
#ifndef EXREG_MAIL_SUBMIT_H
#define EXREG_MAIL_SUBMIT_H

#include <stddef.h>

#include "base/err.h"

struct submit_config {
	const char *url;      /* smtp://host:port (STARTTLS) or smtps://… */
	const char *ca_file;  /* NULL: the system's */
	const char *user;     /* NULL: no authentication */
	const char *password; /* NULL: none */
	const char *from;     /* envelope sender */
	unsigned timeout_s;   /* for one message, 0: 30 */
};

enum submit_result {
	SUBMIT_OK,
	SUBMIT_LATER, /* refused for now: this message again later */
	SUBMIT_NEVER, /* refused for good */
	SUBMIT_DOWN   /* no server, no TLS, no sign-in: nothing goes */
};

struct submit;

/* A handle that keeps its connection between messages. cfg outlives it.
 * Ends the process when memory does. */
struct submit *submit_open(const struct submit_config *cfg);

/* NULL is fine. */
void submit_close(struct submit *s);

/*
 * Submit one message to one address. Anything but SUBMIT_OK leaves the
 * cause (reply code, curl's words) in e.
 */
enum submit_result submit_message(struct submit *s, const char *to,
    const char *data, size_t len, struct err *e);

#endif
