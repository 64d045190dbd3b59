/*
 * The screens show what is said here and nothing else decides on it: every
 * right is checked again where it is used.
 */
#include "api/me.h"

#include "api/view_catalogue.h"
#include "store/catalogue_store.h"
#include "store/queue_store.h"

struct me_person {
	int64_t id;
	const char *uid;
	const char *name;
	const char *title;
	const char *mail;
	struct unit_ref *unit;
};

struct me_session {
	instant_t expires_at;
	instant_t idle_expires_at;
};

struct me_organisation {
	const char *name;
	const char *zone;
	date_t today;
	int64_t notice_days;
};

struct me {
	struct me_person *person;
	const char **classes;
	size_t nclasses;
	struct held_role *roles;
	size_t nroles;
	const char **permissions;
	size_t npermissions;
	int64_t queue_count;
	int64_t drafts_count;
	struct me_session *session;
	struct me_organisation *organisation;
};

/* clang-format off */
static const struct field me_person_fields[] = {
	F_I64(me_person, id, .doc = "Identifier"),
	F_STR(me_person, uid, .doc = "Directory name"),
	F_STR(me_person, name, .doc = "Name"),
	F_STR(me_person, title, .flags = FIELD_NULLABLE, .doc = "Job title"),
	F_STR(me_person, mail, .flags = FIELD_NULLABLE, .doc = "Mail address"),
	F_OBJECT(me_person, unit, unit_ref, .flags = FIELD_NULLABLE, .doc = "Unit"),
};
static const struct schema me_person_schema = SCHEMA(me_person, me_person_fields, "The signed-in person");

static const struct field me_session_fields[] = {
	F_TIME(me_session, expires_at, .doc = "Ends then in any case"),
	F_TIME(me_session, idle_expires_at, .doc = "Ends then without a request"),
};
static const struct schema me_session_schema = SCHEMA(me_session, me_session_fields, "The session");

static const struct field me_organisation_fields[] = {
	F_STR(me_organisation, name, .doc = "Name"),
	F_STR(me_organisation, zone, .doc = "Time zone of its days"),
	F_DATE(me_organisation, today, .doc = "Its day"),
	F_I64(me_organisation, notice_days, .doc = "Days before the end in which an exception is expiring"),
};
static const struct schema me_organisation_schema = SCHEMA(me_organisation, me_organisation_fields, "The organisation");

static const struct field me_fields[] = {
	F_OBJECT(me, person, me_person, .doc = "Who is signed in"),
	F_STRS(me, classes, .doc = "Permission classes"),
	F_ARRAY(me, roles, held_role, .doc = "Roles held, each with its scope"),
	F_STRS(me, permissions, .doc = "What the screens may offer"),
	F_I64(me, queue_count, .doc = "Length of the review queue, at most 1000"),
	F_I64(me, drafts_count, .doc = "Own drafts and returned requests, at most 1000"),
	F_OBJECT(me, session, me_session, .doc = "The session"),
	F_OBJECT(me, organisation, me_organisation, .doc = "The organisation"),
};
const struct schema me_schema = SCHEMA(me, me_fields, "The reader of these pages");

/* Names the screens know, by what a class may do. */
static const struct permission_row {
	const char *name;
	enum perm perm;
} permission_rows[] = {
	{ "request",    PERM_REQUEST },
	{ "decide",     PERM_DECIDE },
	{ "dashboard",  PERM_DASHBOARD },
	{ "export",     PERM_EXPORT },
	{ "audit_read", PERM_AUDIT_READ },
	{ "admin",      PERM_ADMINISTER },
};
/* clang-format on */

#define NPERMISSIONS (sizeof(permission_rows) / sizeof(permission_rows[0]))

static void
fill_rights(struct ctx *c, const struct who *who, struct me *out)
{
	out->classes =
	    arena_array(c->arena, ROLE_CLASS__MAX, sizeof(*out->classes));
	for (int k = ROLE_CLASS__INVALID + 1; k < ROLE_CLASS__MAX; k++) {
		if (access_has_class(who, (enum role_class)k))
			out->classes[out->nclasses++] = role_class_names[k];
	}
	out->permissions =
	    arena_array(c->arena, NPERMISSIONS + 1, sizeof(*out->permissions));
	for (size_t i = 0; i < NPERMISSIONS; i++) {
		if (access_may(who, permission_rows[i].perm))
			out->permissions[out->npermissions++] =
			    permission_rows[i].name;
	}
	if (access_reads_full(who))
		out->permissions[out->npermissions++] = "register_full";
}

static int
fill_roles(struct ctx *c, const struct who *who, struct me *out, struct err *e)
{
	out->roles = arena_array(c->arena, who->ngrants, sizeof(*out->roles));
	for (size_t i = 0; i < who->ngrants; i++) {
		int found = catalogue_store_held_role(c->db, &who->grants[i],
		    &out->roles[out->nroles], e);

		if (found < 0)
			return -1;
		out->nroles += (size_t)found;
	}
	return 0;
}

static int
fill_person(struct ctx *c, const struct who *who, struct me *out, struct err *e)
{
	struct me_person *p = ARENA_NEW(c->arena, struct me_person);
	struct profile row;
	int found = catalogue_store_profile(c->db, who->person_id, &row, e);

	if (found == 0)
		return err_set(e, ERR_UNAUTHENTICATED,
		    "You are not signed in, or your session has ended.");
	if (found < 0)
		return -1;
	*p = (struct me_person){
		.id = row.id,
		.uid = row.uid,
		.name = row.name,
		.title = row.title,
		.mail = row.mail,
		.unit = unit_ref_of(c->arena, row.unit_code, row.unit_name),
	};
	out->person = p;
	return 0;
}

int
me_build(struct ctx *c, const struct who *who, struct me **out, struct err *e)
{
	struct me *me = ARENA_NEW(c->arena, struct me);

	me->session = ARENA_NEW(c->arena, struct me_session);
	me->session->expires_at = who->session_expires_at;
	me->session->idle_expires_at = who->idle_expires_at;
	me->organisation = ARENA_NEW(c->arena, struct me_organisation);
	*me->organisation = (struct me_organisation){
		.name = c->app->organisation,
		.zone = c->app->zone,
		.today = c->today,
		.notice_days = c->app->notice_days,
	};
	fill_rights(c, who, me);
	if (fill_person(c, who, me, e) < 0 || fill_roles(c, who, me, e) < 0 ||
	    queue_store_count(c->db, c->arena, who, &me->queue_count, e) < 0 ||
	    queue_store_drafts_count(c->db, who->person_id, &me->drafts_count,
		e) < 0)
		return -1;
	*out = me;
	return 0;
}

int
me_get(struct ctx *c, struct err *e)
{
	struct me *me;

	if (me_build(c, &c->who, &me, e) < 0)
		return -1;
	return reply(c, 200, me);
}
