/*
 * Two opinions on the content, our own signatures and libmagic, must agree
 * with each other and with the extension. Text has no signature: there what
 * libmagic takes for a page or a program of some kind is refused, and so are
 * bytes that text does not have.
 */
#include "attach/check.h"

#include <stdbool.h>
#include <string.h>

#include "attach/name.h"
#include "attach/sniff.h"
#include "attach/zip.h"

static bool
begins(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

static bool
is_text(const unsigned char *data, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (data[i] < ' ' && strchr("\t\n\r\f\v", data[i]) == NULL)
			return false;
	return memchr(data, '\0', len) == NULL;
}

/* Mail and the source of programs are text; pages and the like are more. */
static bool
is_taken_as_text(const char *media)
{
	return strcmp(media, "text/plain") == 0 ||
	    strcmp(media, "text/csv") == 0 || begins(media, "text/x-") ||
	    begins(media, "message/");
}

/* What the content is; the words of a fault, or NULL. */
static const char *
find_kind(struct arena *a, const unsigned char *data, size_t len,
    const char *media, enum attach_kind *kind)
{
	*kind = attach_kind_of_bytes(data, len);
	if (*kind == ATTACH_ZIP)
		return zip_fault(a, data, len, kind);
	if (*kind == ATTACH_KIND__INVALID) {
		if (is_taken_as_text(media) && is_text(data, len))
			*kind = ATTACH_TEXT;
		else
			return arena_printf(a,
			    "is of the type %.80s, which is not taken", media);
	} else if (strcmp(media, attach_kinds[*kind].media) != 0) {
		return arena_printf(a,
		    "begins like %s and goes on like something else",
		    attach_kinds[*kind].words);
	}
	return NULL;
}

/* A CSV file is text with a habit. */
static bool
fits(enum attach_kind promised, enum attach_kind found)
{
	return promised == found ||
	    (promised == ATTACH_CSV && found == ATTACH_TEXT);
}

static int
check_content(struct arena *a, enum attach_kind promised, const void *data,
    size_t len, enum attach_kind *kind, struct err *e)
{
	const char *media = NULL;
	const char *fault;

	if (len == 0)
		return err_field(e, a, "/file", "is empty");
	if (attach_sniff(a, data, len, &media, e) < 0)
		return -1;
	fault = find_kind(a, data, len, media, kind);
	if (fault != NULL)
		return err_field(e, a, "/file", "%s", fault);
	if (promised == ATTACH_KIND__INVALID) /* told at the name */
		return -1;
	if (!fits(promised, *kind))
		return err_field(e, a, "/file", "is %s, not %s",
		    attach_kinds[*kind].words, attach_kinds[promised].words);
	*kind = promised;
	return 0;
}

int
attach_check(struct arena *a, const char *name, const void *data, size_t len,
    enum attach_kind *kind, struct err *e)
{
	const char *fault = attach_name_fault(name);
	enum attach_kind promised = attach_kind_of_name(name);

	if (fault != NULL)
		err_field(e, a, "?name", "%s", fault);
	else if (promised == ATTACH_KIND__INVALID)
		err_field(e, a, "?name",
		    "has no extension of a type that is taken");
	if (check_content(a, promised, data, len, kind, e) < 0)
		return -1;
	return e->kind == ERR_NONE ? 0 : -1;
}
