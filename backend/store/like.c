/* The only place where what people type becomes a pattern. */
#include "store/like.h"

#include "base/buf.h"

const char *
like_pattern(struct arena *a, const char *before, const char *q)
{
	struct buf b;

	buf_init(&b, a);
	buf_str(&b, before);
	for (const char *s = q != NULL ? q : ""; *s != '\0'; s++) {
		if (*s == '%' || *s == '_' || *s == '\\')
			buf_char(&b, '\\');
		buf_char(&b, *s);
	}
	buf_char(&b, '%');
	return buf_text(&b);
}
