/* Rows of what happened: versions, findings, decisions, audit events. */
#include <string.h>

#include "app/sample_tables.h"
#include "app/sample_text.h"
#include "base/token.h"
#include "json/json_write.h"

static const unsigned char *
hash_of(const struct sample_made *m, int64_t content_version)
{
	return content_version == m->c.content_version ? m->hash :
							 m->first_hash;
}

static int
write_row_version(struct sample_writer *w, const struct sample_made *m,
    const struct sample_step *step, struct err *e)
{
	const struct sample_case *c = &m->c;
	struct rows *t = &w->tables[TABLE_VERSION];
	bool approved = step->state == STATE_APPROVED;

	if (!rows_begin(t))
		return 0;
	rows_i64(t, c->id);
	rows_i64(t, step->row_version);
	rows_time(t, step->at);
	rows_i64(t, w->s->people[step->actor].id);
	rows_str(t, step->action);
	rows_i64(t, step->content_version);
	rows_bytes(t, hash_of(m, step->content_version), 32);
	rows_i64(t, step->state);
	rows_i64(t, step->stage);
	rows_i64(t, step->outcome);
	rows_str(t, m->content.title);
	rows_i64(t, w->s->people[c->owner].id);
	rows_i64(t, w->s->units[c->unit].id);
	rows_i64(t, c->document->id);
	rows_i64(t, risk_score_after(&m->content));
	rows_i64(t, m->content.confidential);
	rows_date(t, c->requested_until);
	rows_date(t, approved ? c->effective_on : DATE_NONE);
	rows_date(t, approved ? c->expires_on : DATE_NONE);
	rows_i64(t, step->suspended);
	rows_i64(t, step->ended_as);
	rows_date(t, step->ended_as != ENDED_NOT ? c->ended_on : DATE_NONE);
	return rows_end(t, e);
}

/* Findings point the way the decision went. */
static enum judgement
judgement_of(const struct sample_made *m, size_t finding)
{
	if (m->c.status == STATUS_DENIED)
		return finding % 2 == 0 ? JUDGEMENT_NEUTRAL : JUDGEMENT_OPPOSES;
	return (m->c.texts + finding) % 5 == 0 ? JUDGEMENT_NEUTRAL :
						 JUDGEMENT_SUPPORTS;
}

static const struct finding_owed *
owed_of(const struct sample_made *m, const struct sample_step *step)
{
	return &m->c.procedure->procedure.stages[0].findings[step->finding];
}

static int
write_finding(struct sample_writer *w, const struct sample_made *m,
    const struct sample_step *step, struct err *e)
{
	const struct sample_phrases *p = &w->s->phrases;
	struct rows *t = &w->tables[TABLE_FINDING];
	const char *kind = owed_of(m, step)->finding;
	bool business = strcmp(kind, "business_validity") == 0;

	if (!rows_begin(t))
		return 0;
	rows_i64(t, m->c.id);
	rows_i64(t, step->content_version);
	rows_i64(t, 1);
	rows_str(t, kind);
	rows_i64(t, judgement_of(m, step->finding));
	rows_str(t,
	    sample_phrase(w->s, &m->c, TEXT_FINDING + (unsigned)step->finding,
		business ? p->business_validity : p->security_implications,
		business ? p->nbusiness_validity : p->nsecurity_implications,
		&w->scratch));
	rows_i64(t, w->s->people[step->actor].id);
	rows_time(t, step->at);
	return rows_end(t, e);
}

/* The reason given with a decision or withdrawal, "" for other steps. */
static const char *
reason_of(struct sample_writer *w, const struct sample_made *m,
    const struct sample_step *step)
{
	const struct sample_phrases *p = &w->s->phrases;

	if (strcmp(step->action, "approve") == 0)
		return sample_phrase(w->s, &m->c, TEXT_DECISION, p->approve,
		    p->napprove, &w->scratch);
	if (strcmp(step->action, "deny") == 0)
		return sample_phrase(w->s, &m->c, TEXT_DECISION, p->deny,
		    p->ndeny, &w->scratch);
	if (strcmp(step->action, "return") == 0)
		return sample_phrase(w->s, &m->c, TEXT_RETURN, p->returned,
		    p->nreturned, &w->scratch);
	if (strcmp(step->action, "withdraw") == 0)
		return sample_phrase(w->s, &m->c, TEXT_WITHDRAW, p->withdraw,
		    p->nwithdraw, &w->scratch);
	return "";
}

/* The verdict a step stands for, or none. */
static enum verdict
verdict_of(const struct sample_step *step)
{
	for (int v = 1; v < VERDICT__MAX; v++)
		if (strcmp(verdict_names[v], step->action) == 0)
			return (enum verdict)v;
	return VERDICT__INVALID;
}

static const char *
role_title(const char *role)
{
	return strcmp(role, "security_lead") == 0 ? "Security Lead" :
						    "Exception approver";
}

static int
write_decision(struct sample_writer *w, const struct sample_made *m,
    const struct sample_step *step, enum verdict verdict, const char *reason,
    struct err *e)
{
	const struct sample_person *p = &w->s->people[step->actor];
	struct rows *t = &w->tables[TABLE_DECISION];

