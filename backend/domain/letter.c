/* {name} is a placeholder; a brace that closes nothing is text. */
#include "domain/letter.h"

#include <string.h>

#include "base/buf.h"

/* clang-format off */
static const struct {
	const char *name;
	size_t off;
} placeholders[] = {
#define PLACEHOLDER(m) { #m, offsetof(struct letter_facts, m) }
	PLACEHOLDER(number), PLACEHOLDER(title), PLACEHOLDER(requester), PLACEHOLDER(unit),
	PLACEHOLDER(document), PLACEHOLDER(clauses), PLACEHOLDER(service_request), PLACEHOLDER(reasons),
	PLACEHOLDER(alternatives), PLACEHOLDER(decider), PLACEHOLDER(decided_on), PLACEHOLDER(last_day),
#undef PLACEHOLDER
};
/* clang-format on */
#define NPLACEHOLDERS (sizeof(placeholders) / sizeof(placeholders[0]))

/* Length of a name in braces at s, which is a '{'; 0: it is text. */
static size_t
name_len(const char *s)
{
	size_t n = strspn(s + 1, "abcdefghijklmnopqrstuvwxyz_");

	return s[n + 1] == '}' ? n : 0;
}

static size_t
find(const char *name, size_t len)
{
	size_t i = 0;

	while (i < NPLACEHOLDERS &&
	    (strlen(placeholders[i].name) != len ||
		strncmp(placeholders[i].name, name, len) != 0))
		i++;
	return i;
}

const char *
letter_fill(const char *body, const struct letter_facts *f, struct arena *a)
{
	struct buf out;

	buf_init(&out, a);
	for (const char *s = body; *s != '\0';) {
		size_t n = *s == '{' ? name_len(s) : 0;
		size_t i = n > 0 ? find(s + 1, n) : NPLACEHOLDERS;
		const char *value;

		if (i == NPLACEHOLDERS) {
			buf_char(&out, *s++);
			continue;
		}
		memcpy(&value, (const char *)f + placeholders[i].off,
		    sizeof(value));
		buf_str(&out, value != NULL && *value != '\0' ? value : "-");
		s += n + 2;
	}
	return buf_text(&out);
}

const char *
letter_unknown(const char *body, struct arena *a)
{
	for (const char *s = strchr(body, '{'); s != NULL;
	     s = strchr(s + 1, '{')) {
		size_t n = name_len(s);

		if (n > 0 && find(s + 1, n) == NPLACEHOLDERS)
			return arena_printf(a, "%.*s", (int)n, s + 1);
	}
	return NULL;
}
