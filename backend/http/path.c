/*
 * nginx routes by its own normalised form of the path; we decode the raw
 * one. Refusing every spelling that could be normalised keeps both equal.
 */
#include "http/path.h"

#include <string.h>

#include "http/query.h"

static bool
has_dot_segment(const char *path)
{
	for (const char *s = strchr(path, '/'); s != NULL;
	     s = strchr(s + 1, '/')) {
		size_t len = strcspn(s + 1, "/");

		if (len > 0 && len <= 2 && strspn(s + 1, ".") == len)
			return true;
	}
	return false;
}

char *
path_decode(struct arena *a, const char *raw, size_t len)
{
	char *path;
	size_t slashes = 0;

	if (len == 0 || raw[0] != '/')
		return NULL;
	path = percent_decode(a, raw, len, false);
	if (path == NULL || strpbrk(path, "\\#%") != NULL)
		return NULL;
	for (size_t i = 0; i < len; i++)
		slashes += raw[i] == '/';
	for (const char *s = path; *s != '\0'; s++)
		slashes -= *s == '/';
	return slashes == 0 && !has_dot_segment(path) ? path : NULL;
}

/* One segment of each; a {name} leaves its text in p. */
static bool
segment_match(struct arena *a, const char *pattern, size_t plen,
    const char *path, size_t len, struct param *p)
{
	p->name = NULL;
	if (plen < 2 || pattern[0] != '{')
		return plen == len && memcmp(pattern, path, len) == 0;
	if (len == 0)
		return false;
	p->name = arena_strndup(a, pattern + 1, plen - 2);
	p->value = arena_strndup(a, path, len);
	return true;
}

bool
path_match(struct arena *a, const char *pattern, const char *path,
    struct param *out, size_t *n)
{
	struct param found[PATH_NAMES_MAX + 1];
	size_t count = 0;

	while (*pattern == '/' && *path == '/' && count <= PATH_NAMES_MAX) {
		size_t plen = strcspn(++pattern, "/");
		size_t len = strcspn(++path, "/");

		if (!segment_match(a, pattern, plen, path, len, &found[count]))
			return false;
		count += found[count].name != NULL;
		pattern += plen;
		path += len;
	}
	if (*pattern != '\0' || *path != '\0' || count > PATH_NAMES_MAX)
		return false;
	memcpy(out, found, count * sizeof(*out));
	*n = count;
	return true;
}
