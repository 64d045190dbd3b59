/*
 * Columns stand in the order of the migrations; what the server computes
 * (fact, lane, holds_until) is copied to the facets by the same rules.
 */
#include "app/sample_tables.h"

#include <string.h>

#include "api/exception_load.h"
#include "app/sample_text.h"
#include "crypto/crypto.h"
#include "domain/search.h"

/* clang-format off */
const struct sample_table_row sample_tables[TABLE__MAX] = {
	[TABLE_EXCEPTION] = { "exception",
	    "id, row_version, content_version, content_hash, procedure_id, type, domain, request_state, stage, stage_role, "
	    "stage_entered_at, stage_due_on, title, requester_id, owner_id, beneficiary_id, edited_by_id, unit_id, asset_id, "
	    "document_id, document_version, clause_ref, cause, severity, vulnerability, service_request, detected_on, sla_due_on, "
	    "sla_breached_days, risk_before, risk, confidential, requested_from, requested_until, effective_on, expires_on, "
	    "outcome, suspended, ended_as, ended_on, shelved, chain_id, previous_id, term_no, created_at, submitted_at, "
	    "decided_at, updated_at, draft_content", 0 },
	[TABLE_CONTENT] = { "exception_content",
	    "exception_id, content_version, content, content_hash, created_at, created_by", 0 },
	[TABLE_VERSION] = { "exception_version",
	    "exception_id, row_version, valid_from, actor_id, action, content_version, content_hash, request_state, stage, "
	    "outcome, title, owner_id, unit_id, document_id, risk, confidential, requested_until, effective_on, expires_on, "
	    "suspended, ended_as, ended_on", 0 },
	[TABLE_DECISION] = { "decision",
	    "exception_id, content_version, stage, verdict, reason, expires_on, content_hash, decider_id, decider_name, "
	    "decider_title, decider_groups, role, role_title, mapping_id, procedure_id, decided_at", 0 },
	[TABLE_RISK] = { "risk",
	    "id, title, description, confidentiality, integrity, availability, likelihood_before, impact_before, "
	    "likelihood_after, impact_after, treatment, owner_id, unit_id, opened_at, review_on", 0 },
	[TABLE_EXCEPTION_RISK] = { "exception_risk", "exception_id, risk_id", 0 },
	[TABLE_AUDIT] = { "audit_event",
	    "event_id, at, actor_id, actor, action, object_type, object_id, object, refused, detail, address, body", 1 },
	[TABLE_AUDIT_PENDING] = { "audit_pending", "event_id", 1 },
	[TABLE_CLAUSE] = { "exception_clause",
	    "exception_id, content_version, position, document_id, clause_id, ref, title, text", 1 },
	[TABLE_FACET] = { "exception_facet",
	    "dimension, value_id, exception_id, lane, fact, confidential, effective_on, holds_until, risk", 1 },
	[TABLE_TEXT] = { "exception_text", "exception_id, words, public_chars", 1 },
	[TABLE_CONTROL] = { "exception_control",
	    "exception_id, content_version, position, description, state, owner", 1 },
	[TABLE_ALTERNATIVE] = { "exception_alternative",
	    "exception_id, content_version, position, description, verdict, reason", 1 },
	[TABLE_FINDING] = { "finding",
	    "exception_id, content_version, stage, kind, judgement, text, author_id, created_at", 0 },
};
/* clang-format on */

static enum request_state
state_of(enum status status)
{
	if (sample_outcome(status) == OUTCOME_APPROVED)
		return STATE_APPROVED;
	if (status == STATUS_DRAFT)
		return STATE_DRAFT;
	if (status == STATUS_RETURNED)
		return STATE_RETURNED;
	if (status == STATUS_DENIED)
		return STATE_DENIED;
	return status == STATUS_WITHDRAWN ? STATE_WITHDRAWN : STATE_IN_STAGE;
}

static int64_t
id_of_person(const struct sample *s, size_t person)
{
	return person == NOWHERE ? I64_NONE : s->people[person].id;
}

