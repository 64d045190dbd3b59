/*
 * What a request owes before it can be submitted: the procedure's form, the
 * document's exception rules and the rules no procedure can switch off.
 */
#ifndef EXREG_DOMAIN_FORM_H
#define EXREG_DOMAIN_FORM_H

#include "base/err.h"
#include "domain/content.h"
#include "domain/procedure.h"

/* What the catalogue says about the things the content names. */
struct form_facts {
	int64_t stage;       /* the last form stage that is open; 0: none yet */
	bool document_found; /* published, and in a domain of the procedure */
	bool document_domain_taken;
	bool exceptions_allowed;
	bool type_refused;             /* not this type of exception (M-14) */
	const char *refusal;           /* why not by this person; NULL: may */
	const char *procedure_refusal; /* the same of the procedure (C-03) */
	const char *document_title;
	const char *exception_note; /* why not, or under which conditions */
	int64_t document_max_days;  /* I64_NONE: no limit of its own */
	const bool *clause_found;   /* one an entry of content->clauses */
	bool asset_found;
	bool unit_found;
	const bool *units_found; /* one an entry of content->units */
	bool beneficiary_found;
	int64_t sla_days; /* I64_NONE: the document has no SLA for it */
	/* "EX-2026-00042 already covers this until 2026-09-30" when a second
	 * one owes its reason, else NULL. */
	const char *overlap;
};

/*
 * Collect every fault of the content in e, pointers below "/content".
 * today: the organisation's day. Returns 0 when it may be submitted, or -1
 * with ERR_INVALID.
 */
int form_check(const struct content *c, const struct procedure *p,
    const struct form_facts *f, date_t today, struct arena *a, struct err *e);

/*
 * Both contents say the same in every part of the form that was open before
 * that form stage: what was assessed and answered then still rests on it.
 */
bool form_same_before(const struct procedure *p, int64_t stage,
    const struct content *a, const struct content *b);

/* Fewest characters of a justification that says something, white space
 * not counted (V-09). */
#define JUSTIFICATION_MIN 30

/*
 * What a copy keeps of a content: what the form asks for at its start, without
 * the days it was needed for. The texts are shared with `from`.
 */
void form_copy(const struct procedure *p, const struct content *from,
    struct content *to);

/* What every request owes, whatever the procedure says: each form asks for
 * these. Ends with NULL. */
extern const char *const form_always_owed[];

#endif
