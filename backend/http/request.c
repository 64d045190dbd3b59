/*
 * A table says which parameters we read and how long they may be. A client
 * can send a header twice, with control bytes, or none at all; nginx passes
 * that on, so it is refused here, for each parameter of the table alike.
 */
#include "http/request.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/token.h"
#include "base/utf8.h"
#include "http/path.h"
#include "http/query.h"

const char *const method_names[METHOD__MAX] = { NULL, "GET", "POST", "PUT",
	"DELETE" };
_Static_assert(sizeof(method_names) / sizeof(method_names[0]) == METHOD__MAX,
    "a name for each method");

enum wanted {
	WANTED_ID,
	WANTED_METHOD,
	WANTED_URI,
	WANTED_LENGTH, /* compared by fcgi.c; here only the duplicates */
	WANTED_ADDRESS,
	WANTED_TYPE,
	WANTED_COOKIE,
	WANTED_ORIGIN,
	WANTED_FETCH_SITE,
	WANTED_FETCH_MODE,
	WANTED_IF_MATCH,
	WANTED_IF_NONE_MATCH,
	WANTED_KEY,
	WANTED_AGENT,
	WANTED__MAX
};

#define NO_COMMA 1u /* a list here means that the header came twice */
#define CLEANED 2u  /* odd bytes are replaced instead of refused */
#define HIGH_OK 4u  /* bytes above 127: other people's cookies have them */

/* clang-format off */
static const struct wanted_row {
	const char *name;
	size_t max;
	unsigned flags;
} wanted_rows[WANTED__MAX] = {
	[WANTED_ID]            = { "REQUEST_ID", 64, 0 },
	[WANTED_METHOD]        = { "REQUEST_METHOD", 32, 0 },
	[WANTED_URI]           = { "REQUEST_URI", REQUEST_PATH_MAX + REQUEST_QUERY_MAX + 1, 0 },
	[WANTED_LENGTH]        = { "CONTENT_LENGTH", 20, 0 },
	[WANTED_ADDRESS]       = { "REMOTE_ADDR", 64, 0 },
	[WANTED_TYPE]          = { "HTTP_CONTENT_TYPE", 128, NO_COMMA },
	[WANTED_COOKIE]        = { "HTTP_COOKIE", REQUEST_HEADER_MAX, HIGH_OK },
	[WANTED_ORIGIN]        = { "HTTP_ORIGIN", 256, NO_COMMA },
	[WANTED_FETCH_SITE]    = { "HTTP_SEC_FETCH_SITE", 32, NO_COMMA },
	[WANTED_FETCH_MODE]    = { "HTTP_SEC_FETCH_MODE", 32, NO_COMMA },
	[WANTED_IF_MATCH]      = { "HTTP_IF_MATCH", 128, NO_COMMA },
	[WANTED_IF_NONE_MATCH] = { "HTTP_IF_NONE_MATCH", 256, 0 },
	[WANTED_KEY]           = { "HTTP_IDEMPOTENCY_KEY", 128, NO_COMMA },
	[WANTED_AGENT]         = { "HTTP_USER_AGENT", SIZE_MAX, CLEANED },
};
/* clang-format on */

#define USER_AGENT_MAX 256

/* Only where a route takes a file is that type taken at all. */
size_t
request_body_max(const char *type)
{
	return type != NULL && strcmp(type, "application/octet-stream") == 0 ?
	    REQUEST_FILE_MAX :
	    REQUEST_BODY_MAX;
}

bool
request_wants(const char *name, size_t len)
{
	for (size_t i = 0; i < WANTED__MAX; i++)
		if (strlen(wanted_rows[i].name) == len &&
		    memcmp(wanted_rows[i].name, name, len) == 0)
			return true;
	return false;
}

static bool
is_printable(const char *s, bool high_ok)
{
	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;

		if (c < ' ' || c == 0x7f || (c > 0x7f && !high_ok))
			return false;
	}
	return true;
}

/* Fill values[] by the table; the first fault of any parameter is told. */
static int
collect(const struct request_raw *raw, const char *values[WANTED__MAX],
    struct err *e)
{
	for (size_t i = 0; i < raw->nparams; i++) {
		const struct param *p = &raw->params[i];

		for (size_t k = 0; k < WANTED__MAX; k++) {
			const struct wanted_row *row = &wanted_rows[k];

			if (strcmp(p->name, row->name) != 0)
				continue;
			if (values[k] != NULL)
				err_set(e, ERR_BAD_REQUEST,
				    "The header %s is given twice.", row->name);
			else
				values[k] = p->value;
		}
	}
	return e->kind == ERR_NONE ? 0 : -1;
}

static int
check_values(const char *values[WANTED__MAX], struct err *e)
{
	for (size_t k = 0; k < WANTED__MAX; k++) {
		const struct wanted_row *row = &wanted_rows[k];
		const char *v = values[k];

		if (v == NULL || row->flags & CLEANED)
			continue;
		if (strlen(v) > row->max)
			return err_set(e, ERR_BAD_REQUEST,
			    "%s is longer than %zu bytes.", row->name,
			    row->max);
		if (!is_printable(v, (row->flags & HIGH_OK) != 0) ||
		    (row->flags & NO_COMMA && strchr(v, ',') != NULL))
			return err_set(e, ERR_BAD_REQUEST,
			    "%s has characters it may not have.", row->name);
	}
	return 0;
}