static void
stage_columns(struct rows *t, const struct sample_case *c)
{
	bool open =
	    c->status == STATUS_IN_REVIEW || c->status == STATUS_RETURNED;

	rows_i64(t, open ? 1 : 0);
	rows_str(t,
	    c->status == STATUS_IN_REVIEW ?
		c->procedure->procedure.stages[0].role :
		NULL);
	rows_time(t,
	    c->status == STATUS_WITHDRAWN ? TIME_NONE : c->resubmitted_at);
	rows_date(t, c->stage_due_on);
}

static const char *
first_clause(const struct sample_case *c, const struct content *x)
{
	return x->nclauses == 0 ?
	    NULL :
	    sample_clause_find(c->version, x->clauses[0])->ref;
}

static void
people_columns(struct rows *t, const struct sample *s,
    const struct sample_case *c, const struct content *x)
{
	rows_i64(t, id_of_person(s, c->requester));
	rows_i64(t, id_of_person(s, c->owner));
	rows_i64(t, id_of_person(s, c->beneficiary));
	rows_i64(t, id_of_person(s, c->requester));
	rows_i64(t, s->units[c->unit].id);
	rows_i64(t, c->asset == NOWHERE ? I64_NONE : s->assets[c->asset].id);
	rows_i64(t, c->document->id);
	rows_str(t, c->status == STATUS_DRAFT ? NULL : c->version->version);
	rows_str(t, c->status == STATUS_DRAFT ? NULL : first_clause(c, x));
}

/* A draft shows nothing of these before it is sent. */
static void
content_columns(struct rows *t, const struct sample_case *c,
    const struct content *x)
{
	const struct vulnerability *v =
	    c->status == STATUS_DRAFT ? NULL : x->vulnerability;
	bool draft = c->status == STATUS_DRAFT;

	rows_i64(t, draft ? I64_NONE : (int64_t)x->cause);
	rows_i64(t, v == NULL ? I64_NONE : (int64_t)v->severity);
	rows_str(t, v == NULL ? NULL : v->identifier);
	rows_str(t, draft ? NULL : x->service_request);
	rows_date(t, v == NULL ? DATE_NONE : c->detected_on);
	rows_date(t, v == NULL ? DATE_NONE : c->sla_due_on);
	rows_i64(t, v == NULL ? I64_NONE : c->sla_breached_days);
	rows_i64(t, draft ? I64_NONE : risk_score_before(x));
	rows_i64(t, risk_score_after(x));
	rows_i64(t, x->confidential);
	rows_date(t, x->requested_from);
	rows_date(t, x->requested_until);
}

static void
term_columns(struct rows *t, const struct sample *s,
    const struct sample_case *c)
{
	rows_date(t, c->effective_on);
	rows_date(t, c->expires_on);
	rows_i64(t, sample_outcome(c->status));
	rows_i64(t, c->status == STATUS_SUSPENDED);
	rows_i64(t, sample_ended_as(c->status));
	rows_date(t, c->ended_on);
	rows_i64(t, sample_shelved(s, c));
	rows_i64(t, c->chain_id);
	rows_i64(t, c->previous_id);
	rows_i64(t, c->term_no);
	rows_time(t, c->created_at);
	rows_time(t, c->submitted_at);
	rows_time(t, c->decided_at);
	rows_time(t, c->updated_at);
}

static int
write_exception(struct sample_writer *w, const struct sample_made *m,
    struct err *e)
{
	const struct sample_case *c = &m->c;
	struct rows *t = &w->tables[TABLE_EXCEPTION];
	bool draft = c->status == STATUS_DRAFT;

	if (!rows_begin(t))
		return 0;
	rows_i64(t, c->id);
	rows_i64(t, c->row_version);
	rows_i64(t, draft ? 0 : c->content_version);
	rows_bytes(t, draft ? NULL : m->hash, sizeof(m->hash));
	rows_i64(t, c->procedure->procedure.id);
	rows_i64(t, c->procedure->procedure.type);
	rows_i64(t, c->document->domain);
	rows_i64(t, state_of(c->status));
	stage_columns(t, c);
	rows_str(t, m->content.title);
	people_columns(t, w->s, c, &m->content);
	content_columns(t, c, &m->content);
	term_columns(t, w->s, c);
	rows_str(t, draft || c->status == STATUS_RETURNED ? m->json : NULL);
	return rows_end(t, e);
}

