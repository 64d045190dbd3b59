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
#include "domain/roles.h"
#include "session/session.h"
#include "session/throttle.h"
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

/* A person who can come in: by a mapping, or by the sign-in group. */
static int
admit(struct db *db, const struct login_rules *rules, const struct login *l,
    const struct directory_group *groups, size_t n, struct err *e)
{
	struct session_row *rows = NULL;
	size_t nrows = 0;

	if (rules->signin_group == NULL ||
	    in_group(rules->signin_group, groups, n))
		return 0;
	if (session_store_grants(db, l->group_ids, &rows, &nrows, e) < 0)
		return -1;
	if (nrows > 0)
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
		return admit(db, rules, out, t.groups, t.n, e);
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
	struct session_row *rows = NULL;
	struct session_new s = { 0 };
	struct who w = { 0 };
	size_t n = 0;

	if (person_store_put(db, &seen, &w.person_id, e) < 0 ||
	    session_store_grants(db, l->group_ids, &rows, &n, e) < 0)
		return -1;
	random_bytes(bytes, sizeof(bytes));
	sha256(bytes, sizeof(bytes), w.session_hash);
	*token = base64url_encode(a, bytes, sizeof(bytes));
	explicit_bzero(bytes, sizeof(bytes));
	s.hash = w.session_hash;
	s.person_id = w.person_id;
	s.group_ids = l->group_ids;
	s.now = now;
	s.expires_at = now + rules->absolute_hours * 3600 * US_PER_SECOND;
	s.address = address != NULL ? address : "";
	s.agent = agent != NULL ? agent : "";
	if (session_store_add(db, &s, e) < 0)
		return -1;
	w.directory_id = p->id;
	w.uid = p->uid;
	w.name = p->name;
	w.title = p->title;
	w.groups = l->group_ids;
	w.signed_in_at = now;
	w.session_expires_at = s.expires_at;
	w.grants = grants_of_rows(a, rows, n, &w.ngrants);
	w.classes = classes_of_grants(w.grants, w.ngrants);
	*who = w;
	return 0;
}

static int
gone(struct err *e)
{
	return err_set(e, ERR_FORBIDDEN,
	    "The directory does not know your account any more.");
}

int
login_refresh(struct db *db, struct directory *d, struct arena *a,
    struct who *who, struct err *e)
{
	struct directory_group *groups = NULL;
	struct directory_person p;
	struct session_row *rows = NULL;
	enum directory_result r;
	size_t ngroups = 0;
	size_t n = 0;

	directory_deadline_begin(d);
	r = directory_person_by_id(d, a, who->directory_id, &p, e);
	if (r == DIRECTORY_OK)
		r = directory_groups_of(d, a, p.dn, &groups, &ngroups, e);
	directory_deadline_end(d);
	if (r == DIRECTORY_DOWN)
		return err_set(e, ERR_DIRECTORY_DOWN,
		    "The directory does not answer, so your role cannot be "
		    "checked. Nothing was decided; try again in a minute.");
	if (r != DIRECTORY_OK || p.disabled)
		return gone(e);
	who->groups = join_ids(a, groups, ngroups);
	who->title = p.title;
	if (session_store_grants(db, who->groups, &rows, &n, e) < 0)
		return -1;
	who->grants = grants_of_rows(a, rows, n, &who->ngrants);
	who->classes = classes_of_grants(who->grants, who->ngrants);
	return 0;
}
