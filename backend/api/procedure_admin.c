/*
 * A version is published whole and never changed, so publishing needs no
 * draft on the server: what is sent is checked with the code that
 * `exregctl procedure check` uses, against the roles and documents as they
 * are now.
 */
#include "api/procedure_admin.h"

#include <string.h>

#include "api/audit_trail.h"
#include "api/exception_view.h"
#include "api/openapi.h"
#include "api/procedure_view.h"
#include "base/utf8.h"
#include "crypto/crypto.h"
#include "domain/engine.h"
#include "domain/roles.h"
#include "store/procedure_store.h"
#include "json/json_write.h"

struct procedure_versions_in {
	const char *key;
};

struct procedure_versions_out {
	struct procedure_version_row *items;
	size_t nitems;
};

struct procedure_version_in {
	const char *key;
	int64_t version;
};

struct procedure_version_out {
	const char *key;
	int64_t version;
	const char *procedure; /* JSON */
};

struct procedure_checked {
	const char *key;
	int64_t version;
	int64_t step_count;
};

struct procedure_try_in {
	struct procedure *procedure;
	int64_t risk;
	int64_t days;
	int64_t term_no;
	enum domain domain;
};

struct try_step {
	const char *stage;
	const char *title;
	const char *role;
	bool approved; /* taken on the way to an approval */
	bool denied;   /* taken when the last decision denies */
};

struct procedure_try_out {
	struct try_step *steps;
	size_t nsteps;
};

struct role_in {
	const char *role;
	const char *title;
};

/* clang-format off */
#define KEY .flags = FIELD_PATH | FIELD_REQUIRED, .max = 32, .doc = "Key of the procedure"
static const struct field procedure_versions_in_fields[] = { F_STR(procedure_versions_in, key, KEY) };
const struct schema procedure_versions_in_schema = SCHEMA(procedure_versions_in, procedure_versions_in_fields, "Which procedure");

static const struct field procedure_versions_out_fields[] = {
	F_ARRAY(procedure_versions_out, items, procedure_version_row, .doc = "Versions, the newest first"),
};
const struct schema procedure_versions_out_schema = SCHEMA(procedure_versions_out, procedure_versions_out_fields, "Versions of a procedure");

static const struct field procedure_version_in_fields[] = {
	F_STR(procedure_version_in, key, KEY),
	F_I64(procedure_version_in, version, .flags = FIELD_PATH | FIELD_REQUIRED, .min = 1, .max = 100000, .doc = "Version"),
};
const struct schema procedure_version_in_schema = SCHEMA(procedure_version_in, procedure_version_in_fields, "Which version");

static const struct field procedure_version_out_fields[] = {
	F_STR(procedure_version_out, key, .doc = "Key"),
	F_I64(procedure_version_out, version, .doc = "Version"),
	F_JSON(procedure_version_out, procedure, .doc = "The whole procedure, as the schema describes it"),
};
const struct schema procedure_version_out_schema = SCHEMA(procedure_version_out, procedure_version_out_fields, "A version of a procedure");

static const struct field procedure_checked_fields[] = {
	F_STR(procedure_checked, key, .doc = "Key"),
	F_I64(procedure_checked, version, .doc = "Version"),
	F_I64(procedure_checked, step_count, .doc = "Steps a person counts"),
};
const struct schema procedure_checked_schema = SCHEMA(procedure_checked, procedure_checked_fields, "A procedure without faults");

static const struct field procedure_try_in_fields[] = {
	F_OBJECT(procedure_try_in, procedure, procedure, .flags = FIELD_REQUIRED, .doc = "The procedure"),
	F_I64(procedure_try_in, risk, .flags = FIELD_REQUIRED, .min = 1, .max = 25, .doc = "Residual risk of the sample request"),
	F_I64(procedure_try_in, days, .flags = FIELD_REQUIRED, .min = 1, .max = 3660, .doc = "Term it asks for"),
	F_I64(procedure_try_in, term_no, .flags = FIELD_REQUIRED, .min = 1, .max = 100, .doc = "Term in the chain; 2 is the first renewal"),
	F_ENUM(procedure_try_in, domain, domain, .flags = FIELD_REQUIRED, .doc = "Domain of its document"),
};
const struct schema procedure_try_in_schema = SCHEMA(procedure_try_in, procedure_try_in_fields, "A sample request under a procedure");

