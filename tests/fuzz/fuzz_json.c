/*
 * libFuzzer target of the JSON reader. What is accepted must come out of the
 * writer as text that is accepted again and gives the same text.
 *
 * Built by hand, outside CMake: clang with -fsanitize=fuzzer,address,undefined
 * and -DEXREG_SANITIZE=1, include paths backend and tests, this file and all
 * of backend/base and backend/json, -lyajl.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "unit/json/sample.h"
#include "json/json_read.h"
#include "json/json_write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(bool holds)
{
	if (!holds)
		abort();
}

static void
put(struct json_writer *w, const struct json *v, size_t depth)
{
	check(depth <= JSON_DEPTH_MAX);
	switch (v->type) {
	case JSON_NULL:
		json_null(w, v->key);
		break;
	case JSON_BOOL:
		json_bool(w, v->key, v->truth);
		break;
	case JSON_NUMBER:
		json_raw(w, v->key, v->text);
		break;
	case JSON_STRING:
		check(utf8_is_valid(v->text, strlen(v->text)));
		json_str(w, v->key, v->text);
		break;
	case JSON_ARRAY:
	case JSON_OBJECT:
		check(v->nchildren <= JSON_ITEMS_MAX);
		if (v->type == JSON_ARRAY)
			json_array(w, v->key);
		else
			json_object(w, v->key);
		for (const struct json *c = v->first; c != NULL; c = c->next)
			put(w, c, depth + 1);
		json_end(w);
		break;
	case JSON__INVALID:
		abort();
	}
}

static const struct buf *
text_of(struct arena *a, const struct json *v)
{
	struct buf *out = ARENA_NEW(a, struct buf);
	struct json_writer w;

	buf_init(out, a);
	json_begin(&w, out);
	put(&w, v, 0);
	json_finish(&w);
	return out;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct err e;
	struct sample s;
	struct json *v;
	const struct buf *one;
	const struct buf *two;

	arena_init(&a);
	err_clear(&e);
	v = json_parse(&a, (const char *)data, size, &e);
	check((v == NULL) == (e.kind == ERR_BAD_REQUEST));
	if (v != NULL) {
		one = text_of(&a, v);
		v = json_parse(&a, buf_text(one), one->len, &e);
		check(v != NULL);
		two = text_of(&a, v);
		check(strcmp(buf_text(one), buf_text(two)) == 0);
		if (json_read_struct(&a, v, &sample_schema, &s, "", &e) < 0)
			check(e.kind == ERR_INVALID && e.nfields > 0);
		else
			check(e.kind == ERR_NONE && s.title != NULL);
	}
	arena_release(&a);
	return 0;
}
