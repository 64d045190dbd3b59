/*
 * The name is shown and sent back in a header; it is never part of a path.
 */
#include "attach/name.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

const char *
attach_name_fault(const char *name)
{
	size_t len = strlen(name);

	if (utf8_is_blank(name))
		return "is missing";
	if (utf8_length(name) > ATTACH_NAME_MAX)
		return "is longer than 150 characters";
	if (utf8_has_control(name) || strpbrk(name, "\t\n\r") != NULL)
		return "has control characters";
	if (strpbrk(name, "/\\") != NULL)
		return "has a slash or a backslash";
	if (name[0] == '.')
		return "begins with a dot";
	if (name[0] == ' ' || name[len - 1] == ' ' || name[len - 1] == '.')
		return "begins or ends with a blank, or ends with a dot";
	return NULL;
}

/* The characters that RFC 8187 leaves as they are. */
static bool
is_plain(unsigned char c)
{
	return c < 0x80 && (isalnum(c) || strchr("!#$&+-.^_`|~", c) != NULL);
}

const char *
attach_disposition(struct arena *a, const char *name)
{
	struct buf b;

	buf_init(&b, a);
	buf_str(&b, "attachment; filename=\"");
	for (const char *s = name; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;

		if ((c & 0xc0) == 0x80)
			continue; /* one mark a character */
		buf_char(&b, c < 0x80 && c != '"' && c != '%' ? *s : '_');
	}
	buf_str(&b, "\"; filename*=UTF-8''");
	for (const char *s = name; *s != '\0'; s++) {
		if (is_plain((unsigned char)*s))
			buf_char(&b, *s);
		else
			buf_printf(&b, "%%%02X", (unsigned char)*s);
	}
	return buf_text(&b);
}
