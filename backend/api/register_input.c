/*
 * The query string of the register. Words and bounds are checked by the
 * field table before; here keys become ids, and what the person may not ask
 * is said at the filter that asks it.
 */
#include <string.h>

#include "api/page.h"
#include "api/register.h"
#include "base/token.h"
#include "store/names.h"

/* clang-format off */
#define FILTERS \
	F_STR(register_in, status, .flags = FIELD_QUERY, .max = 200, .doc = "Statuses with commas between, or all; active when not given"), \
	F_STR(register_in, document, .flags = FIELD_QUERY, .max = 32, .doc = "Key of a document"), \
	F_STR(register_in, clause, .flags = FIELD_QUERY, .max = 32, .doc = "Reference of a clause of that document"), \
	F_STR(register_in, unit, .flags = FIELD_QUERY, .max = 32, .doc = "Code of a unit; the units below it count"), \
	F_STR(register_in, owner, .flags = FIELD_QUERY, .max = 20, .doc = "Id of a person, or me"), \
	F_I64(register_in, risk_min, .flags = FIELD_QUERY | FIELD_NULLABLE, .min = 1, .max = REGISTER_RISK_MAX, .doc = "Lowest residual risk score"), \
	F_I64(register_in, risk_max, .flags = FIELD_QUERY | FIELD_NULLABLE, .min = 1, .max = REGISTER_RISK_MAX, .doc = "Highest residual risk score"), \
	F_ENUM(register_in, cause, cause, .flags = FIELD_QUERY, .doc = "Why the exception is needed"), \
	F_DATE(register_in, expires_from, .flags = FIELD_QUERY, .doc = "Its last day is this one or later"), \
	F_DATE(register_in, expires_to, .flags = FIELD_QUERY, .doc = "Its last day is this one or earlier"), \
	F_BOOL(register_in, undocumented, .flags = FIELD_QUERY, .doc = "true: only what was imported and is still to be completed"), \
	F_STR(register_in, q, .flags = FIELD_QUERY, .max = 200, .doc = "A number, or beginnings of words in number, title, owner or justification")
#define SORT F_STR(register_in, sort, .flags = FIELD_QUERY, .max = 20, .doc = "number, submitted, expires, risk or updated; with - the other way round")

static const struct field register_in_fields[] = { FILTERS, SORT, PAGE_LIMIT(register_in), PAGE_CURSOR(register_in) };
const struct schema register_in_schema = SCHEMA(register_in, register_in_fields, "Filters, order and page of the register");

static const struct field register_count_in_fields[] = { FILTERS };
const struct schema register_count_in_schema = { .name = "register_count_in", .fields = register_count_in_fields,
	.nfields = sizeof(register_count_in_fields) / sizeof(register_count_in_fields[0]),
	.size = sizeof(struct register_in), .doc = "Filters of the register" };

static const struct field register_export_in_fields[] = { FILTERS, SORT };
const struct schema register_export_in_schema = { .name = "register_export_in", .fields = register_export_in_fields,
	.nfields = sizeof(register_export_in_fields) / sizeof(register_export_in_fields[0]),
	.size = sizeof(struct register_in), .doc = "Filters and order of the register" };
/* clang-format on */

static void
ask_status(struct ctx *c, const struct register_in *in,
    struct register_filter *f, struct err *e)
{
	const char *bad;

	if (in->status == NULL)
		return;
	bad = register_statuses(c->arena, in->status, &f->statuses);
	if (bad != NULL)
		err_field(e, c->arena, "?status",
		    "\"%.40s\" is no status of the register", bad);
}

static int
ask_document(struct ctx *c, const struct register_in *in,
    struct register_filter *f, struct err *e)
{
	int found;

