/* Rules of dated acts, and what they add to a person's rights. */
#include "domain/acts.h"

#include <string.h>

#include "base/arena.h"

const char *const act_state_names[ACT_STATE__MAX] = { NULL, "scheduled",
	"current", "past" };
const char *const act_kind_names[ACT_KIND__MAX] = { NULL, "designated", "given",
	"received", "mirrored", "on_behalf" };

/* clang-format off */
#define NULLABLE .flags = FIELD_NULLABLE
#define INTERNAL .flags = FIELD_INTERNAL

static const struct field designation_fields[] = {
	F_I64(designation, id, .doc = "Identifier"),
	F_I64(designation, row_version, INTERNAL, .doc = "Moves with every change"),
	F_STR(designation, etag, NULLABLE, .doc = "For If-Match"),
	F_ENUM(designation, state, act_state, NULLABLE, .doc = "Where it stands today"),
	F_I64(designation, person_id, INTERNAL, .doc = "Person"),
	F_STR(designation, uid, .doc = "Directory name of the person"),
	F_STR(designation, name, .doc = "Name of the person"),
	F_STR(designation, role, .doc = "Role"),
	F_STR(designation, role_title, .doc = "Role in words"),
	F_ENUM(designation, role_class, role_class, .doc = "Permission class"),
	F_STR(designation, unit_code, NULLABLE, .doc = "Only for this unit and below"),
	F_STR(designation, unit_name, NULLABLE, .doc = "Only for this unit and below"),
	F_ENUM(designation, domain, domain, NULLABLE, .doc = "Only for this domain"),
	F_STR(designation, document_key, NULLABLE, .doc = "Only for this document"),
	F_DATE(designation, from_on, .doc = "First day"),
	F_DATE(designation, until_on, NULLABLE, .doc = "Last day; null: until it is ended"),
	F_STR(designation, note, NULLABLE, .doc = "Why"),
	F_TIME(designation, created_at, .doc = "When it was made"),
	F_STR(designation, created_by, .doc = "Who made it"),
	F_TIME(designation, ended_at, NULLABLE, .doc = "When it was ended by hand"),
	F_STR(designation, ended_by, NULLABLE, .doc = "Who ended it"),
};
const struct schema designation_schema = SCHEMA(designation, designation_fields, "A role held by name for a time (V-20)");

static const struct field delegation_fields[] = {
	F_I64(delegation, id, .doc = "Identifier"),
	F_I64(delegation, row_version, INTERNAL, .doc = "Moves with every change"),
	F_STR(delegation, etag, NULLABLE, .doc = "For If-Match"),
	F_ENUM(delegation, state, act_state, NULLABLE, .doc = "Where it stands today"),
	F_I64(delegation, from_person_id, INTERNAL, .doc = "Who is away"),
	F_STR(delegation, from_uid, NULLABLE, .doc = "Directory name of who is away"),
	F_STR(delegation, from_name, NULLABLE, .doc = "Who is away"),
	F_I64(delegation, to_person_id, INTERNAL, .doc = "Who acts"),
	F_STR(delegation, to_uid, NULLABLE, .doc = "Directory name of who acts"),
	F_STR(delegation, to_name, NULLABLE, .doc = "Who acts"),
	F_STR(delegation, role, NULLABLE, .doc = "Only this role; null: every role that decides"),
	F_STR(delegation, role_title, NULLABLE, .doc = "The role in words"),
	F_DATE(delegation, from_on, .doc = "First day"),
	F_DATE(delegation, until_on, .doc = "Last day"),
	F_STR(delegation, note, NULLABLE, .doc = "Why"),
	F_TIME(delegation, created_at, NULLABLE, .doc = "When it was made"),
	F_STR(delegation, created_by, NULLABLE, .doc = "Who made it"),
	F_TIME(delegation, ended_at, NULLABLE, .doc = "When it was ended by hand"),
	F_STR(delegation, ended_by, NULLABLE, .doc = "Who ended it"),
};
const struct schema delegation_schema = SCHEMA(delegation, delegation_fields, "Somebody acts for somebody else for a time");

static const struct field act_row_fields[] = {
	F_ENUM(act_row, kind, act_kind, .doc = "What it says"),
	F_I64(act_row, delegation_id, NULLABLE, .doc = "Delegation"),
	F_I64(act_row, designation_id, NULLABLE, .doc = "Designation"),
	F_I64(act_row, mapping_id, NULLABLE, .doc = "Mapping"),
	F_I64(act_row, person_id, NULLABLE, .doc = "The other person"),
	F_STR(act_row, directory_id, NULLABLE, .doc = "Their stable id"),
	F_STR(act_row, name, NULLABLE, .doc = "Their name"),
	F_STR(act_row, role, NULLABLE, .doc = "Role"),
	F_ENUM(act_row, role_class, role_class, NULLABLE, .doc = "Permission class"),
	F_I64(act_row, mapped_by, NULLABLE, .doc = "Who gave the role"),
	F_I64(act_row, unit_id, NULLABLE, .doc = "Scope"),
	F_I64(act_row, domain, NULLABLE, .doc = "Scope"),
	F_I64(act_row, document_id, NULLABLE, .doc = "Scope"),
	F_BOOL(act_row, holds, .doc = "Not ended by hand"),
};
const struct schema act_row_schema = SCHEMA(act_row, act_row_fields, "What an act of today says of a person");
/* clang-format on */

