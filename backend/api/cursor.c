/* "list key id text" in base64url. */
#include "api/cursor.h"

#include <inttypes.h>
#include <string.h>

#include "base/token.h"
#include "base/utf8.h"

const char *
cursor_make(struct arena *a, const char *list, const struct cursor *place)
{
	const char *plain = arena_printf(a, "%s %" PRId64 " %" PRId64 " %s",
	    list, place->key, place->id, place->text);

	return base64url_encode(a, (const unsigned char *)plain, strlen(plain));
}

/* A number up to the next space; *at moves behind it. */
static int
take_number(const char **at, int64_t *out)
{
	size_t len = strcspn(*at, " ");
	long long v;

	if ((*at)[len] != ' ' ||
	    i64_parse(*at, len, INT64_MIN, INT64_MAX, &v) < 0)
		return -1;
	*out = v;
	*at += len + 1;
	return 0;
}

static int
read_plain(const char *list, const char *at, struct cursor *place)
{
	size_t len = strlen(list);

	if (strncmp(at, list, len) != 0 || at[len] != ' ')
		return -1;
	at += len + 1;
	if (take_number(&at, &place->key) < 0 ||
	    take_number(&at, &place->id) < 0)
		return -1;
	place->text = at;
	return 0;
}

int
cursor_read(struct arena *a, const char *list, const char *text,
    struct cursor *place, struct err *e)
{
	unsigned char *bytes;
	const char *plain;
	struct cursor found;
	size_t n;

	if (base64url_decode(a, text, &bytes, &n) == 0) {
		plain = arena_strndup(a, (const char *)bytes, n);
		if (utf8_is_valid((const char *)bytes, n) &&
		    read_plain(list, plain, &found) == 0) {
			*place = found;
			return 0;
		}
	}
	return err_field(e, a, "?cursor", "does not belong to this list");
}
