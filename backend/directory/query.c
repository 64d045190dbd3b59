/*
 * Searches. An LDAP answer has two results, that of the call and that inside
 * the message, and it can be partial in five ways: size limit, time limit,
 * referral, continuation references, value ranges. All end up as a failure
 * or as a flag the caller must look at.
 */
#include "directory/query.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/time.h>

#include <ldap.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/utf8.h"
#include "directory/connection.h"

/* One run of a query over one connection. */
struct run {
	struct directory *d;
	struct arena *arena;
	const struct query *q;
	struct answer *out;
	size_t cap;           /* entries there is room for */
	struct berval cookie; /* of the next page; bv_val from libldap */
	int64_t until_ms;     /* for this run; the call may have more */
	bool failed;          /* our own refusal, with the fault set */
};

const char *
entry_text(const struct entry *x, size_t attr)
{
	const struct value *v;

	if (x->nvalues[attr] == 0)
		return NULL;
	v = &x->values[attr][0];
	if (v->len == 0 || !utf8_is_valid(v->data, v->len) ||
	    utf8_has_control(v->data))
		return NULL;
	return v->data;
}

static char *
copy_bytes(struct arena *a, const struct berval *v)
{
	char *copy = (char *)arena_alloc(a, v->bv_len + 1);

	if (v->bv_len > 0)
		memcpy(copy, v->bv_val, v->bv_len);
	return copy;
}

static void
copy_values(struct run *r, LDAPMessage *m, struct entry *x, size_t attr)
{
	struct berval **list;
	struct value *v;
	int i, n;

	list = ldap_get_values_len(r->d->service.ld, m, r->q->attrs[attr]);
	n = ldap_count_values_len(list);
	if (n > 0) {
		v = (struct value *)arena_array(r->arena, (size_t)n,
		    sizeof(*v));
		for (i = 0; i < n; i++) {
			v[i].data = copy_bytes(r->arena, list[i]);
			v[i].len = list[i]->bv_len;
		}
		x->values[attr] = v;
		x->nvalues[attr] = (size_t)n;
	}
	ldap_value_free_len(list);
}

/* "member;range=0-1499" instead of "member": Active Directory cut the list. */
static bool
has_range(LDAP *ld, LDAPMessage *m)
{
	BerElement *ber = NULL;
	bool found = false;
	char *name;

	for (name = ldap_first_attribute(ld, m, &ber); name != NULL;
	     name = ldap_next_attribute(ld, m, ber)) {
		if (strcasestr(name, ";range=") != NULL)
			found = true;
		ldap_memfree(name);
	}
	ber_free(ber, 0);
	return found;
}

static struct entry *
next_entry(struct run *r)
{
	struct answer *out = r->out;
	struct entry *more;

	if (out->n == r->cap) {
		r->cap = r->cap == 0 ? 8 : r->cap * 2;
		more = (struct entry *)arena_array(r->arena, r->cap,
		    sizeof(*more));
		if (out->n > 0)
			memcpy(more, out->entries, out->n * sizeof(*more));
		out->entries = more;
	}
	return &out->entries[out->n++];
}

static int
copy_entries(struct run *r, LDAPMessage *res)
{
	LDAP *ld = r->d->service.ld;
	struct entry *x;
	LDAPMessage *m;
	char *dn;
	size_t i;

	for (m = ldap_first_entry(ld, res); m != NULL;
	     m = ldap_next_entry(ld, m)) {
		if (r->q->limit == 0 && r->out->n == r->q->max)
			return fault_set(r->d,
			    "more than %zu entries for %.200s", r->q->max,
			    r->q->filter);
		dn = ldap_get_dn(ld, m);
		if (dn == NULL)
			return fault_set(r->d, "an entry without a DN");
		x = next_entry(r);
		x->dn = arena_strdup(r->arena, dn);
		ldap_memfree(dn);
		for (i = 0; i < QUERY_ATTRS; i++)
			if (r->q->attrs[i] != NULL)
				copy_values(r, m, x, i);
		x->ranged = has_range(ld, m);
	}
	return 0;
}

static void
cookie_free(struct run *r)
{
	if (r->cookie.bv_val != NULL)
		ber_memfree(r->cookie.bv_val);
	r->cookie.bv_val = NULL;
	r->cookie.bv_len = 0;
}

/* The cookie of the next page, if the server answered with one. */
static void
read_cookie(struct run *r, LDAPControl **controls)
{
	LDAPControl *page;
	ber_int_t estimate;

	cookie_free(r);
	page = ldap_control_find(LDAP_CONTROL_PAGEDRESULTS, controls, NULL);
	if (page != NULL &&
	    ldap_parse_pageresponse_control(r->d->service.ld, page, &estimate,
		&r->cookie) != LDAP_SUCCESS)
		cookie_free(r);
}

/* Look at the result inside the message. Returns the LDAP code. */
static int
read_result(struct run *r, LDAPMessage *res)
{
	LDAPControl **controls = NULL;
	int code = LDAP_OTHER, rc;

	rc = ldap_parse_result(r->d->service.ld, res, &code, NULL, NULL, NULL,
	    &controls, 0);
	if (rc != LDAP_SUCCESS)
		return rc;
	read_cookie(r, controls);
	ldap_controls_free(controls);
	if (ldap_count_references(r->d->service.ld, res) > 0) {
		r->failed = true;
		(void)fault_set(r->d,
		    "%s: the answer refers to other servers; "
		    "choose a narrower base than %.120s",
		    r->d->service.server->uri, r->q->base);
	}
	return code;
}