static const struct field try_step_fields[] = {
	F_STR(try_step, stage, .doc = "Key"),
	F_STR(try_step, title, .doc = "Heading"),
	F_STR(try_step, role, .flags = FIELD_NULLABLE, .doc = "Role that acts first; none: the requester"),
	F_BOOL(try_step, approved, .doc = "Taken on the way to an approval"),
	F_BOOL(try_step, denied, .doc = "Taken when the last decision denies"),
};
static const struct schema try_step_schema = SCHEMA(try_step, try_step_fields, "A stage on the way");

static const struct field procedure_try_out_fields[] = {
	F_ARRAY(procedure_try_out, steps, try_step, .doc = "All stages, in order"),
};
const struct schema procedure_try_out_schema = SCHEMA(procedure_try_out, procedure_try_out_fields, "The way a sample request would go");

static const struct field role_in_fields[] = {
	F_STR(role_in, role, .flags = FIELD_REQUIRED, .max = 64, .doc = "Key: small letters, digits and underscores"),
	F_STR(role_in, title, .flags = FIELD_REQUIRED, .max = 120, .doc = "In words"),
};
const struct schema role_in_schema = SCHEMA(role_in, role_in_fields, "A role that acts in stages");
/* clang-format on */

int
procedure_schema_get(struct ctx *c, struct err *e)
{
	struct buf text;

	(void)e;
	buf_init(&text, c->arena);
	schema_document_write(&text, &procedure_schema,
	    arena_printf(c->arena, "%s/api/v1/procedure-schema.json",
		c->app->origin));
	return reply_json(c, 200, text.data, text.len);
}

int
procedure_versions(struct ctx *c, struct err *e)
{
	const struct procedure_versions_in *in = c->in;
	struct procedure_versions_out out = { 0 };

	if (procedure_store_versions(c->db, in->key, &out.items, &out.nitems,
		e) < 0)
		return -1;
	if (out.nitems == 0)
		return err_set(e, ERR_NOT_FOUND, "There is no such procedure.");
	return reply(c, 200, &out);
}

int
procedure_version_get(struct ctx *c, struct err *e)
{
	const struct procedure_version_in *in = c->in;
	struct procedure_version_out out = { .key = in->key,
		.version = in->version };
	struct procedure_row row;
	int found =
	    procedure_store_version(c->db, in->key, in->version, &row, e);

	if (found == 0)
		return err_set(e, ERR_NOT_FOUND, "There is no such version.");
	if (found < 0)
		return -1;
	out.procedure = row.body;
	return reply(c, 200, &out);
}

/* Everything that is wrong with it, as the world is now. */
static int
check(struct ctx *c, const struct procedure *p, struct err *e)
{
	struct procedure_world world;

	if (procedure_store_world(c->db, c->arena, &world, e) < 0)
		return -1;
	return procedure_check(p, &world, c->arena, e);
}

static int
reply_checked(struct ctx *c, int status, const struct procedure *p)
{
	const struct procedure_checked out = { p->key, p->version,
		procedure_step_count(p) };

	return reply(c, status, &out);
}

int
procedure_check_post(struct ctx *c, struct err *e)
{
	const struct procedure *p = c->in;

	return check(c, p, e) < 0 ? -1 : reply_checked(c, 200, p);
}

static const char *
print_procedure(struct arena *a, const struct procedure *p)
{
	struct json_writer w;
	struct buf b;

	buf_init(&b, a);
	json_begin(&w, &b);
	json_struct(&w, NULL, &procedure_schema, p);
	json_finish(&w);
	return buf_text(&b);
}

