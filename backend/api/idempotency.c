/*
 * The key is scoped to the person and stored as its hash. What the key
 * stands for is method, path, query and body; the same key for anything else is
 * a mistake of the client and never answered from the store.
 */
#include "api/idempotency.h"

#include <string.h>

#include "base/token.h"
#include "crypto/crypto.h"
#include "store/idempotency_store.h"

_Static_assert(sizeof(((struct idempotency_key *)0)->hash) == SHA256_LEN,
    "the key is kept as SHA-256");

bool
idempotency_applies(const struct ctx *c)
{
	return c->route->flags & ROUTE_IDEMPOTENT &&
	    c->req->idempotency_key != NULL && c->who.person_id != 0;
}

static struct idempotency_key
key_of(const struct ctx *c)
{
	struct idempotency_key key = { .person_id = c->who.person_id };
	const char *text = c->req->idempotency_key;

	sha256(text, strlen(text), key.hash);
	return key;
}

static const char *
route_text(const struct ctx *c)
{
	return arena_printf(c->arena, "%s %s", method_names[c->route->method],
	    c->route->path);
}

/* Path, query and body; a line feed cannot be part of the first two. */
static const char *
hash_of_request(const struct ctx *c)
{
	unsigned char digest[SHA256_LEN];
	char *hex = arena_alloc(c->arena, 2 * SHA256_LEN + 1);
	struct sha256_stream *s = sha256_open();

	sha256_add(s, c->req->path, strlen(c->req->path));
	for (size_t i = 0; i < c->req->nquery; i++) {
		const struct param *p = &c->req->query[i];

		sha256_add(s, "\n?", 2);
		sha256_add(s, p->name, strlen(p->name));
		sha256_add(s, "\n=", 2);
		sha256_add(s, p->value, strlen(p->value));
	}
	sha256_add(s, "\n", 1);
	sha256_add(s, c->req->body, c->req->body_len);
	sha256_close(s, digest);
	hex_encode(digest, SHA256_LEN, hex);
	return hex;
}

static void
header_again(struct ctx *c, const char *name, const char *value)
{
	if (value != NULL && value[0] != '\0')
		response_header(c->res, name, value);
}

static void
answer_again(struct ctx *c, const struct idempotency_answer *answer)
{
	response_init(c->res, c->arena);
	c->res->status = (int)answer->status;
	if (answer->body[0] != '\0') {
		c->res->content_type = "application/json; charset=utf-8";
		buf_str(&c->res->body, answer->body);
	}
	header_again(c, "ETag", answer->etag);
	header_again(c, "Location", answer->location);
	response_header(c->res, "Idempotency-Replayed", "true");
	c->replayed = true;
}

int
idempotency_replay(struct ctx *c, struct err *e)
{
	struct idempotency_answer answer = { 0 };
	struct idempotency_key key;
	int found;

	if (!idempotency_applies(c))
		return 0;
	key = key_of(c);
	found = idempotency_store_find(c->db, &key, &answer, e);
	if (found <= 0)
		return found;
	if (strcmp(answer.route, route_text(c)) != 0 ||
	    strcmp(answer.body_hash, hash_of_request(c)) != 0)
		return err_set(e, ERR_KEY_REUSED,
		    "This Idempotency-Key was used for another request.");
	answer_again(c, &answer);
	return 1;
}

static const char *
header_of(const struct response *r, const char *name)
{
	for (size_t i = 0; i < r->nheaders; i++)
		if (strcmp(r->headers[i].name, name) == 0)
			return r->headers[i].value;
	return NULL;
}

int
idempotency_keep(struct ctx *c, struct err *e)
{
	struct idempotency_answer answer;
	struct idempotency_key key;
	int added;

	if (!idempotency_applies(c))
		return 0;
	key = key_of(c);
	answer = (struct idempotency_answer){
		.route = route_text(c),
		.body_hash = hash_of_request(c),
		.status = c->res->status,
		.etag = header_of(c->res, "ETag"),
		.location = header_of(c->res, "Location"),
		.body = buf_text(&c->res->body),
	};
	added = idempotency_store_add(c->db, &key, &answer, c->now, e);
	if (added != 0)
		return added < 0 ? -1 : 0;
	return err_set(e, ERR_DB_RETRY, "the key was used a moment ago");
}
