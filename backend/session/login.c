/*
 * The order is fixed: bounds before any network, the throttle before the
 * bind, the groups before the session. What has no sense counts for its
 * address too, or it could fill the audit trail. The register sends fewer wrong
 * passwords than would lock the directory account.
 */
#include "session/login.h"

#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/token.h"
#include "crypto/crypto.h"
#include "domain/acts.h"
#include "domain/roles.h"
#include "session/session.h"
#include "session/throttle.h"
#include "store/acts_store.h"
#include "store/session_store.h"

#define USERNAME_MAX 128
#define TOO_MANY "too many attempts"
#define REFUSED_TEXT                                                 \
 "The name or the password is not right, or too many attempts were " \
 "made. After a few wrong passwords wait half an hour."

static const char *
join_ids(struct arena *a, const struct directory_group *groups, size_t n)
{
	struct buf b;

	buf_init(&b, a);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_char(&b, ',');
		buf_str(&b, groups[i].id);
	}
	return buf_text(&b);
}

static bool
in_group(const char *wanted, const struct directory_group *groups, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(groups[i].id, wanted) == 0 ||
		    strcasecmp(groups[i].dn, wanted) == 0)
			return true;
	}
	return false;
}

/* One sign-in on its way through check(). */
struct attempt {
	struct directory *d;
	struct arena *a;
	const struct login_try *try;
	struct login *out;
	struct throttle throttle;
	struct directory_group *groups;
	size_t n;
	bool waits;     /* a refusal takes as long as the floor */
	bool reserved;  /* one of the account's attempts is taken */
	bool throttled; /* none of them is left */
	bool counts;    /* the directory refused the password, or may have */
};

static enum directory_result
ask_password(struct attempt *t, struct err *e)
{
	const char *dn = t->out->person.dn;
	enum directory_result r =
	    directory_password_check(t->d, dn, t->try->password, e);

	t->counts = r != DIRECTORY_OK;
	if (r == DIRECTORY_OK)
		return directory_groups_of(t->d, t->a, dn, &t->groups, &t->n,
		    e);
	t->out->reason = r == DIRECTORY_BAD_CREDENTIALS ?
	    arena_printf(t->a, "wrong password: %s", directory_reason(t->d)) :
	    directory_result_name(r);
	return r;
}

/* What the directory says goes to *r, the reason of a refusal to t->out.
 * -1: the database failed. */
static int
ask_directory(struct attempt *t, enum directory_result *r, struct err *e)
{
	struct directory_person *p = &t->out->person;

	*r = directory_person_find(t->d, t->a, t->try->username, p, e);
	if (*r != DIRECTORY_OK) {
		t->out->reason = *r == DIRECTORY_NOT_FOUND ?
		    "the directory does not know the name" :
		    directory_result_name(*r);
		return 0;
	}
	*r = DIRECTORY_BAD_CREDENTIALS;
	if (p->disabled) {
		t->out->reason = "the account is disabled or locked";
		return 0;
	}
	t->throttle.directory_id = p->id;
	if (throttle_account(&t->throttle, &t->reserved, e) < 0)
		return -1;
	if (t->reserved)
		*r = ask_password(t, e);
	else
		t->throttled = true;
	return 0;
}

/* A person who can come in: by the sign-in group, by a mapping, or by name.
 * Acting for somebody else opens no door. */
static int
admit(struct attempt *t, const struct login_rules *rules, struct err *e)
{
	const struct login *l = t->out;
	struct session_row *rows = NULL;
	size_t nrows = 0;
	bool named = false;

	if (rules->signin_group == NULL ||
	    in_group(rules->signin_group, t->groups, t->n))
		return 0;
	if (session_store_grants(t->throttle.db, l->group_ids, &rows, &nrows,
		e) < 0)
		return -1;
	if (nrows > 0)
		return 0;
	if (designation_store_admits(t->throttle.db, l->person.id,
		date_of_instant(t->try->now), &named, e) < 0)
		return -1;
	if (named)
		return 0;
	return err_set(e, ERR_FORBIDDEN,
	    "You are not in a group that may use the register. Ask your "
	    "service desk for access.");
}

static int
refused(struct login *out, const char *reason, struct err *e)
{
	out->reason = reason;
	return err_set(e, ERR_BAD_CREDENTIALS, REFUSED_TEXT);
}

/* A flood must not fill the audit trail: one event, and how many followed. */
static int
throttled(struct attempt *t, struct err *e)
{
	struct err ignored = { 0 };
	int64_t before = 0;
	bool first = true;

	if (throttle_refused(&t->throttle, &first, &before, &ignored) == 0)
		t->out->counted = !first;
	if (before > 0)
		return refused(t->out,
		    arena_printf(t->a,
			TOO_MANY ", and %lld more before that were counted",
			(long long)before),
		    e);
	return refused(t->out, TOO_MANY, e);
}

