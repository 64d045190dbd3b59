/* Conditions AND within one stage; a stage without any is always taken. */
#include "domain/engine.h"

#include <string.h>

static bool
is_among(const char *const *list, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(list[i], name) == 0)
			return true;
	}
	return false;
}

static bool
condition_holds(const struct stage_condition *w, const struct stage_facts *f)
{
	if (w == NULL)
		return true;
	return (w->least_risk == I64_NONE || f->risk >= w->least_risk) &&
	    (w->longer_than_days == I64_NONE ||
		f->days > w->longer_than_days) &&
	    (w->least_term_no == I64_NONE || f->term_no >= w->least_term_no) &&
	    (w->ndomains == 0 ||
		(f->domain > DOMAIN__INVALID && f->domain < DOMAIN__MAX &&
		    is_among(w->domains, w->ndomains,
			domain_names[f->domain])));
}

static bool
is_after(enum stage_after after, enum verdict decided)
{
	switch (after) {
	case AFTER_DENIED:
		return decided == VERDICT_DENY;
	case AFTER_EITHER:
		return decided != VERDICT__INVALID;
	case STAGE_AFTER__INVALID:
	case AFTER_GOING_ON:
	case STAGE_AFTER__MAX:
		break;
	}
	return decided != VERDICT_DENY;
}

int64_t
engine_next(const struct procedure *p, int64_t from, enum verdict decided,
    const struct stage_facts *f)
{
	for (size_t i = (size_t)from; i < p->nstages; i++) {
		const struct stage *s = &p->stages[i];

		if (is_after(s->after, decided) &&
		    condition_holds(s->applies, f))
			return (int64_t)i + 1;
	}
	return 0;
}

void
engine_go(const struct procedure *p, struct progress *at, enum request_state to,
    enum verdict decided, const struct stage_facts *f)
{
	at->state = to;
	at->decided = VERDICT__INVALID;
	if (to == STATE_IN_STAGE) {
		at->decided = decided;
		at->stage = engine_next(p, at->stage, decided, f);
	} else if (to != STATE_RETURNED) {
		at->stage = 0;
	}
}

int64_t
engine_last_form(const struct procedure *p, int64_t stage)
{
	int64_t passed = stage - 1;

	while (passed > 0 && procedure_stage_kind(p, passed) != STAGE_FORM)
		passed--;
	return passed > 0 ? passed : 0;
}

int64_t
engine_restart(const struct procedure *p, int64_t stage,
    const struct stage_facts *f)
{
	return engine_next(p, engine_last_form(p, stage), VERDICT__INVALID, f);
}

bool
engine_is_locked(const struct procedure *p, int64_t stage, enum verdict decided)
{
	if (decided == VERDICT__INVALID || stage < 1)
		return false;
	if (decided == VERDICT_DENY)
		return true;
	for (size_t i = (size_t)stage - 1; i < p->nstages; i++) {
		if (p->stages[i].kind == STAGE_DECIDE)
			return false;
	}
	return true;
}

static enum completion_rule
rule_of(const struct stage *s)
{
	return s->completion != NULL ? s->completion->rule : COMPLETION_ANY;
}

const char *
engine_closer(const struct stage *s)
{
	return rule_of(s) == COMPLETION_QUORUM ? s->completion->chair : s->role;
}

bool
engine_votes(const struct stage *s, const char *role)
{
	switch (rule_of(s)) {
	case COMPLETION_QUORUM:
		return strcmp(s->role, role) == 0;
	case COMPLETION_ALL:
		return is_among(s->completion->roles, s->completion->nroles,
		    role);
	case COMPLETION__INVALID:
	case COMPLETION_ANY:
	case COMPLETION_RULE__MAX:
		break;
	}
	return false;
}

static bool
has_signed(const char *role, const struct vote *votes, size_t nvotes)
{
	for (size_t i = 0; i < nvotes; i++) {
		if (strcmp(votes[i].role, role) == 0)
			return true;
	}
	return false;
}

bool
engine_may_sign(const struct stage *s, const char *role,
    const struct vote *votes, size_t nvotes, int64_t person_id)
{
	if (!engine_votes(s, role))
		return false;
	for (size_t i = 0; i < nvotes; i++) {
		bool same = strcmp(votes[i].role, role) == 0;

		if (same != (votes[i].voter_id == person_id))
			return false;
	}
	return true;
}