	if (in->clause != NULL && in->document == NULL)
		err_field(e, c->arena, "?clause",
		    "needs the document that it belongs to");
	if (in->document == NULL)
		return 0;
	found =
	    names_document(c->names, c->db, in->document, &f->document_id, e);
	if (found == 0)
		err_field(e, c->arena, "?document", "is not known");
	if (found <= 0 || in->clause == NULL)
		return found < 0 ? -1 : 0;
	found = names_clause(c->names, c->db, f->document_id, in->clause,
	    &f->clause_id, e);
	if (found == 0)
		err_field(e, c->arena, "?clause",
		    "is not known in this document");
	return found < 0 ? -1 : 0;
}

static int
ask_unit(struct ctx *c, const struct register_in *in, struct register_filter *f,
    struct err *e)
{
	int found;

	if (in->unit == NULL)
		return 0;
	found = names_unit(c->names, c->db, in->unit, &f->unit_id, e);
	if (found == 0)
		err_field(e, c->arena, "?unit", "is not known");
	return found < 0 ? -1 : 0;
}

static void
ask_owner(struct ctx *c, const struct register_in *in,
    const struct register_view *v, struct register_filter *f, struct err *e)
{
	long long id = 0;

	if (in->owner == NULL)
		return;
	if (strcmp(in->owner, "me") == 0)
		f->owner_id = v->person_id;
	else if (!v->full)
		err_field(e, c->arena, "?owner",
		    "may only be \"me\": owners are not shown to staff");
	else if (i64_parse(in->owner, strlen(in->owner), 1, INT64_MAX, &id) < 0)
		err_field(e, c->arena, "?owner",
		    "must be the id of a person, or \"me\"");
	else
		f->owner_id = id;
}

static void
ask_risk(struct ctx *c, const struct register_in *in,
    const struct register_view *v, struct register_filter *f, struct err *e)
{
	bool low = in->risk_min != I64_NONE;
	bool high = in->risk_max != I64_NONE;

	if ((low || high) && !v->full) {
		err_field(e, c->arena, low ? "?risk_min" : "?risk_max",
		    "is not available: the risk is not shown to staff");
		return;
	}
	if (low)
		f->risk_min = in->risk_min;
	if (high)
		f->risk_max = in->risk_max;
	if (low && high && in->risk_min > in->risk_max)
		err_field(e, c->arena, "?risk_max",
		    "is lower than the lowest score");
}

static void
ask_days(struct ctx *c, const struct register_in *in, struct register_filter *f,
    struct err *e)
{
	if (in->expires_from != DATE_NONE)
		f->expires_from = in->expires_from;
	if (in->expires_to != DATE_NONE)
		f->expires_to = in->expires_to;
	if (f->expires_from > f->expires_to)
		err_field(e, c->arena, "?expires_to",
		    "is before the first day");
}

static void
ask_words(struct ctx *c, const struct register_in *in,
    struct register_filter *f, struct err *e)
{
	const char *wrong = register_search(c->arena, in->q, f);

	if (wrong != NULL)
		err_field(e, c->arena, "?q", "%s", wrong);
}

static void
ask_order(struct ctx *c, const struct register_in *in,
    const struct register_view *v, struct register_filter *f, struct err *e)
{
	const char *reason;

	if (in->sort == NULL)
		return;
	if (register_sort_parse(in->sort, f) < 0) {
		err_field(e, c->arena, "?sort", "is no order of the register");
		return;
	}
	reason = register_sort_reason(f, v, f->sort);
	if (reason != NULL)
		err_field(e, c->arena, "?sort", "%s", reason);
}

int
register_ask(struct ctx *c, const struct register_in *in,
    struct register_filter *f, struct register_view *v, struct err *e)
{
	register_filter_init(f);
	*v = register_view_of(c->arena, &c->who, c->today, c->app->notice_days);
	ask_status(c, in, f, e);
	if (ask_document(c, in, f, e) < 0 || ask_unit(c, in, f, e) < 0)
		return -1;
	ask_owner(c, in, v, f, e);
	ask_risk(c, in, v, f, e);
	f->cause = in->cause;
	f->undocumented = in->undocumented;
	ask_days(c, in, f, e);
	ask_words(c, in, f, e);
	ask_order(c, in, v, f, e);
	return e->kind == ERR_NONE ? 0 : -1;
}
