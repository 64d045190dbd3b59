/* Words of the register's filters, and the table of its row. */
#include "domain/register.h"

#include <string.h>

#include "base/field.h"
#include "base/utf8.h"
#include "domain/cursor.h"

/* clang-format off */
const char *const register_sort_names[REGISTER_SORT__MAX] = {
	NULL, "number", "submitted", "expires", "risk", "updated",
};

static const struct field register_row_fields[] = {
	F_I64(register_row, id, .doc = "year * 10^7 + sequence"),
	F_I64(register_row, fact, .doc = "enum fact"),
	F_STR(register_row, title, .doc = "One line"),
	F_I64(register_row, document_id, .flags = FIELD_NULLABLE, .doc = "Document deviated from"),
	F_STR(register_row, clause, .doc = "First clause"),
	F_I64(register_row, unit_id, .flags = FIELD_NULLABLE, .doc = "Unit affected first"),
	F_I64(register_row, owner_id, .doc = "Person"),
	F_I64(register_row, requester_id, .doc = "Person"),
	F_I64(register_row, risk, .doc = "Residual score"),
	F_ENUM(register_row, cause, cause, .flags = FIELD_NULLABLE, .doc = "Why it is needed"),
	F_TIME(register_row, submitted_at, .doc = "When it was sent"),
	F_TIME(register_row, list_submitted, .doc = "The same, or when it was created"),
	F_DATE(register_row, effective_on, .doc = "First day"),
	F_DATE(register_row, expires_on, .doc = "Last day granted"),
	F_DATE(register_row, holds_until, .doc = "Last day it may hold"),
	F_DATE(register_row, requested_until, .doc = "Last day asked for"),
	F_TIME(register_row, updated_at, .doc = "Last change"),
	F_I64(register_row, sla_breached_days, .flags = FIELD_NULLABLE, .doc = "Days past the SLA when submitted"),
	F_BOOL(register_row, confidential, .doc = "Not for everybody"),
	F_BOOL(register_row, undocumented, .doc = "Imported; its content is still to be completed"),
};
const struct schema register_row_schema = SCHEMA(register_row, register_row_fields, "A row of the register");

static const struct field register_place_fields[] = {
	F_I64(register_place, sort_key, .doc = "Number or score"),
	F_I64(register_place, id, .doc = "Exception"),
};
const struct schema register_place_schema = SCHEMA(register_place, register_place_fields, "A place in an index");

static const struct field register_day_place_fields[] = {
	F_DATE(register_day_place, sort_key, .doc = "Day"),
	F_I64(register_day_place, id, .doc = "Exception"),
};
const struct schema register_day_place_schema =
	SCHEMA(register_day_place, register_day_place_fields, "A place in an index of days");

static const struct field register_time_place_fields[] = {
	F_TIME(register_time_place, sort_key, .doc = "Instant"),
	F_I64(register_time_place, id, .doc = "Exception"),
};
const struct schema register_time_place_schema =
	SCHEMA(register_time_place, register_time_place_fields, "A place in an index of instants");

static const struct field named_row_fields[] = {
	F_I64(named_row, id, .doc = "Document or unit"),
	F_STR(named_row, key, .doc = "What people write for it"),
	F_STR(named_row, name, .doc = "Its title or name"),
};
const struct schema named_row_schema = SCHEMA(named_row, named_row_fields, "A name");

static const struct field value_count_fields[] = {
	F_I64(value_count, id, .doc = "Document, unit or clause"),
	F_I64(value_count, n, .doc = "Exceptions"),
};
const struct schema value_count_schema = SCHEMA(value_count, value_count_fields, "Exceptions of one value");
/* clang-format on */

void
register_filter_init(struct register_filter *f)
{
	*f = (struct register_filter){
		.statuses = 1u << STATUS_ACTIVE,
		.risk_max = REGISTER_RISK_MAX,
		.expires_from = DATE_MIN,
		.expires_to = DATE_MAX,
		.sort = REGISTER_BY_EXPIRES,
	};
}

static unsigned
status_bit(const char *name)
{
	if (strcmp(name, "all") == 0)
		return REGISTER_ALL_STATUSES;
	for (unsigned s = STATUS_DRAFT + 1; s < STATUS__MAX; s++)
		if (strcmp(name, status_names[s]) == 0)
			return 1u << s;
	return 0;
}

const char *
register_statuses(struct arena *a, const char *text, unsigned *statuses)
{
	unsigned bits = 0;

	for (const char *s = text;; s++) {
		size_t len = strcspn(s, ",");
		const char *name = arena_strndup(a, s, len);
		unsigned bit = status_bit(name);

		if (bit == 0)
			return name;
		bits |= bit;
		s += len;
		if (*s == '\0')
			break;
	}
	*statuses = bits;
	return NULL;
}

int
register_sort_parse(const char *text, struct register_filter *f)
{
	bool desc = text[0] == '-';

	for (int i = 1; i < REGISTER_SORT__MAX; i++) {
		if (strcmp(text + desc, register_sort_names[i]) != 0)
			continue;
		f->sort = (enum register_sort)i;
		f->desc = desc;
		return 0;
	}
	return -1;
}

