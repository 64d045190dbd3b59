/* The directory is asked before the transaction; rows are written in it. */
#include "api/sign_in.h"

#include <string.h>

#include "api/audit_trail.h"
#include "api/me.h"
#include "session/login.h"
#include "session/session.h"
#include "store/session_store.h"

/* clang-format off */
static const struct field sign_in_in_fields[] = {
	F_STR(sign_in_in, username, .flags = FIELD_REQUIRED, .max = 256, .doc = "Name in the directory"),
	F_STR(sign_in_in, password, .flags = FIELD_NULLABLE | FIELD_SECRET, .max = 1024, .doc = "Password in the directory"),
};
const struct schema sign_in_in_schema = SCHEMA(sign_in_in, sign_in_in_fields, "Sign-in");
/* clang-format on */

static struct login_rules
rules_of(const struct app *app)
{
	return (struct login_rules){
		.lockout_threshold = app->lockout_threshold,
		.signin_group = app->signin_group,
		.answer_floor_ms = app->answer_floor_ms,
		.absolute_hours = app->absolute_hours,
	};
}

int
sign_in_prepare(struct ctx *c, struct err *e)
{
	const struct sign_in_in *in = c->in;
	const char *typed = in->password != NULL ? in->password : "";
	const struct login_rules rules = rules_of(c->app);
	struct secret password = {
		.bytes = arena_strdup(c->arena, typed),
		.len = strlen(typed),
	};
	const struct login_try try = {
		.username = in->username,
		.password = &password,
		.address =
		    c->req->remote_addr != NULL ? c->req->remote_addr : "",
		.now = c->now,
	};
	struct login *l = ARENA_NEW(c->arena, struct login);
	int result;

	c->audit_action = "session.sign_in";
	result = login_check(c->db, c->directory, c->arena, &rules, &try, l, e);
	secret_wipe(&password);
	/* not what was typed: people type passwords there */
	c->audit_object = l->person.uid;
	c->audit_detail = l->reason;
	c->audit_counted = l->counted;
	c->not_before = l->not_before;
	c->prepared = l;
	return result;
}

static void
set_cookie(struct ctx *c, const char *token, const char *attributes)
{
	response_header(c->res, "Set-Cookie",
	    arena_printf(c->arena,
		"%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s",
		c->app->cookie_name, token,
		c->app->cookie_secure ? "; Secure" : "", attributes));
}

int
sign_in_create(struct ctx *c, struct err *e)
{
	const struct login_rules rules = rules_of(c->app);
	const struct login *l = c->prepared;
	struct audit_fact fact = { .action = "session.sign_in",
		.object_type = "session",
		.object_id = I64_NONE };
	unsigned char old[32];
	const char *token = NULL;
	struct me *me = NULL;

	/* a token from before the sign-in is never continued */
	if (c->req->cookie != NULL &&
	    session_token_hash(c->arena, c->req->cookie, old) &&
	    session_store_end(c->db, old, c->now, e) < 0)
		return -1;
	if (login_open(c->db, c->arena, &rules, l, c->req->remote_addr,
		c->req->user_agent, c->now, &c->who, &token, e) < 0)
		return -1;
	c->who.idle_expires_at =
	    c->now + c->app->idle_minutes * 60 * US_PER_SECOND;
	fact.object = c->who.uid;
	if (audit_add(c, &fact, e) < 0)
		return -1;
	set_cookie(c, token, "");
	if (me_build(c, &c->who, &me, e) < 0)
		return -1;
	return reply(c, 201, me);
}

static int
signed_out(struct ctx *c, const char *action, struct err *e)
{
	const struct audit_fact fact = { .action = action,
		.object_type = "session",
		.object_id = I64_NONE,
		.object = c->who.uid };

	if (audit_add(c, &fact, e) < 0)
		return -1;
	set_cookie(c, "", "; Max-Age=0");
	response_header(c->res, "Clear-Site-Data", "\"cache\", \"storage\"");
	return reply_empty(c);
}

int
sign_out(struct ctx *c, struct err *e)
{
	if (session_store_end(c->db, c->who.session_hash, c->now, e) < 0)
		return -1;
	return signed_out(c, "session.sign_out", e);
}

int
sign_out_everywhere(struct ctx *c, struct err *e)
{
	if (session_store_end_all(c->db, c->who.person_id, c->now, e) < 0)
		return -1;
	return signed_out(c, "session.sign_out_everywhere", e);
}
