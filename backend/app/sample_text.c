/*
 * Texts of scenarios hold {names}; here they get their values. A large
 * register also gets words of an invented vocabulary, common and rare, so
 * that searching it is like searching a grown one.
 */
#include "app/sample_text.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"

#define VOCABULARY 30000

struct filler {
	const char *key;
	const char *value;
};

#define FILLERS 11

static const char *
month_name(date_t d)
{
	static const char *const names[] = { "January", "February", "March",
		"April", "May", "June", "July", "August", "September",
		"October", "November", "December" };

	return names[date_to_civil(d).month - 1];
}

static const char *
long_date(date_t d, struct arena *a)
{
	struct civil c = date_to_civil(d);

	return arena_printf(a, "%d %s %d", c.day, month_name(d), c.year);
}

/* A project: one of the list, or an invented word in a large register. */
static const char *
project(const struct sample *s, struct rng *r, struct arena *a)
{
	char word[RANDOM_WORD_MAX];

	if (s->count == 0)
		return s->phrases.codes[rng_below(r, s->phrases.ncodes)];
	random_word(rng_rank(r, VOCABULARY), word);
	word[0] = (char)toupper((unsigned char)word[0]);
	return arena_strdup(a, word);
}

static void
fillers(const struct sample *s, const struct sample_case *c, struct arena *a,
    struct filler out[FILLERS])
{
	struct rng r = rng_make(s->seed, c->texts);
	date_t until =
	    c->requested_until != DATE_NONE ? c->requested_until : s->today;
	date_t found = c->detected_on != DATE_NONE ? c->detected_on : s->today;
	int year = date_to_civil(found).year;
	const struct filler list[FILLERS] = {
		{ "asset",
		    c->asset != NOWHERE ? s->assets[c->asset].name : "" },
		{ "unit", s->units[c->unit].name },
		{ "owner", s->people[c->owner].name },
		{ "code", project(s, &r, a) },
		{ "month", month_name(until) },
		{ "until", long_date(until, a) },
		{ "year", arena_printf(a, "%d", year) },
		{ "n4", arena_printf(a, "%04zu", rng_below(&r, 10000)) },
		{ "n1", arena_printf(a, "%zu", 1 + rng_below(&r, 9)) },
		{ "ticket",
		    arena_printf(a, "SR-%zu", 100000 + rng_below(&r, 900000)) },
		{ NULL, NULL },
	};

	memcpy(out, list, sizeof(list));
}

static const char *
value_of(const struct filler *f, const char *key, size_t len)
{
	for (; f->key != NULL; f++)
		if (strlen(f->key) == len && memcmp(f->key, key, len) == 0)
			return f->value;
	return "?";
}

static const char *
expand(const char *text, const struct filler *f, struct arena *a)
{
	struct buf b;

	if (text == NULL || strchr(text, '{') == NULL)
		return text;
	buf_init(&b, a);
	buf_reserve(&b, 512);
	for (;;) {
		size_t plain = strcspn(text, "{");
		size_t key;

		buf_add(&b, text, plain);
		text += plain;
		if (*text == '\0')
			return buf_text(&b);
		key = strcspn(++text, "}");
		buf_str(&b, value_of(f, text, key));
		text += key + (text[key] == '}' ? 1 : 0);
	}
}

static const char *
one_of(const char *const *list, size_t n, struct rng *r, const struct filler *f,
    struct arena *a)
{
	return expand(list[rng_below(r, n)], f, a);
}

const char *
sample_phrase(const struct sample *s, const struct sample_case *c, unsigned use,
    const char *const *list, size_t n, struct arena *a)
{
	struct rng r = rng_make(s->seed + use, c->texts);
	struct filler f[FILLERS];

	fillers(s, c, a, f);
	return one_of(list, n, &r, f, a);
}

/* "Related: <word> <word> <word>, host hv-<word>-<number>." */
static const char *
with_rare_words(const struct sample *s, const char *text, struct rng *r,
    struct arena *a)
{
	char w[4][RANDOM_WORD_MAX];

	if (s->count == 0)
		return text;
	for (size_t i = 0; i < 4; i++)
		random_word(rng_rank(r, VOCABULARY), w[i]);
	return arena_printf(a, "%s Related: %s %s %s, host hv-%s-%zu.", text,
	    w[0], w[1], w[2], w[3], 10000 + rng_below(r, 90000));
}