/* As people type it: "ex-2026-00042", with blanks around. */
static int
number_of(struct arena *a, const char *q, int64_t *id)
{
	size_t len;
	char *s;

	q += strspn(q, " \t");
	len = strlen(q);
	while (len > 0 && (q[len - 1] == ' ' || q[len - 1] == '\t'))
		len--;
	s = arena_strndup(a, q, len);
	for (size_t i = 0; i < 2 && i < len; i++)
		if (s[i] >= 'a' && s[i] <= 'z')
			s[i] = (char)(s[i] - 'a' + 'A');
	return exception_number_parse(s, id);
}

/* Every number begins with EX, so these say nothing. */
static void
drop_common(struct register_filter *f)
{
	size_t kept = 0;

	for (size_t i = 0; i < f->nterms; i++)
		if (strncmp("ex", f->terms[i], strlen(f->terms[i])) != 0)
			f->terms[kept++] = f->terms[i];
	f->nterms = kept;
}

const char *
register_search(struct arena *a, const char *q, struct register_filter *f)
{
	if (!utf8_says(q))
		return NULL;
	if (number_of(a, q, &f->number) == 0)
		return NULL;
	f->nterms = search_terms(a, q, f->terms);
	if (f->nterms == 0)
		return "holds no letter and no digit to search for";
	if (f->nterms > SEARCH_TERMS_MAX)
		return "may have at most 8 words";
	drop_common(f);
	return NULL;
}

const char *
register_sort_reason(const struct register_filter *f,
    const struct register_view *v, enum register_sort sort)
{
	if (sort == REGISTER_BY_RISK && !v->full)
		return "The risk of other people's exceptions is not shown.";
	if (sort == REGISTER_BY_NUMBER || sort == REGISTER_BY_EXPIRES)
		return NULL;
	if (f->clause_id != 0 ||
	    (f->owner_id == 0 && (f->document_id != 0 || f->unit_id != 0)))
		return sort == REGISTER_BY_RISK ?
		    NULL :
		    "Not available together with a document, clause or unit.";
	if (f->owner_id == 0 && f->undocumented)
		return sort == REGISTER_BY_RISK ?
		    NULL :
		    "Not available for undocumented exceptions only.";
	return f->owner_id == 0 ? NULL :
				  "Not available together with an owner.";
}

bool
register_place_is_valid(enum register_sort sort, int64_t key, int64_t id)
{
	if (id < 0)
		return false;
	switch (sort) {
	case REGISTER_BY_NUMBER:
		return key >= 0;
	case REGISTER_BY_RISK:
		return key >= 0 && key <= REGISTER_RISK_MAX;
	case REGISTER_BY_EXPIRES:
		return key >= DATE_MIN && key <= DATE_MAX;
	case REGISTER_BY_SUBMITTED:
	case REGISTER_BY_UPDATED:
		return key >= 0 && key <= DATE_MAX * US_PER_DAY;
	case REGISTER_SORT__INVALID:
	case REGISTER_SORT__MAX:
		break;
	}
	return false;
}

uint64_t
register_hash(const struct register_filter *f)
{
	uint64_t h = hash_i64(HASH_START, f->statuses);

	h = hash_i64(h, f->document_id);
	h = hash_i64(h, f->clause_id);
	h = hash_i64(h, f->unit_id);
	h = hash_i64(h, f->owner_id);
	h = hash_i64(h, f->undocumented);
	h = hash_i64(h, f->risk_min);
	h = hash_i64(h, f->risk_max);
	h = hash_i64(h, f->cause);
	h = hash_i64(h, f->expires_from);
	h = hash_i64(h, f->expires_to);
	h = hash_i64(h, f->number);
	for (size_t i = 0; i < f->nterms; i++)
		h = hash_str(h, f->terms[i]);
	h = hash_i64(h, f->sort);
	return hash_i64(h, f->desc);
}

/* Auditors and approvers see the confidential rows in their scope. */
static bool
reads_confidential(const struct grant *g)
{
	return g->role_class == ROLE_CLASS_AUDITOR ||
	    g->role_class == ROLE_CLASS_APPROVER;
}

struct register_view
register_view_of(struct arena *a, const struct who *w, date_t today,
    int notice_days)
{
	struct grant *grants = arena_array(a, w->ngrants, sizeof(*grants));
	struct register_view v = {
		.person_id = w->person_id,
		.all = access_reads_all(w),
		.full = access_reads_full(w),
		.grants = grants,
		.today = today,
		.notice_days = notice_days,
	};

	for (size_t i = 0; !v.all && i < w->ngrants; i++)
		if (reads_confidential(&w->grants[i]))
			grants[v.ngrants++] = w->grants[i];
	return v;
}

int64_t
register_key(enum register_sort sort, const struct register_row *r)
{
	switch (sort) {
	case REGISTER_BY_SUBMITTED:
		return r->list_submitted;
	case REGISTER_BY_EXPIRES:
		return r->holds_until;
	case REGISTER_BY_RISK:
		return r->risk;
	case REGISTER_BY_UPDATED:
		return r->updated_at;
	case REGISTER_BY_NUMBER:
	case REGISTER_SORT__INVALID:
	case REGISTER_SORT__MAX:
		break;
	}
	return r->id;
}

enum status
register_status(const struct register_view *v, const struct register_row *r)
{
	const struct status_facts f = {
		.fact = r->fact,
		.effective_on = r->effective_on,
		.holds_until = r->holds_until,
	};

	return status_of(&f, v->today, v->notice_days);
}

bool
register_row_is_open(const struct register_view *v,
    const struct register_row *r)
{
	return v->full || r->owner_id == v->person_id ||
	    r->requester_id == v->person_id;
}