static const char *
next_signature(const struct completion *c, const struct vote *votes,
    size_t nvotes)
{
	for (size_t i = 0; i < c->nroles; i++) {
		if (!has_signed(c->roles[i], votes, nvotes))
			return c->roles[i];
	}
	return NULL;
}

const char *
engine_turn(const struct stage *s, const struct vote *votes, size_t nvotes)
{
	const char *role = NULL;

	if (rule_of(s) == COMPLETION_QUORUM &&
	    !engine_tally(s, votes, nvotes).complete)
		role = s->role;
	else if (rule_of(s) == COMPLETION_ALL &&
	    engine_tally(s, votes, nvotes).deny == 0)
		role = next_signature(s->completion, votes, nvotes);
	return role != NULL ? role : engine_closer(s);
}

static void
tally_result(struct tally *t, const struct stage *s, const struct vote *votes,
    size_t nvotes)
{
	switch (rule_of(s)) {
	case COMPLETION_QUORUM:
		t->complete = t->cast >= s->completion->least;
		t->full = t->cast >= s->completion->of;
		/* a tie is the chair's to break */
		t->may_approve = t->approve > 0 && t->approve >= t->deny;
		t->may_deny = t->deny >= t->approve;
		return;
	case COMPLETION_ALL:
		t->complete =
		    next_signature(s->completion, votes, nvotes) == NULL;
		t->full = t->complete;
		t->may_approve =
		    t->approve == t->cast && t->complete && t->deny == 0;
		t->may_deny = true;
		/* one refusal is enough to close it */
		t->complete = t->complete || t->deny > 0;
		return;
	case COMPLETION__INVALID:
	case COMPLETION_ANY:
	case COMPLETION_RULE__MAX:
		break;
	}
	t->complete = t->may_approve = t->may_deny = true;
}

struct tally
engine_tally(const struct stage *s, const struct vote *votes, size_t nvotes)
{
	struct tally t = { .cast = (int64_t)nvotes };

	for (size_t i = 0; i < nvotes; i++) {
		t.approve += votes[i].ballot == BALLOT_APPROVE;
		t.deny += votes[i].ballot == BALLOT_DENY;
		t.abstain += votes[i].ballot == BALLOT_ABSTAIN;
	}
	tally_result(&t, s, votes, nvotes);
	return t;
}

/* Keys of records differ within a stage only. */
static bool
is_of(const struct stage_record *r, const struct stage *s, const char *record)
{
	return strcmp(r->stage, s->stage) == 0 &&
	    strcmp(r->record, record) == 0;
}

static bool
is_covered(const struct stage *s, const char *topic, const char *record,
    const struct stage_record *records, size_t nrecords)
{
	size_t len = strlen(topic);

	for (size_t i = 0; i < nrecords; i++) {
		const char *line = records[i].topics;

		if (!is_of(&records[i], s, record))
			continue;
		/* one topic a line */
		for (; line != NULL && *line != '\0';
		     line += strcspn(line, "\n"), line += *line == '\n') {
			if (strcspn(line, "\n") == len &&
			    strncmp(line, topic, len) == 0)
				return true;
		}
	}
	return false;
}

struct record_state
engine_record_state(const struct stage *stage, const struct record_owed *owed,
    const struct stage_record *records, size_t nrecords)
{
	struct record_state s = { 0 };
	int64_t least = owed->least != I64_NONE ? owed->least : 0;

	for (size_t i = 0; i < nrecords; i++)
		s.have += is_of(&records[i], stage, owed->record);
	s.complete = s.have >= least;
	for (size_t t = 0; least > 0 && t < owed->ntopics; t++)
		s.complete = s.complete &&
		    is_covered(stage, owed->topics[t], owed->record, records,
			nrecords);
	return s;
}

bool
engine_records_complete(const struct stage *s,
    const struct stage_record *records, size_t nrecords)
{
	for (size_t i = 0; s != NULL && i < s->nrecords; i++) {
		if (!engine_record_state(s, &s->records[i], records, nrecords)
			 .complete)
			return false;
	}
	return s != NULL;
}