static int
write_content(struct sample_writer *w, const struct sample_made *m,
    int64_t version, const struct content *x, struct err *e)
{
	const struct sample_case *c = &m->c;
	struct rows *t = &w->tables[TABLE_CONTENT];
	bool last = version == c->content_version;

	if (!rows_begin(t))
		return 0;
	rows_i64(t, c->id);
	rows_i64(t, version);
	rows_str(t, last ? m->json : content_print(&w->scratch, x));
	rows_bytes(t, last ? m->hash : m->first_hash, sizeof(m->hash));
	rows_time(t, version == 1 ? c->submitted_at : c->resubmitted_at);
	rows_i64(t, w->s->people[c->requester].id);
	return rows_end(t, e);
}

static int
write_clauses(struct sample_writer *w, const struct sample_made *m,
    int64_t version, const struct content *x, struct err *e)
{
	struct rows *t = &w->tables[TABLE_CLAUSE];

	for (size_t i = 0; i < x->nclauses; i++) {
		const struct sample_clause *clause =
		    sample_clause_find(m->c.version, x->clauses[i]);

		if (!rows_begin(t))
			return 0;
		rows_i64(t, m->c.id);
		rows_i64(t, version);
		rows_i64(t, (int64_t)i + 1);
		rows_i64(t, m->c.document->id);
		rows_i64(t, clause->id);
		rows_str(t, clause->ref);
		rows_str(t, clause->title);
		rows_str(t, clause->text);
		if (rows_end(t, e) < 0)
			return -1;
	}
	return 0;
}

static int
write_lists(struct sample_writer *w, const struct sample_made *m,
    int64_t version, const struct content *x, struct err *e)
{
	struct rows *t = &w->tables[TABLE_CONTROL];

	for (size_t i = 0; i < x->ncontrols && rows_begin(t); i++) {
		rows_i64(t, m->c.id);
		rows_i64(t, version);
		rows_i64(t, (int64_t)i + 1);
		rows_str(t, x->controls[i].description);
		rows_i64(t, x->controls[i].state);
		rows_str(t, x->controls[i].owner);
		if (rows_end(t, e) < 0)
			return -1;
	}
	t = &w->tables[TABLE_ALTERNATIVE];
	for (size_t i = 0; i < x->nalternatives && rows_begin(t); i++) {
		rows_i64(t, m->c.id);
		rows_i64(t, version);
		rows_i64(t, (int64_t)i + 1);
		rows_str(t, x->alternatives[i].description);
		rows_i64(t, x->alternatives[i].verdict);
		rows_str(t, x->alternatives[i].reason);
		if (rows_end(t, e) < 0)
			return -1;
	}
	return 0;
}

/* Rows that exist once a content version. */
static int
write_version(struct sample_writer *w, const struct sample_made *m,
    int64_t version, const struct content *x, struct err *e)
{
	if (write_content(w, m, version, x, e) < 0 ||
	    write_clauses(w, m, version, x, e) < 0)
		return -1;
	return write_lists(w, m, version, x, e);
}

enum dimension { DIMENSION_UNIT = 1, DIMENSION_DOCUMENT, DIMENSION_CLAUSE };

static int
write_facet(struct sample_writer *w, const struct sample_made *m, int dimension,
    int64_t value, struct err *e)
{
	struct rows *t = &w->tables[TABLE_FACET];
	int fact = sample_fact(w->s, &m->c);

	if (!rows_begin(t))
		return 0;
	rows_i64(t, dimension);
	rows_i64(t, value);
	rows_i64(t, m->c.id);
	rows_i64(t,
	    fact > FACT_SUSPENDED && !sample_shelved(w->s, &m->c) ?
		FACT_APPROVED :
		fact);
	rows_i64(t, fact);
	rows_i64(t, m->content.confidential);
	rows_date(t, m->c.effective_on);
	rows_date(t, sample_holds_until(&m->c));
	rows_i64(t, risk_score_after(&m->content));
	return rows_end(t, e);
}

/* The affected units with those above them, each once. */
static int
write_facets(struct sample_writer *w, const struct sample_made *m,
    struct err *e)
{
	const struct sample *s = w->s;
	size_t start[2] = { m->c.unit, m->c.other_unit };

