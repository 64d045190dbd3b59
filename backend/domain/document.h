/*
 * A document and its exception rules as administrators edit them, and the
 * kinds of people it is meant for. Pure.
 */
#ifndef EXREG_DOMAIN_DOCUMENT_H
#define EXREG_DOMAIN_DOCUMENT_H

#include "base/err.h"
#include "domain/access.h"
#include "domain/catalogue.h"
#include "domain/roles.h"

/* Stored; only what is published can be chosen (C-02). */
enum document_state {
	DOCUMENT_STATE__INVALID,
	DOCUMENT_DRAFT,
	DOCUMENT_PUBLISHED,
	DOCUMENT_RETIRED,
	DOCUMENT_STATE__MAX
};
extern const char *const document_state_names[DOCUMENT_STATE__MAX];

enum document_act {
	DOCUMENT_ACT__INVALID,
	DOCUMENT_PUBLISH, /* what is being written, or what was retired */
	DOCUMENT_RETIRE,
	DOCUMENT_ACT__MAX
};
extern const char *const document_act_names[DOCUMENT_ACT__MAX];

/* A row of table document with the draft beside it, in whatever state. */
struct document_record {
	int64_t id;
	const char *document_key;
	const char *title;
	enum document_kind kind;
	enum domain domain;
	enum document_state state;
	const char *version; /* published; empty before the first */
	date_t published_on;
	bool exceptions_allowed;
	const char *exception_note;
	int64_t max_term_days;
	const char *exception_types; /* comma separated; NULL: every type */
	const char *distribution;    /* comma separated; NULL: everybody */
	int64_t row_version;
	const char *owner_uid;
	const char *owner_name;
	const char *draft_version; /* NULL: nothing is being written */
	const char *draft_body;    /* struct document_text as JSON */
	instant_t draft_saved_at;
	const char *draft_saved_by;
};
extern const struct schema document_record_schema;

/* A published version in a list. */
struct document_version {
	const char *version;
	date_t published_on; /* DATE_NONE: before the register knew it */
	const char *published_by;
	int64_t clause_count;
};
extern const struct schema document_version_schema;

struct document_clause {
	const char *ref;
	const char *title;
	const char *text;
};
extern const struct schema document_clause_schema;

/* The words of one version. */
#define DOCUMENT_CLAUSES_MAX 200
struct document_text {
	const char *version;
	struct document_clause *clauses;
	size_t nclauses;
	struct sla_row *sla;
	size_t nsla;
};
extern const struct schema document_text_schema;

/* What an administrator says about a document beside its text. */
struct document_rules {
	const char *title;
	bool exceptions_allowed;
	const char *exception_note;
	const char *const *exception_types;
	size_t nexception_types;
	const char *const *distribution;
	size_t ndistribution;
};

/* Capital letters, digits, dots and hyphens. */
bool document_key_fits(const char *key);

/*
 * Faults of the rules, pointers as in the request; kinds: role keys of the
 * kinds of people there are. Returns 0 or -1 with ERR_INVALID.
 */
int document_rules_check(const struct document_rules *r,
    const struct role_row *kinds, size_t nkinds, struct arena *a,
    struct err *e);

/* Faults of the text of a version. Returns 0 or -1 with ERR_INVALID. */
int document_text_check(const struct document_text *t, struct arena *a,
    struct err *e);

/* May a request of that type be made against it? types: comma separated,
 * NULL: every type (M-14). */
bool document_takes_type(const char *types, enum exception_type type);

/* "a,b" and back, on the arena; NULL is the empty list. */
const char *words_join(struct arena *a, const char *const *words, size_t n);
const char **words_split(struct arena *a, const char *text, size_t *n);

#endif
