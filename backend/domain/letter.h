/* Letters: the text of a template with what the request says. */
#ifndef EXREG_DOMAIN_LETTER_H
#define EXREG_DOMAIN_LETTER_H

#include "base/arena.h"
#include "domain/exception.h"

/* What a placeholder stands for; NULL is shown as a dash. */
struct letter_facts {
	const char *number;
	const char *title;
	const char *requester;
	const char *unit;
	const char *document;
	const char *clauses;
	const char *service_request;
	const char *reasons;
	const char *alternatives;
	const char *decider;
	const char *decided_on;
	const char *last_day;
};

/* The template filled in, on the arena; unknown placeholders stay. */
const char *letter_fill(const char *body, const struct letter_facts *f,
    struct arena *a);

/* Name of the first placeholder that does not exist, or NULL. */
const char *letter_unknown(const char *body, struct arena *a);

#endif