	for (size_t i = 0; i < 2; i++)
		for (size_t u = start[i]; u != NOWHERE; u = s->units[u].parent)
			if ((i == 0 ||
				!sample_unit_is_below(s, m->c.unit, u)) &&
			    write_facet(w, m, DIMENSION_UNIT, s->units[u].id,
				e) < 0)
				return -1;
	for (size_t i = 0; i < m->content.nclauses; i++)
		if (write_facet(w, m, DIMENSION_CLAUSE,
			sample_clause_find(m->c.version, m->content.clauses[i])
			    ->root_id,
			e) < 0)
			return -1;
	return write_facet(w, m, DIMENSION_DOCUMENT, m->c.document->id, e);
}

static int
write_text(struct sample_writer *w, const struct sample_made *m, struct err *e)
{
	struct rows *t = &w->tables[TABLE_TEXT];
	const char *texts[] = { m->number, m->content.title,
		w->s->people[m->c.owner].name, m->content.justification };

	if (!rows_begin(t))
		return 0;
	rows_i64(t, m->c.id);
	rows_str(t, search_words(&w->scratch, texts, 4));
	rows_i64(t, search_public_chars(&w->scratch, texts, 2));
	return rows_end(t, e);
}

static int
write_risk(struct sample_writer *w, const struct sample_made *m, struct err *e)
{
	const struct sample_case *c = &m->c;
	struct rows *t = &w->tables[TABLE_RISK];
	int year = date_to_civil((date_t)(c->decided_at / US_PER_DAY)).year;
	int64_t id = year * NUMBER_YEAR + ++w->risks[year - w->first_year];

	if (!rows_begin(t))
		return 0;
	rows_i64(t, id);
	rows_str(t, m->content.title);
	rows_str(t, m->content.risk->description);
	rows_i64(t, c->risk.confidentiality);
	rows_i64(t, c->risk.integrity);
	rows_i64(t, c->risk.availability);
	rows_i64(t, c->risk.likelihood);
	rows_i64(t, c->risk.impact);
	rows_i64(t, c->risk.likelihood_after);
	rows_i64(t, c->risk.impact_after);
	rows_i64(t, 1); /* accepted */
	rows_i64(t, w->s->people[c->owner].id);
	rows_i64(t, w->s->units[c->unit].id);
	rows_time(t, c->decided_at);
	rows_date(t, c->expires_on);
	if (rows_end(t, e) < 0)
		return -1;
	t = &w->tables[TABLE_EXCEPTION_RISK];
	if (!rows_begin(t))
		return 0;
	rows_i64(t, c->id);
	rows_i64(t, id);
	return rows_end(t, e);
}

static int
write_submitted(struct sample_writer *w, struct sample_made *m, struct err *e)
{
	struct content first;

	if (m->c.content_version == 2) {
		const char *json;

		sample_content(w->s, &m->c, 1, &w->scratch, &first);
		json = content_print(&w->scratch, &first);
		sha256(json, strlen(json), m->first_hash);
		if (write_version(w, m, 1, &first, e) < 0)
			return -1;
	}
	if (write_version(w, m, m->c.content_version, &m->content, e) < 0 ||
	    write_facets(w, m, e) < 0 || write_text(w, m, e) < 0)
		return -1;
	return sample_outcome(m->c.status) == OUTCOME_APPROVED ?
	    write_risk(w, m, e) :
	    0;
}

int
sample_write(struct sample_writer *w, size_t i, struct err *e)
{
	struct sample_made m;
	int64_t year;

	arena_reset(&w->scratch);
	sample_case_make(w->s, w->plan, i, &m.c);
	sample_content(w->s, &m.c, m.c.content_version, &w->scratch,
	    &m.content);
	m.json = content_print(&w->scratch, &m.content);
	sha256(m.json, strlen(m.json), m.hash);
	m.number = exception_number(&w->scratch, m.c.id);
	year = m.c.id / NUMBER_YEAR;
	w->exceptions[year - w->first_year] = m.c.id % NUMBER_YEAR;
	if (write_exception(w, &m, e) < 0 ||
	    (m.c.status != STATUS_DRAFT && write_submitted(w, &m, e) < 0))
		return -1;
	return sample_write_steps(w, &m, e);
}