static bool
is_sendable(const struct login_try *try)
{
	const struct secret *p = try->password;

	return p->len > 0 && p->len <= DIRECTORY_PASSWORD_MAX &&
	    memchr(p->bytes, '\0', p->len) == NULL &&
	    strlen(try->username) <= USERNAME_MAX;
}

/* Between the two throttles the directory says whose account it is. */
static int
check(struct attempt *t, struct err *e)
{
	enum directory_result r = DIRECTORY_DOWN;
	bool may = false;
	int rc;

	if (throttle_address(&t->throttle, &may, e) < 0)
		return -1;
	if (!may) {
		/* it says nothing of any account, and a worker that waits is
		 * what a flood is after */
		t->waits = false;
		return throttled(t, e);
	}
	if (!is_sendable(t->try))
		return refused(t->out, "refused before any network", e);
	directory_deadline_begin(t->d);
	rc = ask_directory(t, &r, e);
	directory_deadline_end(t->d);
	if (rc < 0)
		return -1;
	if (r == DIRECTORY_DOWN) {
		if (!t->counts)
			throttle_give_back(&t->throttle, t->reserved);
		return err_set(e, ERR_DIRECTORY_DOWN,
		    "The directory does not answer. Try again in a minute.");
	}
	if (t->throttled)
		return throttled(t, e);
	if (r != DIRECTORY_OK)
		return refused(t->out, t->out->reason, e);
	if (throttle_forgive(&t->throttle, e) < 0)
		return -1;
	t->out->group_ids = join_ids(t->a, t->groups, t->n);
	return 0;
}

/* A refusal is told no sooner, whatever the directory said and whatever is
 * written about it. */
static struct timespec
floor_of(struct timespec began, int64_t floor_ms)
{
	began.tv_sec += (time_t)(floor_ms / 1000);
	began.tv_nsec += (long)(floor_ms % 1000) * 1000000L;
	if (began.tv_nsec >= 1000000000L) {
		began.tv_sec++;
		began.tv_nsec -= 1000000000L;
	}
	return began;
}

int
login_check(struct db *db, struct directory *d, struct arena *a,
    const struct login_rules *rules, const struct login_try *try,
    struct login *out, struct err *e)
{
	struct attempt t = { .d = d,
		.a = a,
		.try = try,
		.out = out,
		.waits = true };
	struct timespec began;

	clock_gettime(CLOCK_MONOTONIC, &began);
	memset(out, 0, sizeof(*out));
	t.throttle = (struct throttle){
		.db = db,
		.lockout_threshold = rules->lockout_threshold,
		.address = try->address,
		.now = try->now,
	};
	if (check(&t, e) == 0)
		return admit(&t, rules, e);
	if (e->kind == ERR_BAD_CREDENTIALS && t.waits)
		out->not_before = floor_of(began, rules->answer_floor_ms);
	return -1;
}

int
login_open(struct db *db, struct arena *a, const struct login_rules *rules,
    const struct login *l, const char *address, const char *agent,
    instant_t now, struct who *who, const char **token, struct err *e)
{
	const struct directory_person *p = &l->person;
	const struct person_seen seen = { p->id, p->uid, p->dn, p->name,
		p->mail, p->title, p->department, p->manager_dn, now };
	unsigned char bytes[SESSION_TOKEN_LEN];
	unsigned char hash[SESSION_TOKEN_LEN];
	struct session_row *rows = NULL;
	struct session_new s = { .hash = hash };
	size_t n = 0;

	if (person_store_put(db, &seen, &s.person_id, e) < 0)
		return -1;
	random_bytes(bytes, sizeof(bytes));
	sha256(bytes, sizeof(bytes), hash);
	*token = base64url_encode(a, bytes, sizeof(bytes));
	explicit_bzero(bytes, sizeof(bytes));
	s.group_ids = l->group_ids;
	s.now = now;
	s.expires_at = now + rules->absolute_hours * 3600 * US_PER_SECOND;
	s.address = address != NULL ? address : "";
	s.agent = agent != NULL ? agent : "";
	if (session_store_add(db, &s, e) < 0 ||
	    session_store_find(db, hash, &rows, &n, e) < 0)
		return -1;
	if (n == 0)
		return err_set(e, ERR_INTERNAL, "The session is missing.");
	*who = session_who(a, hash, rows, n);
	return session_add_acts(db, a, now, who, e);
}

static int
gone(struct err *e)
{
	return err_set(e, ERR_FORBIDDEN,
	    "The directory does not know your account any more.");
}

/* Somebody on whose behalf the person acts, as the directory says. */
struct principal {
	struct act_row received;
	const char *groups; /* NULL: no account any more, so nothing to give */
};

/* A decision being prepared. */
struct refresh {
	struct db *db;
	struct directory *d;
	struct arena *a;
	struct who *who;
	struct act_row *acts;
	size_t nacts;
	struct principal *principals;
	size_t nprincipals;
};

