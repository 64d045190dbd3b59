/*
 * The raw text comes from the request line, so everything is decoded
 * exactly once and checked afterwards: what a check sees is what is used.
 */
#include "http/query.h"

#include <string.h>

#include "base/token.h"
#include "base/utf8.h"

static bool
has_control_byte(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)s[i] < 0x20 || s[i] == 0x7f)
			return true;
	return false;
}

char *
percent_decode(struct arena *a, const char *s, size_t len, bool plus)
{
	char *out = arena_alloc(a, len + 1);
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char byte = (unsigned char)s[i];

		if (byte == '%') {
			if (len - i < 3 || hex_decode(s + i + 1, &byte, 1) < 0)
				return NULL;
			i += 2;
		} else if (byte == '+' && plus) {
			byte = ' ';
		}
		out[n++] = (char)byte;
	}
	if (has_control_byte(out, n) || !utf8_is_valid(out, n))
		return NULL;
	return out;
}

static bool
is_known(const struct param *params, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(params[i].name, name) == 0)
			return true;
	return false;
}

static int
add_piece(struct arena *a, const char *s, size_t len, struct param *params,
    size_t *n, struct err *e)
{
	const char *equals = memchr(s, '=', len);
	size_t name_len = equals != NULL ? (size_t)(equals - s) : len;
	size_t skip = equals != NULL ? name_len + 1 : len;
	struct param p = {
		.name = percent_decode(a, s, name_len, true),
		.value = percent_decode(a, s + skip, len - skip, true),
	};

	if (p.name == NULL || p.name[0] == '\0')
		return err_set(e, ERR_BAD_REQUEST,
		    "The query string cannot be read.");
	if (p.value == NULL) {
		err_set(e, ERR_BAD_REQUEST,
		    "The query parameter %.40s cannot be read.", p.name);
		return err_field(e, a, arena_printf(a, "?%.40s", p.name),
		    "has control characters or is not UTF-8");
	}
	if (is_known(params, *n, p.name))
		return err_set(e, ERR_BAD_REQUEST,
		    "The query parameter %.40s is given twice.", p.name);
	if (*n == REQUEST_PARAMS_MAX)
		return err_set(e, ERR_BAD_REQUEST,
		    "There are too many query parameters.");
	params[(*n)++] = p;
	return 0;
}

int
query_parse(struct arena *a, const char *text, const struct param **out,
    size_t *n, struct err *e)
{
	struct param *params =
	    arena_array(a, REQUEST_PARAMS_MAX, sizeof(*params));
	size_t count = 0;

	while (*text != '\0') {
		size_t len = strcspn(text, "&");

		if (len > 0 && add_piece(a, text, len, params, &count, e) < 0)
			return -1;
		text += len;
		text += *text == '&';
	}
	*out = params;
	*n = count;
	return 0;
}