/* Ask once; all entries of this page go to the answer. */
static int
ask(struct run *r, LDAPControl *page)
{
	LDAPControl *controls[] = { page, NULL };
	int64_t left = r->until_ms - clock_ms();
	struct timeval t;
	LDAPMessage *res = NULL;
	char *attrs[QUERY_ATTRS + 1];
	size_t i, n = 0;
	int code;

	for (i = 0; i < QUERY_ATTRS; i++)
		if (r->q->attrs[i] != NULL)
			attrs[n++] = arena_strdup(r->arena, r->q->attrs[i]);
	attrs[n] = NULL;
	if (left < 1 || connection_set_clock(&r->d->service, r->until_ms) != 0)
		return LDAP_TIMEOUT;
	t.tv_sec = (time_t)(left / 1000);
	t.tv_usec = (suseconds_t)(left % 1000 * 1000);
	code = ldap_search_ext_s(r->d->service.ld, r->q->base,
	    r->q->subtree ? LDAP_SCOPE_SUBTREE : LDAP_SCOPE_BASE, r->q->filter,
	    attrs, 0, page != NULL ? controls : NULL, NULL, &t,
	    (int)r->q->limit, &res);
	if (res != NULL &&
	    (code == LDAP_SUCCESS || code == LDAP_SIZELIMIT_EXCEEDED)) {
		code = read_result(r, res);
		if (!r->failed && copy_entries(r, res) == -1)
			r->failed = true;
	}
	(void)ldap_msgfree(res);
	return code;
}

static int
ask_page(struct run *r)
{
	LDAPControl *page = NULL;
	int code;

	code = ldap_create_page_control(r->d->service.ld, r->d->cfg.page_size,
	    &r->cookie, 0, &page);
	if (code != LDAP_SUCCESS)
		return code;
	code = ask(r, page);
	ldap_control_free(page);
	return code;
}

/* All pages, or the one limited answer. Returns the LDAP code. */
static int
run_once(struct run *r)
{
	int code;

	memset(r->out, 0, sizeof(*r->out));
	r->cap = 0;
	r->failed = false;
	if (r->q->limit != 0)
		return ask(r, NULL);
	do
		code = ask_page(r);
	while (code == LDAP_SUCCESS && !r->failed && r->cookie.bv_len > 0);
	cookie_free(r);
	return code;
}

/* Turn the code into an answer. 0, or -1 with the fault set. */
static int
judge(struct run *r, int code)
{
	if (r->failed)
		return -1;
	if (code == LDAP_SIZELIMIT_EXCEEDED && r->q->limit != 0)
		r->out->cut = true;
	else if (code == LDAP_NO_SUCH_OBJECT)
		r->out->no_base = true;
	else if (code != LDAP_SUCCESS)
		return fault_ldap(r->d, &r->d->service, "search", code);
	return 0;
}

/* Worth asking again over a new connection: a search changes nothing. */
static bool
is_lost(const struct directory *d, int code)
{
	return code == LDAP_SERVER_DOWN || code == LDAP_UNAVAILABLE ||
	    (code == LDAP_TIMEOUT && d->cfg.nuris > 1);
}

/* One connection, one run. 0, or -1 with the fault set. */
static int
attempt(struct run *r, bool *again)
{
	struct directory *d = r->d;
	const int64_t now = clock_ms();
	bool reused;
	int code, rc;

	*again = false;
	if (now >= d->until_ms)
		return d->fault[0] != '\0' ?
		    -1 :
		    fault_set(d, "no time was left for a search");
	if (service_open(d, &reused) == -1)
		return -1;
	/* an old connection may hang: leave time for another server */
	r->until_ms = d->until_ms;
	if (reused && d->cfg.nuris > 1)
		r->until_ms = now + (d->until_ms - now) / 2;
	code = run_once(r);
	rc = judge(r, code);
	if (code < 0 || code == LDAP_UNAVAILABLE) {
		if (!reused || code == LDAP_TIMEOUT)
			server_failed(d->service.server);
		service_close(d);
	}
	*again = reused && is_lost(d, code);
	return rc;
}

enum directory_result
query_run(struct directory *d, struct arena *a, const struct query *q,
    struct answer *out, struct err *e)
{
	struct answer answer = { .n = 0 };
	struct run r = { .d = d, .arena = a, .q = q, .out = &answer };
	bool again = false;
	int rc;

	do
		rc = attempt(&r, &again);
	while (rc == -1 && again);
	if (rc == -1)
		return directory_down(d, e);
	*out = answer;
	return DIRECTORY_OK;
}

enum directory_result
query_base(struct directory *d, struct arena *a, const struct query *q,
    struct answer *out, struct err *e)
{
	struct answer answer = { .n = 0 };
	enum directory_result rc;

	rc = query_run(d, a, q, &answer, e);
	if (rc != DIRECTORY_OK)
		return rc;
	if (answer.no_base) {
		(void)fault_set(d, "the base %.200s does not exist", q->base);
		return directory_down(d, e);
	}
	*out = answer;
	return DIRECTORY_OK;
}
