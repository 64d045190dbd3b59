/*
 * The order is fixed: bounds before any network, the throttle's slot before
 * the bind, the groups before the session. The register sends fewer wrong
 * passwords than would lock the directory account.
 */
#include "session/login.h"

#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/token.h"
#include "base/utf8.h"
#include "crypto/crypto.h"
#include "domain/roles.h"
#include "session/session.h"
#include "store/session_store.h"

#define ACCOUNT_WINDOW_US (30 * 60 * US_PER_SECOND)
#define ADDRESS_WINDOW_US (60 * US_PER_SECOND)
#define ADDRESS_ATTEMPTS 20
#define USERNAME_MAX 128
#define REFUSED_TEXT                                                 \
 "The name or the password is not right, or too many attempts were " \
 "made. After three wrong passwords wait half an hour."

static void
subject_of(const char *text, unsigned char out[32])
{
	char folded[USERNAME_MAX + 1];
	size_t n = 0;

	/* the directory ignores case, so must the count */
	for (; text[n] != '\0' && n < USERNAME_MAX; n++) {
		char ch = text[n];

		folded[n] = ch >= 'A' && ch <= 'Z' ? (char)(ch + 32) : ch;
	}
	sha256(folded, n, out);
}

static int64_t
account_attempts(const struct login_rules *rules)
{
	return rules->lockout_threshold > 2 ? rules->lockout_threshold - 2 : 1;
}

/* 1 when an attempt may be made, 0 when not, -1. */
static int
reserve(struct db *db, const struct login_rules *rules,
    const struct login_try *try, struct err *e)
{
	unsigned char account[32];
	unsigned char address[32];
	int64_t by_account = 0;
	int64_t by_address = 0;

	subject_of(try->username, account);
	subject_of(try->address, address);
	if (throttle_store_reserve(db, THROTTLE_ADDRESS, address, try->now,
		ADDRESS_WINDOW_US, &by_address, e) < 0)
		return -1;
	if (by_address > ADDRESS_ATTEMPTS)
		return 0;
	if (throttle_store_reserve(db, THROTTLE_ACCOUNT, account, try->now,
		ACCOUNT_WINDOW_US, &by_account, e) < 0)
		return -1;
	return by_account <= account_attempts(rules);
}

/* A good sign-in: wrong passwords before it count no more, and an address
 * that many people share is not held up by them. */
static int
forgive(struct db *db, const struct login_try *try, struct err *e)
{
	unsigned char account[32];
	unsigned char address[32];

	subject_of(try->username, account);
	subject_of(try->address, address);
	if (throttle_store_clear(db, THROTTLE_ACCOUNT, account, e) < 0)
		return -1;
	return throttle_store_release(db, THROTTLE_ADDRESS, address, e);
}

/* The directory was down before it saw the password: an outage must not
 * lock out those who tried during it. */
static void
give_back(struct db *db, const struct login_try *try)
{
	unsigned char account[32];
	unsigned char address[32];
	struct err ignored = { 0 };

	subject_of(try->username, account);
	subject_of(try->address, address);
	if (throttle_store_release(db, THROTTLE_ACCOUNT, account, &ignored) ==
	    0)
		(void)throttle_store_release(db, THROTTLE_ADDRESS, address,
		    &ignored);
}

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

/* What the directory says; the reason of a refusal goes to out. */
static enum directory_result
ask_directory(struct directory *d, struct arena *a, const struct login_try *try,
    struct login *out, struct directory_group **groups, size_t *n,
    struct err *e)
{
	enum directory_result r =
	    directory_person_find(d, a, try->username, &out->person, e);

	if (r == DIRECTORY_OK && out->person.disabled) {
		out->reason = "the account is disabled or locked";
		return DIRECTORY_BAD_CREDENTIALS;
	}
	if (r == DIRECTORY_OK) {
		r = directory_password_check(d, out->person.dn, try->password,
		    e);
		out->counts = r != DIRECTORY_OK;
	}
	if (r == DIRECTORY_OK)
		return directory_groups_of(d, a, out->person.dn, groups, n, e);
	out->reason = r == DIRECTORY_BAD_CREDENTIALS ?
	    arena_printf(a, "wrong password: %s", directory_reason(d)) :
	    directory_result_name(r);
	return r;
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
check(struct db *db, struct directory *d, struct arena *a,
    const struct login_rules *rules, const struct login_try *try,
    struct login *out, struct err *e)
{
	struct directory_group *groups = NULL;
	enum directory_result r;
	size_t n = 0;
	int may;

	if (try->password->len == 0 ||
	    try->password->len > DIRECTORY_PASSWORD_MAX ||
	    memchr(try->password->bytes, '\0', try->password->len) != NULL ||
	    strlen(try->username) > USERNAME_MAX) {
		out->reason = "refused before any network";
		return err_set(e, ERR_BAD_CREDENTIALS, REFUSED_TEXT);
	}
	may = reserve(db, rules, try, e);
	if (may < 0)
		return -1;
	if (may == 0) {
		out->reason = "too many attempts";
		return err_set(e, ERR_BAD_CREDENTIALS, REFUSED_TEXT);
	}
	directory_deadline_begin(d);
	r = ask_directory(d, a, try, out, &groups, &n, e);
	directory_deadline_end(d);
	if (r == DIRECTORY_DOWN) {
		if (!out->counts)
			give_back(db, try);
		return err_set(e, ERR_DIRECTORY_DOWN,
		    "The directory does not answer. Try again in a minute.");
	}
	if (r != DIRECTORY_OK)
		return err_set(e, ERR_BAD_CREDENTIALS, REFUSED_TEXT);
	if (forgive(db, try, e) < 0)
		return -1;
	out->group_ids = join_ids(a, groups, n);
	return admit(db, rules, out, groups, n, e);
}

/* A refusal takes no less than the floor, whatever its reason. */
static void
wait_floor(const struct timespec *began, int64_t floor_ms)
{
	struct timespec until = *began;

	until.tv_sec += (time_t)(floor_ms / 1000);
	until.tv_nsec += (long)(floor_ms % 1000) * 1000000L;
	if (until.tv_nsec >= 1000000000L) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000L;
	}
	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
}

int
login_check(struct db *db, struct directory *d, struct arena *a,
    const struct login_rules *rules, const struct login_try *try,
    struct login *out, struct err *e)
{
	struct timespec began;

	clock_gettime(CLOCK_MONOTONIC, &began);
	memset(out, 0, sizeof(*out));
	if (check(db, d, a, rules, try, out, e) == 0)
		return 0;
	if (e->kind == ERR_BAD_CREDENTIALS)
		wait_floor(&began, rules->answer_floor_ms);
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
	const char *id = NULL;
	enum directory_result r;
	size_t ngroups = 0;
	size_t n = 0;

	if (person_store_directory_id(db, who->person_id, &id, e) < 0)
		return -1;
	if (id == NULL)
		return gone(e);
	directory_deadline_begin(d);
	r = directory_person_by_id(d, a, id, &p, e);
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
