/*
 * A constant number of statements: one for each way to be a precedent, and
 * three for what belongs to the ten that are shown. What the reviewer is told
 * and what the decision is held to come from the same sample.
 */
#include "api/precedents.h"

#include <string.h>

#include "base/utf8.h"
#include "store/precedent_store.h"

/* clang-format off */
#define NULLABLE .flags = FIELD_NULLABLE
static const struct field precedent_item_fields[] = {
	F_STR(precedent_item, number, .doc = "Number"),
	F_STR(precedent_item, title, .doc = "One line"),
	F_ENUM(precedent_item, match, precedent_match, .doc = "What makes it a precedent: the same clause, the same document, or words"),
	F_STRS(precedent_item, clauses, .doc = "References of the clauses it shares"),
	F_STR(precedent_item, document_key, NULLABLE, .doc = "Document deviated from"),
	F_STR(precedent_item, document_title, NULLABLE, .doc = "Its title"),
	F_ENUM(precedent_item, outcome, outcome, .doc = "Approved or denied"),
	F_TIME(precedent_item, decided_at, NULLABLE, .doc = "When it was decided"),
	F_I64(precedent_item, risk, NULLABLE, .doc = "Residual score"),
	F_ENUM(precedent_item, band, risk_band, NULLABLE, .doc = "Band of the residual score"),
	F_I64(precedent_item, days_granted, NULLABLE, .doc = "Days granted, both end days counted"),
	F_DATE(precedent_item, expires_on, NULLABLE, .doc = "Last day granted"),
	F_STRS(precedent_item, conditions, .doc = "What the approval asked for"),
	F_STR(precedent_item, reason, NULLABLE, .doc = "Why it was decided so"),
	F_STR(precedent_item, precedent_reason, NULLABLE, .doc = "Why it departed from its own precedents"),
	F_ENUM(precedent_item, status, status, .doc = "What happened next: its status today; superseded is renewed"),
};
const struct schema precedent_item_schema = SCHEMA(precedent_item, precedent_item_fields, "A decided exception like this one");

static const struct field precedents_out_fields[] = {
	F_ARRAY(precedents_out, items, precedent_item, .doc = "The strongest first, at most 10; none that the reader may not see"),
	F_I64(precedents_out, approved, .doc = "Approved among the newest 50 decided of the same clause"),
	F_I64(precedents_out, denied, .doc = "Denied among them"),
	F_I64(precedents_out, median_days, NULLABLE, .doc = "Median of the days granted"),
	F_ENUM(precedents_out, departs_if, verdict, NULLABLE, .doc = "The verdict that would depart from most of at least three of the same clause, and owes a precedent_reason"),
};
const struct schema precedents_out_schema = SCHEMA(precedents_out, precedents_out_fields, "How cases like this one were decided");
/* clang-format on */

int
precedents_check(struct ctx *c, const struct loaded *l,
    const struct decision_in *in, struct err *e)
{
	const struct register_view v =
	    register_view_of(c->arena, &c->who, c->today, c->app->notice_days);
	const struct precedent_ask k = { .exception_id = l->x.id,
		.nclauses = l->content.nclauses,
		.view = &v };
	struct precedent_summary s;
	struct precedent_row *rows = NULL;
	struct err failed;
	int64_t other, total;
	size_t n = 0;
	bool given = utf8_says(in->precedent_reason);

	if (in->verdict != VERDICT_APPROVE && in->verdict != VERDICT_DENY) {
		if (given)
			err_field(e, c->arena, "/precedent_reason",
			    "belongs to an approval or a denial only");
		return 0;
	}
	/* what the fields owe is kept, whatever becomes of this */
	err_clear(&failed);
	if (precedent_store_clause(c->db, c->arena, &k, &rows, &n, &failed) <
	    0) {
		*e = failed;
		return -1;
	}
	s = precedent_summarise(c->arena, rows, n);
	if (precedent_departs_if(&s) != in->verdict || given)
		return 0;
	other = in->verdict == VERDICT_DENY ? s.approved : s.denied;
	total = s.approved + s.denied;
	err_field(e, c->arena, "/precedent_reason",
	    "is missing: %lld of %lld decisions on the same clause went the "
	    "other way",
	    (long long)other, (long long)total);
	return 0;
}

/* All of them, and how the same clause was decided. */
struct found {
	struct precedent_row *rows;
	size_t n;
	struct precedent_summary summary;
};

static void
add(struct found *f, const struct precedent_row *rows, size_t n)
{
	if (n > 0)
		memcpy(f->rows + f->n, rows, n * sizeof(*rows));
	f->n += n;
}