	if (!rows_begin(t))
		return 0;
	rows_i64(t, m->c.id);
	rows_i64(t, step->content_version);
	rows_i64(t, 1);
	rows_i64(t, verdict);
	rows_str(t, reason);
	rows_date(t, verdict == VERDICT_APPROVE ? m->c.expires_on : DATE_NONE);
	rows_bytes(t, hash_of(m, step->content_version), 32);
	rows_i64(t, p->id);
	rows_str(t, p->name);
	rows_str(t, p->title);
	rows_str(t, p->groups != NULL ? p->groups : "");
	rows_str(t, m->c.mapping->role);
	rows_str(t, role_title(m->c.mapping->role));
	rows_i64(t, m->c.mapping->id);
	rows_i64(t, m->c.procedure->procedure.id);
	rows_time(t, step->at);
	return rows_end(t, e);
}

/* The fields of api/audit_trail.c, in its order. */
static const char *
event_body(struct sample_writer *w, const struct sample_made *m,
    const struct sample_step *step, const char *action, const char *detail,
    const char *address)
{
	struct json_writer j;
	struct buf b;
	char hash[65];

	buf_init(&b, &w->scratch);
	json_begin(&j, &b);
	json_object(&j, NULL);
	json_i64(&j, "v", 1);
	json_time(&j, "at", step->at);
	json_str(&j, "origin", "exregctl sample");
	json_str(&j, "action", action);
	json_bool(&j, "refused", false);
	json_object(&j, "actor");
	json_i64(&j, "person", w->s->people[step->actor].id);
	json_str(&j, "name", w->s->people[step->actor].name);
	json_str(&j, "address", address);
	json_end(&j);
	json_object(&j, "object");
	json_str(&j, "type", "exception");
	json_i64(&j, "id", m->c.id);
	json_str(&j, "name", m->number);
	json_i64(&j, "row_version", step->row_version);
	if (step->content_version > 0)
		json_i64(&j, "content_version", step->content_version);
	if (verdict_of(step) != VERDICT__INVALID) {
		hex_encode(hash_of(m, step->content_version), 32, hash);
		json_str(&j, "content_hash", hash);
	}
	json_end(&j);
	json_str(&j, "detail", detail);
	json_str(&j, "request", "sample");
	json_end(&j);
	json_finish(&j);
	return buf_text(&b);
}

/* A UUIDv7 without the machine's randomness. */
static void
event_id(const struct sample_writer *w, const struct sample_made *m,
    const struct sample_step *step, unsigned char out[16])
{
	struct rng r = rng_make(w->s->seed ^ (uint64_t)step->row_version,
	    (uint64_t)m->c.id);
	uint64_t ms = (uint64_t)(step->at / 1000);
	uint64_t a = rng_next(&r);
	uint64_t b = rng_next(&r);

	for (int i = 0; i < 6; i++)
		out[i] = (unsigned char)(ms >> (40 - 8 * i));
	for (int i = 0; i < 2; i++)
		out[6 + i] = (unsigned char)(a >> (8 * i));
	for (int i = 0; i < 8; i++)
		out[8 + i] = (unsigned char)(b >> (8 * i));
	out[6] = (unsigned char)(0x70 | (out[6] & 0x0f));
	out[8] = (unsigned char)(0x80 | (out[8] & 0x3f));
}

static int
write_event(struct sample_writer *w, const struct sample_made *m,
    const struct sample_step *step, const char *detail, struct err *e)
{
	const struct sample_person *p = &w->s->people[step->actor];
	struct rows *t = &w->tables[TABLE_AUDIT];
	unsigned char id[16];
	const char *action, *address;

	if (t->db == NULL)
		return 0;
	event_id(w, m, step, id);
	action = arena_printf(&w->scratch, "exception.%s", step->action);
	address = arena_printf(&w->scratch, "10.20.%d.%d",
	    (int)(p->id / 200 % 200), (int)(p->id % 200 + 10));
	rows_begin(t);
	rows_bytes(t, id, sizeof(id));
	rows_time(t, step->at);
	rows_i64(t, p->id);
	rows_str(t, p->name);
	rows_str(t, action);
	rows_str(t, "exception");
	rows_i64(t, m->c.id);
	rows_str(t, m->number);
	rows_i64(t, 0);
	rows_str(t, detail);
	rows_str(t, address);
	rows_str(t, event_body(w, m, step, action, detail, address));
	if (rows_end(t, e) < 0)
		return -1;
	t = &w->tables[TABLE_AUDIT_PENDING];
	rows_begin(t);
	rows_bytes(t, id, sizeof(id));
	return rows_end(t, e);
}

static int
write_step(struct sample_writer *w, const struct sample_made *m,
    const struct sample_step *step, struct err *e)
{
	enum verdict verdict = verdict_of(step);
	bool find = strcmp(step->action, "find") == 0;
	const char *detail = reason_of(w, m, step);

	if (find)
		detail = arena_printf(&w->scratch, "%s: %s",
		    owed_of(m, step)->finding,
		    judgement_names[judgement_of(m, step->finding)]);
	if (write_row_version(w, m, step, e) < 0 ||
	    (find && write_finding(w, m, step, e) < 0) ||
	    (verdict != VERDICT__INVALID &&
		write_decision(w, m, step, verdict, detail, e) < 0))
		return -1;
	/* a large register keeps the trail of what changed a state */
	if (find && w->s->count > 0)
		return 0;
	return write_event(w, m, step, detail, e);
}

int
sample_write_steps(struct sample_writer *w, const struct sample_made *m,
    struct err *e)
{
	const struct sample_step created = { .action = "create",
		.at = m->c.created_at,
		.actor = m->c.requester,
		.row_version = 1 };

	if (w->s->count == 0 && write_event(w, m, &created, "", e) < 0)
		return -1;
	for (size_t i = 0; i < m->c.nsteps; i++)
		if (write_step(w, m, &m->c.steps[i], e) < 0)
			return -1;
	return 0;
}
