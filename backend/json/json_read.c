/*
 * yajl parses, this file bounds it. Before yajl sees the text one pass looks
 * for what yajl lets through: bytes that are not UTF-8, a BOM, NUL and lone
 * surrogates in escapes, form feed and vertical tab as white space. The
 * callbacks then build the tree and count depth and items; yajl itself has
 * no limits and reports a name that comes twice as two members.
 *
 * All memory of the parser is on the arena, so nothing is left behind when
 * it gives up half-way.
 */
#include "json/json_read.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <yajl/yajl_parse.h>

#include "base/utf8.h"

struct reader {
	struct arena *arena;
	struct json *root;
	struct json *open[JSON_DEPTH_MAX]; /* containers not closed yet */
	struct json *last[JSON_DEPTH_MAX]; /* their last children so far */
	size_t depth;
	const char *key;   /* of the value that comes next */
	const char *fault; /* why a callback stopped the parser */
};

static int
stop(struct reader *r, const char *fault)
{
	r->fault = fault;
	return 0;
}

/* A new value at the place the parser is at; NULL when there is no room. */
static struct json *
add(struct reader *r, enum json_type type)
{
	struct json *v = ARENA_NEW(r->arena, struct json);
	struct json *parent;

	v->type = type;
	if (r->depth == 0) {
		r->root = v;
		return v;
	}
	parent = r->open[r->depth - 1];
	if (parent->nchildren == JSON_ITEMS_MAX) {
		r->fault = "an object or list has too many members";
		return NULL;
	}
	parent->nchildren++;
	v->key = r->key;
	r->key = NULL;
	if (parent->first == NULL)
		parent->first = v;
	else
		r->last[r->depth - 1]->next = v;
	r->last[r->depth - 1] = v;
	return v;
}

static int
on_null(void *ctx)
{
	return add(ctx, JSON_NULL) != NULL;
}

static int
on_bool(void *ctx, int truth)
{
	struct json *v = add(ctx, JSON_BOOL);

	if (v == NULL)
		return 0;
	v->truth = truth != 0;
	return 1;
}

static int
add_text(struct reader *r, enum json_type type, const char *s, size_t len)
{
	struct json *v = add(r, type);

	if (v == NULL)
		return 0;
	v->text = arena_strndup(r->arena, s, len);
	return 1;
}

static int
on_number(void *ctx, const char *s, size_t len)
{
	return add_text(ctx, JSON_NUMBER, s, len);
}

static int
on_string(void *ctx, const unsigned char *s, size_t len)
{
	return add_text(ctx, JSON_STRING, (const char *)s, len);
}

static int
on_key(void *ctx, const unsigned char *s, size_t len)
{
	struct reader *r = ctx;

	r->key = arena_strndup(r->arena, (const char *)s, len);
	return 1;
}

static int
push(struct reader *r, enum json_type type)
{
	struct json *v;

	if (r->depth == JSON_DEPTH_MAX)
		return stop(r, "values are nested too deep");
	v = add(r, type);
	if (v == NULL)
		return 0;
	r->open[r->depth] = v;
	r->last[r->depth] = NULL;
	r->depth++;
	return 1;
}

static int
on_start_object(void *ctx)
{
	return push(ctx, JSON_OBJECT);
}

static int
on_start_array(void *ctx)
{
	return push(ctx, JSON_ARRAY);
}

static int
on_end_array(void *ctx)
{
	struct reader *r = ctx;

	r->depth--;
	return 1;
}