static bool
is_id(const char *s)
{
	size_t len = strspn(s, "0123456789abcdefABCDEF-");

	return len >= 8 && len <= 64 && s[len] == '\0';
}

static const char *
new_id(struct arena *a)
{
	unsigned char bytes[16];
	char *text = arena_alloc(a, 2 * sizeof(bytes) + 1);

	/* Short reads are impossible up to 256 bytes; no entropy is fatal. */
	if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
		abort();
	hex_encode(bytes, sizeof(bytes), text);
	return text;
}

static const char *
clean_agent(struct arena *a, const char *s)
{
	char *out;

	if (s == NULL)
		return "";
	out = arena_strndup(a, s, strnlen(s, USER_AGENT_MAX));
	for (char *p = out; *p != '\0'; p++)
		if (*p < ' ' || *p > '~')
			*p = '?';
	return out;
}

static enum method
method_of(const char *s)
{
	for (int m = METHOD__INVALID + 1; m < METHOD__MAX; m++)
		if (s != NULL && strcmp(s, method_names[m]) == 0)
			return (enum method)m;
	return METHOD__INVALID;
}

/* The value of our cookie; another name is none of our business. */
static int
read_cookie(struct request *r, const char *text, const char *name,
    struct err *e)
{
	size_t name_len = strlen(name);

	while (text != NULL && *text != '\0') {
		size_t len;

		text += strspn(text, " ;");
		len = strcspn(text, ";");
		if (len > name_len && text[name_len] == '=' &&
		    memcmp(text, name, name_len) == 0) {
			if (r->cookie != NULL)
				return err_set(e, ERR_BAD_REQUEST,
				    "The session cookie is given twice.");
			r->cookie = arena_strndup(r->arena, text + name_len + 1,
			    len - name_len - 1);
		}
		text += len;
	}
	return 0;
}

static int
read_uri(struct request *r, const char *uri, struct err *e)
{
	size_t len = uri != NULL ? strcspn(uri, "?") : 0;
	const char *query;

	if (len == 0 || len > REQUEST_PATH_MAX)
		return err_set(e, ERR_BAD_REQUEST,
		    "The address is missing or too long.");
	r->path = path_decode(r->arena, uri, len);
	if (r->path == NULL)
		return err_set(e, ERR_BAD_REQUEST,
		    "The address has characters it may not have.");
	query = uri[len] == '?' ? uri + len + 1 : "";
	if (strlen(query) > REQUEST_QUERY_MAX)
		return err_set(e, ERR_BAD_REQUEST,
		    "The query string is longer than %d bytes.",
		    REQUEST_QUERY_MAX);
	return query_parse(r->arena, query, &r->query, &r->nquery, e);
}

static int
read_body(struct request *r, const struct request_raw *raw, struct err *e)
{
	switch (raw->body_state) {
	case BODY_TOO_LARGE:
		return err_set(e, ERR_TOO_LARGE,
		    "The body is larger than %zu bytes.",
		    request_body_max(r->content_type));
	case BODY_CUT:
		return err_set(e, ERR_BAD_REQUEST,
		    "The body is shorter than its Content-Length.");
	case BODY_COMPLETE:
		break;
	}
	r->body = raw->body != NULL ? raw->body : "";
	r->body_len = raw->body_len;
	return 0;
}

static void
take_headers(struct request *r, const char *const values[WANTED__MAX])
{
	r->origin = values[WANTED_ORIGIN];
	r->fetch_site = values[WANTED_FETCH_SITE];
	r->fetch_mode = values[WANTED_FETCH_MODE];
	r->if_match = values[WANTED_IF_MATCH];
	r->if_none_match = values[WANTED_IF_NONE_MATCH];
	r->idempotency_key = values[WANTED_KEY];
	r->content_type = values[WANTED_TYPE];
}

int
request_read(struct request *r, const struct request_raw *raw,
    const char *cookie_name, struct err *e)
{
	const char *values[WANTED__MAX] = { NULL };
	int rc = collect(raw, values, e);
	const char *id = values[WANTED_ID];

	r->id = id != NULL && is_id(id) ? id : new_id(r->arena);
	r->method = method_of(values[WANTED_METHOD]);
	r->user_agent = clean_agent(r->arena, values[WANTED_AGENT]);
	r->method_text = "";
	r->remote_addr = "";
	r->path = "";
	r->body = "";
	if (rc < 0 || check_values(values, e) < 0)
		return -1;
	if (values[WANTED_METHOD] != NULL)
		r->method_text = values[WANTED_METHOD];
	if (values[WANTED_ADDRESS] != NULL)
		r->remote_addr = values[WANTED_ADDRESS];
	take_headers(r, values);
	if (read_uri(r, values[WANTED_URI], e) < 0 ||
	    read_cookie(r, values[WANTED_COOKIE], cookie_name, e) < 0)
		return -1;
	return read_body(r, raw, e);
}

const char *
request_query(const struct request *r, const char *name)
{
	for (size_t i = 0; i < r->nquery; i++)
		if (strcmp(r->query[i].name, name) == 0)
			return r->query[i].value;
	return NULL;
}
