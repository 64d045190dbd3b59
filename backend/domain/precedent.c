/*
 * A practice is what most of the newest decisions on the same clause did.
 * The rule is told to the reviewer before the decision, and asked again of
 * the decision itself, by the same functions.
 */
#include "domain/precedent.h"

#include <stdlib.h>
#include <string.h>

#include "domain/search.h"

/* clang-format off */
const char *const precedent_match_names[PRECEDENT_MATCH__MAX] = { NULL, "clause", "document", "words" };

#define NULLABLE .flags = FIELD_NULLABLE
static const struct field precedent_row_fields[] = {
	F_I64(precedent_row, id, .doc = "Exception"),
	F_I64(precedent_row, fact, .doc = "Stored facts folded"),
	F_STR(precedent_row, title, .doc = "One line"),
	F_STR(precedent_row, document_key, NULLABLE, .doc = "Document deviated from"),
	F_STR(precedent_row, document_title, NULLABLE, .doc = "Its title"),
	F_ENUM(precedent_row, outcome, outcome, .doc = "Approved or denied"),
	F_I64(precedent_row, risk, .doc = "Residual score"),
	F_DATE(precedent_row, effective_on, NULLABLE, .doc = "First day"),
	F_DATE(precedent_row, expires_on, NULLABLE, .doc = "Last day granted"),
	F_DATE(precedent_row, holds_until, .doc = "Last day it may hold"),
	F_TIME(precedent_row, decided_at, NULLABLE, .doc = "Outcome"),
	F_I64(precedent_row, shared_words, .doc = "Words shared"),
};
const struct schema precedent_row_schema = SCHEMA(precedent_row, precedent_row_fields, "A decided exception");

static const struct field precedent_verdict_fields[] = {
	F_I64(precedent_verdict, exception_id, .doc = "Exception"),
	F_STR(precedent_verdict, reason, .doc = "Why"),
	F_STR(precedent_verdict, precedent_reason, NULLABLE, .doc = "Why it departed from its own precedents"),
};
const struct schema precedent_verdict_schema = SCHEMA(precedent_verdict, precedent_verdict_fields, "The decision of a precedent");

static const struct field precedent_text_fields[] = {
	F_I64(precedent_text, exception_id, .doc = "Exception"),
	F_STR(precedent_text, text, .doc = "Text"),
};
const struct schema precedent_text_schema = SCHEMA(precedent_text, precedent_text_fields, "A text of a precedent");

/* Words of four letters and more that tell nothing; sorted. */
static const char *const common[] = {
	"about", "after", "also", "another", "because", "been", "before", "being", "between", "cannot", "could",
	"does", "done", "during", "each", "exception", "from", "have", "into", "made", "more", "must", "need",
	"needed", "needs", "only", "other", "over", "patch", "policy", "request", "same", "should", "since", "some",
	"than", "that", "their", "them", "then", "there", "these", "they", "this", "those", "through", "time",
	"under", "until", "used", "very", "waits", "were", "what", "when", "where", "which", "while", "will",
	"with", "within", "without", "would", "your",
};
/* clang-format on */
#define NCOMMON (sizeof(common) / sizeof(common[0]))
#define WORD_LEAST 4

int64_t
precedent_days(const struct precedent_row *row)
{
	if (row->outcome != OUTCOME_APPROVED ||
	    row->effective_on == DATE_NONE || row->expires_on == DATE_NONE)
		return I64_NONE;
	return (int64_t)row->expires_on - row->effective_on + 1;
}

static int
by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a;
	int64_t y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

struct precedent_summary
precedent_summarise(struct arena *a, const struct precedent_row *rows, size_t n)
{
	struct precedent_summary s = { 0, 0, I64_NONE };
	int64_t *days = arena_array(a, n, sizeof(*days));
	size_t ndays = 0;

	for (size_t i = 0; i < n; i++) {
		int64_t granted = precedent_days(&rows[i]);

		s.approved += rows[i].outcome == OUTCOME_APPROVED;
		s.denied += rows[i].outcome == OUTCOME_DENIED;
		if (granted != I64_NONE)
			days[ndays++] = granted;
	}
	if (ndays == 0)
		return s;
	qsort(days, ndays, sizeof(*days), by_number);
	s.median_days = (days[(ndays - 1) / 2] + days[ndays / 2]) / 2;
	return s;
}