static int
compare_keys(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted, because a thousand names compared pair by pair take too long. */
static bool
has_duplicate(struct arena *a, const struct json *obj)
{
	struct arena_mark mark = arena_mark(a);
	const char **keys = arena_array(a, obj->nchildren, sizeof(*keys));
	const struct json *v = obj->first;
	bool found = false;

	for (size_t i = 0; i < obj->nchildren; i++, v = v->next)
		keys[i] = v->key;
	qsort(keys, obj->nchildren, sizeof(*keys), compare_keys);
	for (size_t i = 1; i < obj->nchildren && !found; i++)
		found = strcmp(keys[i - 1], keys[i]) == 0;
	arena_rewind(a, mark);
	return found;
}

static int
on_end_object(void *ctx)
{
	struct reader *r = ctx;

	r->depth--;
	if (has_duplicate(r->arena, r->open[r->depth]))
		return stop(r, "an object has the same name twice");
	return 1;
}

/* In front of each block of yajl's: its size, which realloc must know. */
union head {
	size_t size;
	max_align_t align;
};

static void *
yajl_get(void *ctx, size_t n)
{
	union head *h = arena_alloc(ctx, sizeof(*h) + n);

	h->size = n;
	return h + 1;
}

static void
yajl_drop(void *ctx, void *p)
{
	(void)ctx;
	/* Decoded strings pass through here, passwords among them. */
	if (p != NULL)
		explicit_bzero(p, ((union head *)p - 1)->size);
}

static void *
yajl_resize(void *ctx, void *p, size_t n)
{
	size_t old = p != NULL ? ((union head *)p - 1)->size : 0;
	void *q = yajl_get(ctx, n);

	if (p != NULL)
		memcpy(q, p, old < n ? old : n);
	yajl_drop(ctx, p);
	return q;
}

/* Four hex digits at s, or -1. */
static int
hex4(const char *s, size_t len)
{
	int v = 0;

	if (len < 4)
		return -1;
	for (size_t i = 0; i < 4; i++) {
		static const char digits[] = "00112233445566778899aAbBcCdDeEfF";
		const char *at = s[i] != '\0' ? strchr(digits, s[i]) : NULL;

		if (at == NULL)
			return -1;
		v = v << 4 | (int)((at - digits) / 2);
	}
	return v;
}

/* What is wrong with the escape at s ("\..."); *used bytes are looked at. */
static const char *
escape_fault(const char *s, size_t len, size_t *used)
{
	int v = len >= 2 && s[1] == 'u' ? hex4(s + 2, len - 2) : -1;

	*used = len < 2 ? 1 : 2;
	if (v < 0)
		return NULL; /* a plain escape, or yajl will refuse it */
	*used = 6;
	if (v == 0)
		return "a text contains the character NUL";
	if (v < 0xd800 || v > 0xdfff)
		return NULL;
	if (v <= 0xdbff && len >= 12 && s[6] == '\\' && s[7] == 'u') {
		int low = hex4(s + 8, len - 8);

		*used = 12;
		if (low >= 0xdc00 && low <= 0xdfff)
			return NULL;
	}
	return "a text contains half a character (a lone surrogate)";
}

/* First fault that yajl would not find, and where; NULL when there is none. */
static const char *
scan(const char *text, size_t len, size_t *at)
{
	const char *fault = NULL;
	uint32_t cp;
	size_t n;

	*at = 0;
	if (len == 0)
		return "there is no content";
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		return "there is a byte order mark";
	for (; *at < len; *at += n) {
		n = utf8_decode(text + *at, len - *at, &cp);
		if (n == 0)
			return "the text is not UTF-8";
		if (cp < 0x20 && cp != '\t' && cp != '\n' && cp != '\r')
			return "there is a control character";
		if (cp == '\\')
			fault = escape_fault(text + *at, len - *at, &n);
		if (fault != NULL)
			return fault;
	}
	return NULL;
}

static void
parser_close(yajl_handle *h)
{
	yajl_free(*h);
}

/* Parse; returns what is wrong, and where, or NULL. */
static const char *
run(struct reader *r, const char *text, size_t len, size_t *at)
{
	static const yajl_callbacks callbacks = {
		.yajl_null = on_null,
		.yajl_boolean = on_bool,
		.yajl_number = on_number,
		.yajl_string = on_string,
		.yajl_start_map = on_start_object,
		.yajl_map_key = on_key,
		.yajl_end_map = on_end_object,
		.yajl_start_array = on_start_array,
		.yajl_end_array = on_end_array,
	};
	yajl_alloc_funcs memory = { yajl_get, yajl_resize, yajl_drop,
		r->arena };
	__attribute__((cleanup(parser_close))) yajl_handle h =
	    yajl_alloc(&callbacks, &memory, r);

	if (yajl_parse(h, (const unsigned char *)text, len) != yajl_status_ok) {
		*at = yajl_get_bytes_consumed(h);
		return r->fault != NULL ? r->fault : "this is not JSON";
	}
	/* So far yajl is content with half a document, or with none. */
	*at = len;
	if (yajl_complete_parse(h) != yajl_status_ok || r->root == NULL)
		return "the JSON ends too early";
	return NULL;
}

struct json *
json_parse(struct arena *a, const char *text, size_t len, struct err *e)
{
	struct reader r = { .arena = a };
	size_t at;
	const char *fault = scan(text, len, &at);

	if (fault == NULL)
		fault = run(&r, text, len, &at);
	if (fault == NULL)
		return r.root;
	err_set(e, ERR_BAD_REQUEST,
	    "The body could not be read: %s, at byte %zu", fault, at);
	return NULL;
}

const struct json *
json_member(const struct json *obj, const char *key)
{
	if (obj->type != JSON_OBJECT)
		return NULL;
	for (const struct json *v = obj->first; v != NULL; v = v->next)
		if (strcmp(v->key, key) == 0)
			return v;
	return NULL;
}
