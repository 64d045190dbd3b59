/* The scope of a mapping says where a role acts, not what kind of person
 * somebody is, so it does not matter here. */
#include "domain/audience.h"

#include <string.h>

#include "base/buf.h"

/* clang-format off */
/* The kinds that come with the product; others are called by their key. */
static const struct kind_words {
	const char *role;
	const char *one;
	const char *many;
} shipped[] = {
	{ "staff", "an employee", "employees" },
	{ "customer", "a customer", "customers" },
	{ "visitor", "a visitor", "visitors" },
};
/* clang-format on */

const char **
audience_kinds(const struct who *w, struct arena *a, size_t *n)
{
	const char **kinds = arena_array(a, w->ngrants + 1, sizeof(*kinds));

	*n = 0;
	for (size_t i = 0; i < w->ngrants; i++) {
		if (w->grants[i].role_class == ROLE_CLASS_STAFF)
			kinds[(*n)++] = w->grants[i].role;
	}
	if (*n == 0)
		kinds[(*n)++] = "staff";
	return kinds;
}

static bool
is_of(const struct who *w, const char *kind)
{
	bool any = false;

	for (size_t i = 0; i < w->ngrants; i++) {
		if (w->grants[i].role_class != ROLE_CLASS_STAFF)
			continue;
		any = true;
		if (strcmp(w->grants[i].role, kind) == 0)
			return true;
	}
	return !any && strcmp(kind, "staff") == 0;
}

bool
audience_admits(const struct who *w, const char *const *kinds, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (is_of(w, kinds[i]))
			return true;
	}
	return n == 0;
}

static const struct kind_words *
words_of(const char *role)
{
	for (size_t i = 0; i < sizeof(shipped) / sizeof(shipped[0]); i++) {
		if (strcmp(shipped[i].role, role) == 0)
			return &shipped[i];
	}
	return NULL;
}

/* An employee before anybody else. */
static const char *
sponsor(const char *const *kinds, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(kinds[i], "staff") == 0)
			return kinds[i];
	}
	return kinds[0];
}

const char *
audience_refusal(const struct who *w, const char *const *kinds, size_t n,
    struct arena *a)
{
	size_t nown;
	const char **own = audience_kinds(w, a, &nown);
	const struct kind_words *me = words_of(own[0]);
	const struct kind_words *first = words_of(sponsor(kinds, n));
	struct buf b;
	const char *one = me != NULL ? me->one : own[0];

	buf_init(&b, a);
	/* the sentence begins with a capital letter: "A visitor", "An employee"
	 */
	buf_str(&b, one[0] == 'a' ? "A" : "");
	buf_str(&b, one[0] == 'a' ? one + 1 : one);
	buf_str(&b, " cannot ask for this; it is for ");
	for (size_t i = 0; i < n; i++) {
		const struct kind_words *k = words_of(kinds[i]);

		if (i > 0)
			buf_str(&b, i + 1 < n ? ", " : " and ");
		buf_str(&b, k != NULL ? k->many : kinds[i]);
	}
	buf_str(&b, ". ");
	if (first != NULL) {
		buf_str(&b, "A");
		buf_str(&b, first->one + 1);
	} else {
		buf_str(&b, "One of them");
	}
	buf_str(&b, " must ask for you.");
	return buf_text(&b);
}