static enum directory_result
read_groups(struct refresh *r, const char *directory_id,
    struct directory_person *p, const char **groups, struct err *e)
{
	struct directory_group *found = NULL;
	enum directory_result result =
	    directory_person_by_id(r->d, r->a, directory_id, p, e);
	size_t n = 0;

	if (result == DIRECTORY_OK)
		result = directory_groups_of(r->d, r->a, p->dn, &found, &n, e);
	*groups = result == DIRECTORY_OK && !p->disabled ?
	    join_ids(r->a, found, n) :
	    NULL;
	return result;
}

static enum directory_result
read_principals(struct refresh *r, struct err *e)
{
	r->principals = arena_array(r->a, r->nacts, sizeof(*r->principals));
	for (size_t i = 0; i < r->nacts; i++) {
		const struct act_row *row = &r->acts[i];
		struct principal *p = &r->principals[r->nprincipals];
		struct directory_person person;

		if (row->kind != ACT_RECEIVED || !row->holds)
			continue;
		p->received = *row;
		if (read_groups(r, row->directory_id, &person, &p->groups, e) ==
		    DIRECTORY_DOWN)
			return DIRECTORY_DOWN;
		r->nprincipals++;
	}
	return DIRECTORY_OK;
}

/* The person and whoever they act for, in one budget. */
static int
refresh_read(struct refresh *r, struct err *e)
{
	enum directory_result result;
	struct directory_person p;

	directory_deadline_begin(r->d);
	result = read_groups(r, r->who->directory_id, &p, &r->who->groups, e);
	if (result == DIRECTORY_OK)
		result = read_principals(r, e);
	directory_deadline_end(r->d);
	if (result == DIRECTORY_DOWN)
		return err_set(e, ERR_DIRECTORY_DOWN,
		    "The directory does not answer, so your role cannot be "
		    "checked. Nothing was decided; try again in a minute.");
	if (result != DIRECTORY_OK || r->who->groups == NULL)
		return gone(e);
	r->who->title = p.title;
	return 0;
}

static bool
has_account(const struct refresh *r, int64_t delegation_id)
{
	for (size_t i = 0; i < r->nprincipals; i++) {
		if (r->principals[i].received.delegation_id == delegation_id)
			return r->principals[i].groups != NULL;
	}
	return false;
}

/* What was only mirrored goes, and with an account all it gave. */
static size_t
keep_acts(struct refresh *r)
{
	size_t kept = 0;

	for (size_t i = 0; i < r->nacts; i++) {
		const struct act_row *row = &r->acts[i];

		if (row->kind == ACT_MIRRORED ||
		    (row->kind == ACT_ON_BEHALF &&
			!has_account(r, row->delegation_id)))
			continue;
		r->acts[kept++] = *row;
	}
	return kept;
}

static int
add_principal(struct refresh *r, const struct principal *p, struct err *e)
{
	struct session_row *rows = NULL;
	struct who *w = r->who;
	struct grant *theirs, *all;
	size_t n = 0, given = 0;

	if (p->groups == NULL)
		return 0;
	if (session_store_grants(r->db, p->groups, &rows, &n, e) < 0)
		return -1;
	theirs = grants_of_rows(r->a, rows, n, &given);
	given = grants_on_behalf(theirs, given, &p->received);
	if (given == 0)
		return 0;
	all = arena_array(r->a, w->ngrants + given, sizeof(*all));
	if (w->ngrants > 0)
		memcpy(all, w->grants, w->ngrants * sizeof(*all));
	memcpy(all + w->ngrants, theirs, given * sizeof(*all));
	w->grants = all;
	w->ngrants += given;
	w->classes = classes_of_grants(w->grants, w->ngrants);
	return 0;
}

static int
refresh_grants(struct refresh *r, struct err *e)
{
	struct session_row *rows = NULL;
	struct who *w = r->who;
	size_t n = 0;

	if (session_store_grants(r->db, w->groups, &rows, &n, e) < 0)
		return -1;
	w->grants = grants_of_rows(r->a, rows, n, &w->ngrants);
	w->classes = classes_of_grants(w->grants, w->ngrants);
	w->npartners = 0;
	acts_apply(r->a, r->acts, keep_acts(r), w);
	for (size_t i = 0; i < r->nprincipals; i++) {
		if (add_principal(r, &r->principals[i], e) < 0)
			return -1;
	}
	return 0;
}

int
login_refresh(struct db *db, struct directory *d, struct arena *a,
    instant_t now, struct who *who, struct err *e)
{
	struct refresh r = { .db = db, .d = d, .a = a, .who = who };
	date_t today = date_of_instant(now);

	if (who->acts_until >= today &&
	    acts_store_of(db, who->person_id, today, now, &r.acts, &r.nacts,
		e) < 0)
		return -1;
	if (refresh_read(&r, e) < 0)
		return -1;
	return refresh_grants(&r, e);
}
