/*
 * The script is taken apart first and each statement filled in after, so
 * that nothing in a name or a password can end a statement. Text with a
 * password is wiped after use, and what the server says about such a
 * statement is not repeated, because it may quote it.
 */
#include "app/accounts.h"

#include <stdbool.h>
#include <string.h>

#include "app/sql_script.h"
#include "base/buf.h"
#include "db/db.h"

/* Text between quotes of that kind. */
static void
add_quoted(struct buf *b, char quote, const char *s)
{
	buf_char(b, quote);
	for (; *s != '\0'; s++) {
		if (*s == quote || (*s == '\\' && quote == '\''))
			buf_char(b, *s);
		buf_char(b, *s);
	}
	buf_char(b, quote);
}

static void
add_auth(struct buf *b, const struct account *account)
{
	if (account->password == NULL) {
		buf_str(b, "IDENTIFIED VIA unix_socket");
		return;
	}
	buf_str(b, "IDENTIFIED BY ");
	add_quoted(b, '\'', account->password);
}

static bool
is_word(const char *s, size_t len, const char *role, const char *what)
{
	size_t n = strlen(role);

	return len == n + strlen(what) && memcmp(s, role, n) == 0 &&
	    memcmp(s + n, what, len - n) == 0;
}

/* Put in what the placeholder stands for. */
static int
add_word(struct buf *b, const char *word, size_t len,
    const struct accounts *acc, bool *secret, struct err *e)
{
	if (is_word(word, len, "database", "")) {
		add_quoted(b, '`', acc->database);
		return 0;
	}
	for (size_t i = 0; i < acc->n; i++) {
		const struct account *account = &acc->list[i];

		if (is_word(word, len, account->role, "_user")) {
			add_quoted(b, '`', account->user);
			return 0;
		}
		if (is_word(word, len, account->role, "_auth")) {
			add_auth(b, account);
			*secret = true;
			return 0;
		}
	}
	return err_set(e, ERR_CONFLICT, "{%.*s} has no meaning", (int)len,
	    word);
}

/* The statement with everything filled in. */
static int
fill_in(struct buf *b, const char *stmt, const struct accounts *acc,
    bool *secret, struct err *e)
{
	for (const char *p = stmt; *p != '\0';) {
		size_t len = strspn(p + 1, "abcdefghijklmnopqrstuvwxyz_");

		if (*p != '{' || len == 0 || p[1 + len] != '}') {
			buf_char(b, *p++);
			continue;
		}
		if (add_word(b, p + 1, len, acc, secret, e) < 0)
			return -1;
		p += len + 2;
	}
	return 0;
}

static int
run_one(struct db *db, const char *stmt, const struct accounts *acc,
    struct arena *a, struct err *e)
{
	struct buf b;
	bool secret = false;
	int result;

	/* Room for all, so that growing leaves no copy behind. */
	buf_init(&b, a);
	buf_reserve(&b,
	    2 * strlen(stmt) + (size_t)16 * (ACCOUNT_PASSWORD_MAX + 64));
	result = fill_in(&b, stmt, acc, &secret, e);
	if (result == 0)
		result = db_text(db, buf_text(&b), NULL, NULL, e);
	explicit_bzero(b.data, b.cap);
	if (result < 0 && secret)
		explicit_bzero(e->cause, sizeof(e->cause));
	return result;
}

/* The room for a statement is reckoned with this limit. */
static int
check_texts(const struct accounts *acc, struct err *e)
{
	for (size_t i = 0; i < acc->n; i++) {
		const char *password = acc->list[i].password;

		if (password == NULL)
			continue;
		if (password[0] == '\0' ||
		    strlen(password) > ACCOUNT_PASSWORD_MAX)
			return err_set(e, ERR_CONFLICT,
			    "the password of %s should have 1 to %d characters",
			    acc->list[i].role, ACCOUNT_PASSWORD_MAX);
	}
	return 0;
}

int
accounts_apply(struct db *db, const char *path, const struct accounts *acc,
    struct arena *a, struct err *e)
{
	struct err fault = { 0 };
	struct sql_script script;
	const char *text;
	const char *stmt;
	unsigned line = 0;
	size_t len;
	int more;

	if (check_texts(acc, e) < 0 ||
	    sql_file_read(path, a, &text, &len, e) < 0)
		return -1;
	sql_script_init(&script, text);
	while ((more = sql_script_next(&script, a, &stmt, &line, &fault)) > 0) {
		if (run_one(db, stmt, acc, a, &fault) < 0) {
			err_set(e, fault.kind, "%s, line %u: %s", path, line,
			    fault.detail);
			return err_cause(e, "%s", fault.cause);
		}
	}
	if (more < 0)
		return err_set(e, fault.kind, "%s: %s", path, fault.detail);
	return 0;
}