/* Requests that run keep the version they began under. */
int
procedure_publish(struct ctx *c, struct err *e)
{
	const struct procedure *p = c->in;
	struct audit_fact fact = { .action = "procedure.publish",
		.object_type = "procedure",
		.object_id = I64_NONE,
		.object = p->key,
		.row_version = p->version,
		.content_version = -1 };
	unsigned char hash[SHA256_LEN];
	const char *body;

	c->audit_action = fact.action;
	c->audit_object = p->key;
	if (check(c, p, e) < 0)
		return -1;
	body = print_procedure(c->arena, p);
	sha256(body, strlen(body), hash);
	fact.detail = arena_printf(c->arena, "Version %lld: %s",
	    (long long)p->version, p->title);
	if (procedure_store_publish(c->db, p, body, hash, c->who.person_id,
		c->now, e) < 0 ||
	    audit_add(c, &fact, e) < 0)
		return -1;
	return reply_checked(c, 201, p);
}

static int64_t
last_decision(const struct procedure *p, const struct stage_facts *f)
{
	int64_t last = 0;

	for (int64_t s = engine_next(p, 0, VERDICT__INVALID, f); s > 0;
	     s = engine_next(p, s, VERDICT__INVALID, f)) {
		if (procedure_stage_kind(p, s) == STAGE_DECIDE)
			last = s;
	}
	return last;
}

/* Walk it once, with that verdict at the last decision. */
static void
walk(const struct procedure *p, const struct stage_facts *f, int64_t last,
    enum verdict verdict, struct try_step *steps)
{
	enum verdict decided = VERDICT__INVALID;

	for (int64_t s = engine_next(p, 0, decided, f); s > 0;
	     s = engine_next(p, s, decided, f)) {
		if (verdict == VERDICT_DENY)
			steps[s - 1].denied = true;
		else
			steps[s - 1].approved = true;
		if (procedure_stage_kind(p, s) == STAGE_DECIDE)
			decided = s == last ? verdict : VERDICT_APPROVE;
	}
}

int
procedure_try(struct ctx *c, struct err *e)
{
	const struct procedure_try_in *in = c->in;
	const struct procedure *p = in->procedure;
	const struct stage_facts f = { in->risk, in->days, in->term_no,
		in->domain };
	struct procedure_try_out out = { .nsteps = p->nstages };
	int64_t last;

	if (procedure_check(p, NULL, c->arena, e) < 0)
		return -1;
	last = last_decision(p, &f);
	out.steps = arena_array(c->arena, p->nstages, sizeof(*out.steps));
	for (size_t i = 0; i < p->nstages; i++) {
		out.steps[i] =
		    (struct try_step){ p->stages[i].stage, p->stages[i].title,
			    engine_turn(&p->stages[i], NULL, 0), false, false };
	}
	walk(p, &f, last, VERDICT_APPROVE, out.steps);
	walk(p, &f, last, VERDICT_DENY, out.steps);
	return reply(c, 200, &out);
}

static bool
is_role_key(const char *s)
{
	return s[0] >= 'a' && s[0] <= 'z' &&
	    s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}

int
role_create(struct ctx *c, struct err *e)
{
	const struct role_in *in = c->in;
	const struct role_row out = { in->role, in->title,
		ROLE_CLASS_APPROVER };
	struct audit_fact fact = { .action = "role.create",
		.object_type = "role",
		.object_id = I64_NONE,
		.object = in->role,
		.detail = in->title,
		.row_version = -1,
		.content_version = -1 };

	c->audit_action = fact.action;
	c->audit_object = in->role;
	if (!is_role_key(in->role))
		err_field(e, c->arena, "/role",
		    "is made of small letters, digits and underscores");
	if (utf8_is_blank(in->title))
		err_field(e, c->arena, "/title", "is missing");
	if (e->kind != ERR_NONE ||
	    procedure_store_role(c->db, in->role, in->title, e) < 0 ||
	    audit_add(c, &fact, e) < 0)
		return -1;
	return reply(c, 201, &out);
}