enum verdict
precedent_departs_if(const struct precedent_summary *s)
{
	if (s->approved + s->denied < PRECEDENT_LEAST ||
	    s->approved == s->denied)
		return VERDICT__INVALID;
	return s->approved > s->denied ? VERDICT_DENY : VERDICT_APPROVE;
}

static int
compare(int64_t x, int64_t y)
{
	return (x > y) - (x < y);
}

static int
by_exception(const void *a, const void *b)
{
	const struct precedent_row *x = a;
	const struct precedent_row *y = b;
	int order = compare(x->id, y->id);

	return order != 0 ? order : compare(x->match, y->match);
}

static int
by_strength(const void *a, const void *b)
{
	const struct precedent_row *x = a;
	const struct precedent_row *y = b;
	int order = compare(x->match, y->match);

	if (order == 0)
		order = compare(y->shared_words, x->shared_words);
	if (order == 0)
		order = compare(y->decided_at, x->decided_at);
	return order != 0 ? order : compare(y->id, x->id);
}

size_t
precedent_order(struct precedent_row *rows, size_t n)
{
	size_t kept = 0;

	if (n == 0)
		return 0;
	qsort(rows, n, sizeof(*rows), by_exception);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || rows[i].id != rows[kept - 1].id)
			rows[kept++] = rows[i];
	qsort(rows, kept, sizeof(*rows), by_strength);
	return kept;
}

static bool
is_common(const char *word)
{
	for (size_t i = 0; i < NCOMMON; i++)
		if (strcmp(common[i], word) == 0)
			return true;
	return false;
}

/* A word of the text, where it stands in it. */
struct word {
	const char *text;
	size_t len;
	size_t at;
	bool in_title;
};

static int
by_telling(const void *a, const void *b)
{
	const struct word *x = a;
	const struct word *y = b;

	if (x->in_title != y->in_title)
		return x->in_title ? -1 : 1;
	if (x->len != y->len)
		return x->len > y->len ? -1 : 1;
	return compare((int64_t)x->at, (int64_t)y->at);
}

static bool
is_telling(const struct word *all, size_t n, const char *text)
{
	if (strlen(text) < WORD_LEAST || !search_term_is_rare(text) ||
	    is_common(text))
		return false;
	for (size_t i = 0; i < n; i++)
		if (strcmp(all[i].text, text) == 0)
			return false;
	return true;
}

/* Add the words of a text, each of which begins with a space. */
static size_t
gather(struct arena *a, const char *text, bool in_title, struct word *all,
    size_t n)
{
	const char *words = search_words(a, &text, 1);

	for (const char *s = words; *s == ' ';) {
		size_t len = strcspn(++s, " ");
		const char *word = arena_strndup(a, s, len);

		if (is_telling(all, n, word)) {
			all[n] = (struct word){ word, len, n, in_title };
			n++;
		}
		s += len;
	}
	return n;
}

size_t
precedent_words(struct arena *a, const char *title, const char *justification,
    const char *words[PRECEDENT_WORDS_MAX])
{
	/* folding may make two letters of one, but never a word of none */
	size_t room = (title != NULL ? strlen(title) : 0) +
	    (justification != NULL ? strlen(justification) : 0) + 1;
	struct word *all = arena_array(a, room, sizeof(*all));
	size_t n = 0;
	size_t taken = 0;

	n = gather(a, title, true, all, n);
	n = gather(a, justification, false, all, n);
	if (n > 1)
		qsort(all, n, sizeof(*all), by_telling);
	for (; taken < n && taken < PRECEDENT_WORDS_MAX; taken++)
		words[taken] = all[taken].text;
	return taken;
}
