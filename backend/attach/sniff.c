/*
 * The only file with libmagic. Nothing is unpacked and no other program is
 * run; a handle of its own each time, for it keeps its last answer. Its
 * limits bound how far it follows what a content claims of itself.
 */
#include "attach/sniff.h"

#include <magic.h>

#define FLAGS                                                       \
 (MAGIC_MIME_TYPE | MAGIC_ERROR | MAGIC_NO_CHECK_COMPRESS |         \
     MAGIC_NO_CHECK_TAR | MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_CDF | \
     MAGIC_NO_CHECK_APPTYPE | MAGIC_NO_CHECK_JSON | MAGIC_NO_CHECK_CSV)

#define BYTES_MAX ((size_t)1 << 20)

static int
failed(magic_t m, struct err *e)
{
	const char *why = m != NULL ? magic_error(m) : NULL;

	err_set(e, ERR_INTERNAL, "The type of the file cannot be found out.");
	return err_cause(e, "libmagic: %s", why != NULL ? why : "no handle");
}

int
attach_sniff(struct arena *a, const void *data, size_t len, const char **media,
    struct err *e)
{
	magic_t m = magic_open(FLAGS);
	size_t most = BYTES_MAX;
	const char *text;
	int rc = -1;

	if (m == NULL || magic_load(m, NULL) < 0 ||
	    magic_setparam(m, MAGIC_PARAM_BYTES_MAX, &most) < 0) {
		failed(m, e);
	} else {
		text = magic_buffer(m, data, len < most ? len : most);
		rc = text != NULL ? 0 : failed(m, e);
		*media = arena_strdup(a, text);
	}
	if (m != NULL)
		magic_close(m);
	return rc;
}