static void
expand_lists(struct content *out, const struct filler *f, struct arena *a)
{
	struct control *controls =
	    arena_array(a, out->ncontrols, sizeof(*controls));
	struct alternative *alternatives =
	    arena_array(a, out->nalternatives, sizeof(*alternatives));

	for (size_t i = 0; i < out->ncontrols; i++) {
		controls[i] = out->controls[i];
		controls[i].description = expand(controls[i].description, f, a);
		controls[i].owner = expand(controls[i].owner, f, a);
	}
	for (size_t i = 0; i < out->nalternatives; i++) {
		alternatives[i] = out->alternatives[i];
		alternatives[i].description =
		    expand(alternatives[i].description, f, a);
		alternatives[i].reason = expand(alternatives[i].reason, f, a);
	}
	out->controls = controls;
	out->alternatives = alternatives;
}

static void
expand_parts(const struct sample_case *c, struct content *out,
    const struct filler *f, struct arena *a)
{
	struct risk_analysis *risk = ARENA_NEW(a, struct risk_analysis);

	*risk = c->risk;
	risk->description = expand(risk->description, f, a);
	risk->consequence = expand(risk->consequence, f, a);
	out->risk = risk;
	if (out->vulnerability != NULL) {
		struct vulnerability *v = ARENA_NEW(a, struct vulnerability);

		*v = *out->vulnerability;
		v->identifier = expand(v->identifier, f, a);
		v->detected_on = c->detected_on;
		out->vulnerability = v;
	}
	out->sla_reason = expand(out->sla_reason, f, a);
	out->impact_if_denied = expand(out->impact_if_denied, f, a);
	out->remediation_plan = expand(out->remediation_plan, f, a);
	expand_lists(out, f, a);
}

static void
name_things(const struct sample *s, const struct sample_case *c,
    struct content *out, struct arena *a)
{
	if (c->asset != NOWHERE)
		out->asset_id = s->assets[c->asset].id;
	out->unit = s->units[c->unit].code;
	if (c->other_unit != NOWHERE) {
		out->units = arena_array(a, 1, sizeof(*out->units));
		out->units[0] = s->units[c->other_unit].code;
		out->nunits = 1;
	}
	out->requested_from = c->requested_from;
	out->requested_until = c->requested_until;
	/* the fix comes with the last days of the term (M-34) */
	if (out->vulnerability != NULL)
		out->fix_on = c->requested_until;
	if (c->beneficiary != NOWHERE)
		out->beneficiary = s->people[c->beneficiary].uid;
}

/* A draft in the making: the later parts of the form are still empty. */
static void
leave_gaps(struct content *out, struct rng *r)
{
	if (rng_percent(r, 70)) {
		out->risk = NULL;
		out->ncontrols = 0;
		out->nalternatives = 0;
		out->remediation_plan = NULL;
		out->requested_until = out->fix_on = DATE_NONE;
	}
	if (rng_percent(r, 40)) {
		out->circumstances = NULL;
		out->impact_if_denied = NULL;
		out->cause = CAUSE__INVALID;
	}
}

void
sample_content(const struct sample *s, const struct sample_case *c,
    int64_t content_version, struct arena *a, struct content *out)
{
	const struct sample_scenario *x = c->scenario;
	struct rng r = rng_make(s->seed + TEXT_CONTENT, c->texts);
	struct filler f[FILLERS];

	fillers(s, c, a, f);
	*out = *x->content;
	out->title = one_of(x->titles, x->ntitles, &r, f, a);
	out->justification = with_rare_words(s,
	    one_of(x->justifications, x->njustifications, &r, f, a), &r, a);
	out->circumstances =
	    one_of(x->circumstances, x->ncircumstances, &r, f, a);
	if (rng_percent(&r, 20))
		out->service_request = expand("{ticket}", f, a);
	expand_parts(c, out, f, a);
	name_things(s, c, out, a);
	if (c->returned_once && content_version == 1 && out->ncontrols > 1)
		out->ncontrols--;
	if (c->returned_once && content_version == 2)
		out->circumstances = arena_printf(a, "%s %s",
		    out->circumstances,
		    one_of(s->phrases.revised, s->phrases.nrevised, &r, f, a));
	if (c->status == STATUS_DRAFT)
		leave_gaps(out, &r);
}