static date_t
last_day(const struct period *p)
{
	return p->until_on == DATE_NONE ? DATE_MAX : p->until_on;
}

enum act_state
act_state_of(const struct period *p, bool ended, date_t today)
{
	if (ended || last_day(p) < today)
		return ACT_PAST;
	return p->from_on > today ? ACT_SCHEDULED : ACT_CURRENT;
}

bool
period_overlaps(const struct period *a, const struct period *b)
{
	return a->from_on <= last_day(b) && b->from_on <= last_day(a);
}

int
period_check(const struct period *p, date_t today, struct arena *a,
    struct err *e)
{
	if (last_day(p) < p->from_on)
		return err_field(e, a, "/until_on", "is before the first day");
	if (last_day(p) < today)
		return err_field(e, a, "/until_on", "is in the past");
	return 0;
}

static int
check_days(const struct period *p, date_t today, struct arena *a, struct err *e)
{
	if (p->from_on < today)
		err_field(e, a, "/from_on", "is in the past");
	if (period_check(p, today, a, e) == 0 &&
	    p->until_on - p->from_on + 1 > DELEGATION_DAYS_MAX)
		err_field(e, a, "/until_on",
		    "is more than %d days after the first day",
		    DELEGATION_DAYS_MAX - 1);
	return e->kind == ERR_NONE ? 0 : -1;
}

/* Do both name the same role, or one of them all? */
static bool
same_role(const char *a, const char *b)
{
	return a == NULL || b == NULL || strcmp(a, b) == 0;
}

static int
check_beside(const struct delegation_ask *ask, const struct delegation *d,
    struct err *e)
{
	if (d->from_person_id == ask->to_person_id &&
	    d->to_person_id == ask->from_person_id)
		return err_set(e, ERR_CONFLICT,
		    "The other one has named you for the same days. Two "
		    "people cannot act for each other at the same time.");
	if (d->from_person_id == ask->from_person_id &&
	    d->to_person_id == ask->to_person_id &&
	    same_role(d->role, ask->role))
		return err_set(e, ERR_CONFLICT,
		    "They act already on some of these days. End that "
		    "delegation first.");
	return 0;
}

int
delegation_check(const struct delegation_ask *ask,
    const struct delegation *live, size_t n, date_t today, struct arena *a,
    struct err *e)
{
	int acts_for = 0;

	if (ask->from_person_id == ask->to_person_id)
		err_field(e, a, "/to", "is the person who is away");
	if (check_days(&ask->period, today, a, e) < 0)
		return -1;
	if (ask->made_by == ask->to_person_id)
		return err_set(e, ERR_FORBIDDEN,
		    "You cannot make yourself act for somebody. They can do "
		    "so, or another administrator.");
	for (size_t i = 0; i < n; i++) {
		const struct period p = { live[i].from_on, live[i].until_on };

		if (!period_overlaps(&p, &ask->period))
			continue;
		if (check_beside(ask, &live[i], e) < 0)
			return -1;
		acts_for += live[i].to_person_id == ask->to_person_id;
	}
	if (acts_for >= DELEGATION_FOR_MAX)
		return err_set(e, ERR_CONFLICT,
		    "They act for %d people on these days already. Choose "
		    "somebody else.",
		    acts_for);
	return 0;
}

static int64_t
or_zero(int64_t v)
{
	return v == I64_NONE ? 0 : v;
}

static struct grant
grant_of(const struct act_row *r)
{
	bool delegated = r->kind != ACT_DESIGNATED;

	return (struct grant){
		.role = r->role,
		.role_class = r->role_class,
		.mapping_id = or_zero(r->mapping_id),
		.designation_id = or_zero(r->designation_id),
		.mapped_by = or_zero(r->mapped_by),
		.unit_id = or_zero(r->unit_id),
		.domain = (int)or_zero(r->domain),
		.document_id = or_zero(r->document_id),
		.delegation_id = or_zero(r->delegation_id),
		.on_behalf_of = delegated ? r->person_id : 0,
		.on_behalf_name = delegated ? r->name : NULL,
	};
}

void
acts_apply(struct arena *a, const struct act_row *rows, size_t n, struct who *w)
{
	struct grant *grants = arena_array(a, w->ngrants + n, sizeof(*grants));
	int64_t *partners = arena_array(a, w->npartners + n, sizeof(*partners));
	size_t ngrants = w->ngrants, npartners = w->npartners;

	if (ngrants > 0)
		memcpy(grants, w->grants, ngrants * sizeof(*grants));
	if (npartners > 0)
		memcpy(partners, w->partners, npartners * sizeof(*partners));
	for (size_t i = 0; i < n; i++) {
		if (rows[i].kind == ACT_GIVEN || rows[i].kind == ACT_RECEIVED)
			partners[npartners++] = rows[i].person_id;
		else
			grants[ngrants++] = grant_of(&rows[i]);
	}
	w->grants = grants;
	w->ngrants = ngrants;
	w->partners = partners;
	w->npartners = npartners;
	w->classes = classes_of_grants(grants, ngrants);
}

size_t
grants_on_behalf(struct grant *grants, size_t n, const struct act_row *received)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		struct grant g = grants[i];

		if (g.role_class != ROLE_CLASS_APPROVER ||
		    g.delegation_id != 0 || !same_role(received->role, g.role))
			continue;
		g.delegation_id = received->delegation_id;
		g.on_behalf_of = received->person_id;
		g.on_behalf_name = received->name;
		grants[kept++] = g;
	}
	return kept;
}
