/*
 * Precedents: what was decided before in a case like this one, and when a
 * decision departs from it (M-24, M-30). Pure; the rows come from
 * store/precedent_store.
 */
#ifndef EXREG_DOMAIN_PRECEDENT_H
#define EXREG_DOMAIN_PRECEDENT_H

#include "base/arena.h"
#include "domain/exception.h"

/* Decided exceptions of the same clause that are looked at, the newest. */
#define PRECEDENT_SAMPLE 50
/* Fewer decide nothing: a case or two is no practice yet. */
#define PRECEDENT_LEAST 3
/* Shown at once. */
#define PRECEDENTS_MAX 10
/* Clauses of a request whose precedents are looked for. */
#define PRECEDENT_CLAUSES_MAX 5
/* Words of a request that others are compared by. */
#define PRECEDENT_WORDS_MAX 6

/* What makes it a precedent; the first is the strongest. */
enum precedent_match {
	PRECEDENT_MATCH__INVALID,
	PRECEDENT_BY_CLAUSE,
	PRECEDENT_BY_DOCUMENT,
	PRECEDENT_BY_WORDS,
	PRECEDENT_MATCH__MAX
};
extern const char *const precedent_match_names[PRECEDENT_MATCH__MAX];

/* A decided exception, as the statements give it. */
struct precedent_row {
	int64_t id;
	int64_t fact;
	const char *title;
	const char *document_key;
	const char *document_title;
	enum outcome outcome; /* approved or denied */
	int64_t risk;
	date_t effective_on; /* none when denied */
	date_t expires_on;
	date_t holds_until;
	instant_t decided_at;
	int64_t shared_words;       /* of those asked for */
	enum precedent_match match; /* not of a statement */
};
extern const struct schema precedent_row_schema;

/* What belongs to a precedent, by its exception. */
struct precedent_verdict {
	int64_t exception_id;
	const char *reason;
	const char *precedent_reason; /* NULL: none was owed */
};
extern const struct schema precedent_verdict_schema;

struct precedent_text {
	int64_t exception_id;
	const char *text; /* of a condition, or the reference of a clause */
};
extern const struct schema precedent_text_schema;

/* How the same clause was decided before. */
struct precedent_summary {
	int64_t approved;
	int64_t denied;
	int64_t median_days; /* granted, both end days counted; I64_NONE: no
				approval */
};
struct precedent_summary precedent_summarise(struct arena *a,
    const struct precedent_row *rows, size_t n);

/* Days granted by an approval, both end days counted; else I64_NONE. */
int64_t precedent_days(const struct precedent_row *row);

/*
 * The verdict that would depart from the precedents: the one that most of at
 * least PRECEDENT_LEAST of them did not get. VERDICT__INVALID when there are
 * too few, or as many approved as denied.
 */
enum verdict precedent_departs_if(const struct precedent_summary *s);

/*
 * The strongest first: the same clause, then the same document, then words;
 * among these the most words shared, then the newest. One that is there
 * twice stays with its strongest match. Returns how many are left.
 */
size_t precedent_order(struct precedent_row *rows, size_t n);

/*
 * The words that tell most of a request: its longest, those of the title
 * first, none that every other text has too. Fills at most
 * PRECEDENT_WORDS_MAX of words (on the arena) and returns their number.
 */
size_t precedent_words(struct arena *a, const char *title,
    const char *justification, const char *words[PRECEDENT_WORDS_MAX]);

#endif