static int
gather(struct ctx *c, const struct loaded *l, struct found *f, struct err *e)
{
	const struct register_view v =
	    register_view_of(c->arena, &c->who, c->today, c->app->notice_days);
	const char *words[PRECEDENT_WORDS_MAX];
	const struct precedent_ask k = {
		.exception_id = l->x.id,
		.nclauses = l->content.nclauses,
		.words = words,
		.nwords = precedent_words(c->arena, l->content.title,
		    l->content.justification, words),
		.view = &v,
	};
	struct precedent_row *rows = NULL;
	size_t n = 0;

	f->rows = arena_array(c->arena,
	    PRECEDENT_SAMPLE + PRECEDENT_DOCUMENT_SAMPLE + PRECEDENTS_MAX,
	    sizeof(*f->rows));
	if (precedent_store_clause(c->db, c->arena, &k, &rows, &n, e) < 0)
		return -1;
	f->summary = precedent_summarise(c->arena, rows, n);
	add(f, rows, n);
	/* the weaker ones fill what the stronger leave empty */
	if (f->n < PRECEDENTS_MAX) {
		if (precedent_store_document(c->db, c->arena, &k, &rows, &n,
			e) < 0)
			return -1;
		add(f, rows, n);
		f->n = precedent_order(f->rows, f->n);
	}
	if (f->n < PRECEDENTS_MAX) {
		if (precedent_store_words(c->db, c->arena, &k, &rows, &n, e) <
		    0)
			return -1;
		add(f, rows, n);
	}
	f->n = precedent_order(f->rows, f->n);
	if (f->n > PRECEDENTS_MAX)
		f->n = PRECEDENTS_MAX;
	return 0;
}

/* The texts of one exception. */
static const char **
texts_of(struct ctx *c, const struct precedent_text *all, size_t n, int64_t id,
    size_t *count)
{
	const char **texts = arena_array(c->arena, n, sizeof(*texts));

	*count = 0;
	for (size_t i = 0; i < n; i++)
		if (all[i].exception_id == id)
			texts[(*count)++] = all[i].text;
	return texts;
}

static struct precedent_item
item_of(struct ctx *c, const struct precedent_row *row,
    const struct precedent_details *d)
{
	const struct status_facts facts = { row->fact, row->effective_on,
		row->holds_until };
	struct precedent_item item = {
		.number = exception_number(c->arena, row->id),
		.title = row->title,
		.match = row->match,
		.document_key = row->document_key,
		.document_title = row->document_title,
		.outcome = row->outcome,
		.decided_at = row->decided_at,
		.risk = row->risk > 0 ? row->risk : I64_NONE,
		.band = risk_band_of(row->risk),
		.days_granted = precedent_days(row),
		.expires_on = row->expires_on,
		.status = status_of(&facts, c->today, c->app->notice_days),
	};

	item.clauses =
	    texts_of(c, d->clauses, d->nclauses, row->id, &item.nclauses);
	item.conditions = texts_of(c, d->conditions, d->nconditions, row->id,
	    &item.nconditions);
	for (size_t i = 0; i < d->nverdicts && item.reason == NULL; i++) {
		if (d->verdicts[i].exception_id != row->id)
			continue;
		item.reason = d->verdicts[i].reason;
		item.precedent_reason = d->verdicts[i].precedent_reason;
	}
	return item;
}

static int
fill_items(struct ctx *c, const struct loaded *l, const struct found *f,
    struct precedents_out *out, struct err *e)
{
	int64_t ids[PRECEDENTS_MAX] = { 0 };
	struct precedent_details d = { 0 };

	if (f->n == 0)
		return 0;
	for (size_t i = 0; i < f->n; i++)
		ids[i] = f->rows[i].id;
	if (precedent_store_details(c->db, l->x.id, ids, &d, e) < 0)
		return -1;
	out->items = arena_array(c->arena, f->n, sizeof(*out->items));
	for (size_t i = 0; i < f->n; i++)
		out->items[out->nitems++] = item_of(c, &f->rows[i], &d);
	return 0;
}

/* Reasons and risks of other people's exceptions are not for staff (M-11),
 * although their own request is theirs to read. */
int
precedents_get(struct ctx *c, struct err *e)
{
	const struct exception_path *in = c->in;
	struct precedents_out out = { .median_days = I64_NONE };
	struct found f = { 0 };
	struct loaded l;
	int64_t id = 0;

	if (exception_id_of(c, in->number, &id, e) < 0 ||
	    exception_load(c, id, false, &l, e) < 0)
		return -1;
	if (l.sight != SIGHT_FULL || !access_reads_full(&c->who))
		return err_set(e, ERR_FORBIDDEN,
		    "Your role does not include how other people's requests "
		    "were decided.");
	if (l.x.content_version > 0) {
		if (gather(c, &l, &f, e) < 0 ||
		    fill_items(c, &l, &f, &out, e) < 0)
			return -1;
		out.approved = f.summary.approved;
		out.denied = f.summary.denied;
		out.median_days = f.summary.median_days;
		out.departs_if = precedent_departs_if(&f.summary);
	}
	return reply(c, 200, &out);
}
