/*
 * The register as a list: what may be asked of it, in which order, and the
 * row it gives. Pure; store/register_* turn it into SQL.
 */
#ifndef EXREG_DOMAIN_REGISTER_H
#define EXREG_DOMAIN_REGISTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "domain/access.h"
#include "domain/exception.h"
#include "domain/search.h"
#include "domain/status.h"

enum register_sort {
	REGISTER_SORT__INVALID,
	REGISTER_BY_NUMBER,
	REGISTER_BY_SUBMITTED,
	REGISTER_BY_EXPIRES, /* the last day it holds */
	REGISTER_BY_RISK,
	REGISTER_BY_UPDATED,
	REGISTER_SORT__MAX
};
extern const char *const register_sort_names[REGISTER_SORT__MAX];

/* Values of exception_facet.dimension. */
enum dimension {
	DIMENSION__INVALID,
	DIMENSION_UNIT,
	DIMENSION_DOCUMENT,
	DIMENSION_CLAUSE,
	DIMENSION_MARK /* value: enum mark */
};

/* What an exception is marked with, as a value of DIMENSION_MARK. */
enum mark { MARK__INVALID, MARK_UNDOCUMENTED };

#define REGISTER_RISK_MAX 25

#define REGISTER_ALL_STATUSES \
 (((1u << STATUS__MAX) - 1) & ~(1u << STATUS__INVALID | 1u << STATUS_DRAFT))

/* What is asked for. Every member narrows; 0 (or an open bound) does not. */
struct register_filter {
	unsigned statuses; /* bits 1 << enum status, never STATUS_DRAFT */
	int64_t document_id;
	int64_t clause_id; /* root clause */
	int64_t unit_id;   /* with its descendants */
	int64_t owner_id;
	bool undocumented; /* only what was imported and not completed */
	int64_t risk_min, risk_max; /* inclusive; 0 and REGISTER_RISK_MAX */
	enum cause cause;
	date_t expires_from, expires_to; /* last day it holds; DATE_MIN, _MAX */
	int64_t number;                  /* exactly this one */
	const char *terms[SEARCH_TERMS_MAX];
	size_t nterms;
	enum register_sort sort;
	bool desc;
};

/* Everything that is active, by its last day. */
void register_filter_init(struct register_filter *f);

/*
 * "active,expiring" or "all" into bits. Returns NULL, or the first name (on
 * the arena) that is no status of the register.
 */
const char *register_statuses(struct arena *a, const char *text,
    unsigned *statuses);

/* "expires" or "-expires". 0, or -1 for an unknown order. */
int register_sort_parse(const char *text, struct register_filter *f);

/*
 * What people search for: a complete number is that one record, else words.
 * Returns NULL, or what is wrong with it in words.
 */
const char *register_search(struct arena *a, const char *q,
    struct register_filter *f);

/* Of filter and order, for cursors. */
uint64_t register_hash(const struct register_filter *f);

/* Who looks, and what "today" is. */
struct register_view {
	int64_t person_id;
	bool all;                   /* confidential rows too */
	bool full;                  /* risk and owner of other people's rows */
	const struct grant *grants; /* scoped: confidential rows they cover */
	size_t ngrants;
	date_t today;
	int notice_days;
};

/* What the person may see of the register; grants on the arena. */
struct register_view register_view_of(struct arena *a, const struct who *w,
    date_t today, int notice_days);

/* Why this order is not offered with these filters to this person, or NULL. */
const char *register_sort_reason(const struct register_filter *f,
    const struct register_view *v, enum register_sort sort);

/* A place that may stand in the order: what a cursor says is not trusted. */
bool register_place_is_valid(enum register_sort sort, int64_t key, int64_t id);

/* One row, as the list statement gives it. */
struct register_row {
	int64_t id;
	int64_t fact;
	const char *title;
	int64_t document_id;
	const char *document_key; /* names: store/names.h */
	const char *document_title;
	const char *clause;
	int64_t unit_id;
	const char *unit_code;
	const char *unit_name;
	int64_t owner_id;
	const char *owner_name;
	int64_t requester_id;
	int64_t risk;
	enum cause cause;
	instant_t submitted_at;
	instant_t list_submitted; /* sort key: never without a value */
	date_t effective_on;
	date_t expires_on;
	date_t holds_until;
	date_t requested_until;
	instant_t updated_at;
	int64_t sla_breached_days;
	bool confidential;
	bool undocumented;
};
extern const struct schema register_row_schema;

/* The value a row is sorted by: number, day or microseconds. */
int64_t register_key(enum register_sort sort, const struct register_row *r);

enum status register_status(const struct register_view *v,
    const struct register_row *r);

/* Owner and risk may be shown (M-11: not to staff, unless it is theirs). */
bool register_row_is_open(const struct register_view *v,
    const struct register_row *r);

/* Results of the small statements. */
struct register_place {
	int64_t sort_key;
	int64_t id;
};
struct register_day_place {
	date_t sort_key;
	int64_t id;
};
struct register_time_place {
	instant_t sort_key;
	int64_t id;
};
struct named_row {
	int64_t id;
	const char *key; /* document_key, code of a unit */
	const char *name;
};
extern const struct schema named_row_schema;
struct value_count {
	int64_t id; /* of the document, unit … */
	int64_t n;
};
extern const struct schema value_count_schema;
extern const struct schema register_place_schema;
extern const struct schema register_day_place_schema;
extern const struct schema register_time_place_schema;

#endif
