/*
 * Ten thousand random histories: a random procedure, people with random
 * roles, and whatever they try. The engine says what is accepted; a model
 * written from the sentences of the rules, which sees nothing but the log,
 * looks for a broken one.
 */
#include "support/test.h"

#include "domain/engine.h"
#include "domain/workflow.h"

#define HISTORIES 10000
#define STEPS 70
#define STAGES 6
#define PEOPLE 8
#define ROLES 5
#define REQUESTER 0
#define OWNER 1

static const char *const role_keys[ROLES] = { "r0", "r1", "r2", "r3", "r4" };

static uint64_t seed = 0x9e3779b97f4a7c15u;

static unsigned
roll(unsigned n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 33) % n;
}

/* ---- a world ---------------------------------------------------------- */

struct world {
	struct procedure p;
	struct stage stages[STAGES];
	char keys[STAGES][4];
	struct completion completions[STAGES];
	struct stage_condition conditions[STAGES];
	struct record_owed owed[STAGES];
	const char *others[STAGES][1];
	const char *signers[2];
	struct stage_facts facts;
	bool holds[PEOPLE][ROLES];
};

static void
make_votes(struct world *w, struct stage *s, struct completion *c)
{
	unsigned kind = roll(4);

	if (kind > 1)
		return;
	*c = (struct completion){ COMPLETION_QUORUM, NULL, 0,
		role_keys[roll(ROLES)], 1 + roll(3), 3 };
	if (kind == 1)
		*c = (struct completion){ COMPLETION_ALL, w->signers, 2, NULL,
			I64_NONE, I64_NONE };
	s->completion = c;
}

/* Forms and answers come before the decision that everybody gets, and forms
 * before any decision: what procedure_check() asks for. */
static enum stage_kind
some_kind(bool behind, bool decided)
{
	static const enum stage_kind ahead[] = { STAGE_ASSESS, STAGE_RESPOND,
		STAGE_MEET, STAGE_DECIDE, STAGE_FORM };
	static const enum stage_kind after[] = { STAGE_DECIDE, STAGE_DOCUMENT,
		STAGE_LETTER, STAGE_FILE, STAGE_MEET };

	return behind ? after[roll(5)] : ahead[roll(decided ? 4 : 5)];
}

static void
make_stage(struct world *w, size_t i, size_t decide)
{
	struct stage *s = &w->stages[i];
	bool behind = i > decide;
	bool decided = false;

	for (size_t k = 0; k < i; k++)
		decided |= w->stages[k].kind == STAGE_DECIDE;
	snprintf(w->keys[i], sizeof(w->keys[i]), "s%u", (unsigned)i);
	*s = (struct stage){ .stage = w->keys[i],
		.kind = i == decide ? STAGE_DECIDE : some_kind(behind, decided),
		.time_limit_days = I64_NONE };
	if (s->kind != STAGE_FORM)
		s->role = role_keys[roll(ROLES)];
	if (s->kind == STAGE_DECIDE)
		make_votes(w, s, &w->completions[i]);
	if (behind && s->kind != STAGE_DECIDE)
		s->after = (enum stage_after)(1 + roll(3));
	if (i != decide && roll(4) == 0) {
		w->conditions[i] = (struct stage_condition){ 1 + roll(25),
			I64_NONE, I64_NONE, NULL, 0 };
		s->applies = &w->conditions[i];
	}
	if (i > 0 && s->role != NULL && roll(3) == 0) {
		w->others[i][0] = w->keys[roll((unsigned)i)];
		s->not_same_as = w->others[i];
		s->nnot_same_as = 1;
	}
	if (s->kind == STAGE_ASSESS || s->kind == STAGE_MEET ||
	    s->kind == STAGE_DOCUMENT || s->kind == STAGE_FILE) {
		w->owed[i] = (struct record_owed){ .record = "note",
			.kind = RECORD_TEXT,
			.least = 1 + roll(2) };
		s->records = &w->owed[i];
		s->nrecords = 1;
	}
}

static void
make_world(struct world *w)
{
	size_t n = 1 + roll(STAGES);
	size_t decide = roll((unsigned)n);

	memset(w, 0, sizeof(*w));
	w->signers[0] = role_keys[roll(ROLES - 1)];
	w->signers[1] = role_keys[ROLES - 1];
	w->facts =
	    (struct stage_facts){ 1 + roll(25), 1 + roll(365), 1, DOMAIN_HR };
	for (size_t i = 0; i < n; i++)
		make_stage(w, i, decide);
	w->p.stages = w->stages;
	w->p.nstages = n;
	w->p.implementation = roll(2);
	for (size_t i = 0; i < PEOPLE; i++) {
		for (size_t r = 0; r < ROLES; r++)
			w->holds[i][r] = roll(2);
	}
}

/* ---- one request ------------------------------------------------------- */

struct event {
	size_t actor;
	enum action action;
	enum request_state before;
	enum request_state after;
	int64_t stage; /* it was in */
	int64_t version;
	const char *role; /* of a vote */
	enum ballot ballot;
};

struct request {
	struct progress at;
	int64_t version;
	bool found; /* the finding of this stage and version */
	bool implemented;
	struct vote votes[STEPS];
	size_t nvotes;
	struct stage_record records[STEPS];
	size_t nrecords;
	int64_t letter_stage; /* 0: none */
	enum letter_state letter;
	size_t drafter;
	struct event log[STEPS];
	size_t nlog;
};

static bool
holds(const struct world *w, size_t person, const char *role)
{
	for (size_t r = 0; role != NULL && r < ROLES; r++) {
		if (strcmp(role_keys[r], role) == 0)
			return w->holds[person][r];
	}
	return false;
}

/* Votes on this version and stage stand together at the end. */
static size_t
votes_now(const struct request *x, const struct vote **first)
{
	size_t n = 0;

	*first = NULL;
	for (size_t i = 0; i < x->nvotes; i++) {
		if (x->votes[i].content_version != x->version ||
		    x->votes[i].stage != x->at.stage)
			continue;
		if (n++ == 0)
			*first = &x->votes[i];
	}
	return n;
}

static bool
acted_in(const struct request *x, size_t person, int64_t stage)
{
	for (size_t i = 0; i < x->nlog; i++) {
		const struct event *e = &x->log[i];

		if (e->actor == person && e->stage == stage &&
		    (action_is_deciding(e->action) ||
			e->action == ACTION_VOTE || e->action == ACTION_RECORD))
			return true;
	}
	return false;
}

/* A role the person may vote in now, or NULL. */
static const char *
voting_role(const struct world *w, const struct request *x,
    const struct stage *s, size_t person)
{
	const struct vote *votes;
	size_t n = votes_now(x, &votes);

	for (size_t r = 0; r < ROLES; r++) {
		if (!w->holds[person][r] || !engine_votes(s, role_keys[r]))
			continue;
		if (s->completion->rule == COMPLETION_QUORUM ||
		    engine_may_sign(s, role_keys[r], votes, n, (int64_t)person))
			return role_keys[r];
	}
	return NULL;
}

static void
stage_facts_of(const struct world *w, const struct request *x, size_t person,
    struct facts *f)
{
	const struct stage *s = procedure_stage(&w->p, x->at.stage);
	const struct vote *votes;
	size_t n = votes_now(x, &votes);
	const struct tally t = engine_tally(s, votes, n);

	f->kind = s->kind;
	f->is_holder = holds(w, person, engine_closer(s));
	f->decided = x->at.decided;
	f->is_locked = engine_is_locked(&w->p, x->at.stage, x->at.decided);
	f->more = engine_next(&w->p, x->at.stage,
		      s->kind == STAGE_DECIDE ? VERDICT_APPROVE : x->at.decided,
		      &w->facts) > 0;
	f->more_if_denied =
	    engine_next(&w->p, x->at.stage, VERDICT_DENY, &w->facts) > 0;
	f->records_complete =
	    engine_records_complete(s, x->records, x->nrecords);
	f->takes_votes = s->completion != NULL;
	f->is_voter = f->takes_votes && voting_role(w, x, s, person) != NULL;
	f->votes_complete = t.complete;
	f->votes_for = t.may_approve;
	f->votes_against = t.may_deny;
	f->has_seat = !t.full;
	for (size_t i = 0; i < n; i++)
		f->has_seat |= votes[i].voter_id == (int64_t)person;
	for (size_t i = 0; i < n; i++)
		f->has_signed |= s->completion != NULL &&
		    s->completion->rule == COMPLETION_ALL &&
		    votes[i].voter_id == (int64_t)person;
	f->has_letter = x->letter_stage == x->at.stage;
	f->is_drafter = f->has_letter && x->drafter == person;
	f->letter_reviewed = f->has_letter && x->letter != LETTER_DRAFTED;
	f->letter_sent = f->has_letter && x->letter == LETTER_SENT;
	for (size_t i = 0; i < s->nnot_same_as; i++)
		f->has_other_hat |= acted_in(x, person,
		    procedure_stage_number(&w->p, s->not_same_as[i]));
}

static struct facts
facts_of(const struct world *w, const struct request *x, size_t person)
{
	struct facts f = { .is_requester = person == REQUESTER,
		.is_owner = person == OWNER,
		.is_editor = person == REQUESTER,
		.findings_complete = x->found,
		.is_asset_owner = true,
		.may_request = true,
		.implementation_owed = w->p.implementation && !x->implemented };

	if (x->at.state == STATE_IN_STAGE)
		stage_facts_of(w, x, person, &f);
	return f;
}

static void
put_vote(const struct world *w, struct request *x, struct event *e)
{
	const struct stage *s = procedure_stage(&w->p, x->at.stage);

	e->role = voting_role(w, x, s, e->actor);
	e->ballot = (enum ballot)(1 + roll(3));
	for (size_t i = 0; i < x->nvotes; i++) {
		if (x->votes[i].content_version == x->version &&
		    x->votes[i].stage == x->at.stage &&
		    x->votes[i].voter_id == (int64_t)e->actor) {
			x->votes[i].ballot = e->ballot;
			return;
		}
	}
	x->votes[x->nvotes++] = (struct vote){ .content_version = x->version,
		.stage = x->at.stage,
		.voter_id = (int64_t)e->actor,
		.role = e->role,
		.ballot = e->ballot };
}

/* What an act leaves, beside where the request goes. */
static void
leave_trace(const struct world *w, struct request *x, struct event *e)
{
	if (e->action == ACTION_FIND)
		x->found = true;
	else if (e->action == ACTION_VOTE)
		put_vote(w, x, e);
	else if (e->action == ACTION_RECORD)
		x->records[x->nrecords++] =
		    (struct stage_record){ .record = "note",
			    .stage = w->keys[x->at.stage - 1] };
	else if (e->action == ACTION_IMPLEMENT)
		x->implemented = true;
	else if (e->action == ACTION_WRITE_LETTER) {
		x->letter_stage = x->at.stage;
		x->letter = LETTER_DRAFTED;
		x->drafter = e->actor;
	} else if (e->action == ACTION_REVIEW_LETTER)
		x->letter = LETTER_REVIEWED;
	else if (e->action == ACTION_SEND_LETTER)
		x->letter = LETTER_SENT;
}

static enum verdict
decided_by(const struct request *x, enum action a)
{
	if (a == ACTION_APPROVE)
		return VERDICT_APPROVE;
	if (a == ACTION_DENY)
		return VERDICT_DENY;
	return a == ACTION_COMPLETE ? x->at.decided : VERDICT__INVALID;
}

/* Does the act lead out of the stage? The others stay where they are. */
static bool
leads_on(enum action a)
{
	return action_is_deciding(a) || a == ACTION_COMPLETE ||
	    a == ACTION_AMEND || a == ACTION_WITHDRAW || a == ACTION_DISCARD;
}

static void
move(const struct world *w, struct request *x, const struct event *e)
{
	int64_t stage = x->at.stage;

	if (e->action == ACTION_RESUBMIT) {
		x->version++;
		x->at.state = STATE_IN_STAGE;
		x->at.stage = engine_restart(&w->p, stage, &w->facts);
	} else if (e->action == ACTION_SUBMIT) {
		x->version++;
		engine_go(&w->p, &x->at, e->after, VERDICT__INVALID, &w->facts);
	} else if (leads_on(e->action)) {
		engine_go(&w->p, &x->at, e->after, decided_by(x, e->action),
		    &w->facts);
	}
	if (e->action == ACTION_SUBMIT || e->action == ACTION_RESUBMIT ||
	    x->at.stage != stage) {
		x->found = false;
		/* records are counted by stage, votes by stage and version */
		x->nrecords = 0;
		for (size_t i = 0; i < x->nlog; i++) {
			if (x->log[i].action == ACTION_RECORD &&
			    x->log[i].stage == x->at.stage)
				x->records[x->nrecords++] =
				    (struct stage_record){ .record = "note",
					    .stage = w->keys[x->at.stage - 1] };
		}
	}
}

static void
try_one(const struct world *w, struct request *x)
{
	struct event e = { .actor = roll(3) == 0 ? REQUESTER : roll(PEOPLE),
		.action = (enum action)(1 + roll(ACTION__MAX - 1)),
		.before = x->at.state,
		.stage = x->at.stage,
		.version = x->version };
	const struct facts f = facts_of(w, x, e.actor);

	/* withdrawing ends most histories before they have begun */
	if ((e.action == ACTION_WITHDRAW || e.action == ACTION_DISCARD ||
		e.action == ACTION_AMEND) &&
	    roll(12) > 0)
		return;
	if (workflow_step(x->at.state, e.action, &f, &e.after, NULL) !=
	    RULING_OK)
		return;
	leave_trace(w, x, &e);
	if (e.action == ACTION_SUBMIT || e.action == ACTION_RESUBMIT)
		e.version = x->version + 1;
	x->log[x->nlog++] = e;
	move(w, x, &e);
}

/* ---- the model: sentences about the log -------------------------------- */

static bool
is_judge(enum action a)
{
	return a == ACTION_FIND || a == ACTION_VOTE || a == ACTION_RECORD ||
	    a == ACTION_COMPLETE || a == ACTION_WRITE_LETTER ||
	    a == ACTION_REVIEW_LETTER || a == ACTION_SEND_LETTER ||
	    action_is_deciding(a);
}

static bool
is_end(enum request_state s)
{
	return s == STATE_APPROVED || s == STATE_DENIED ||
	    s == STATE_WITHDRAWN || s == STATE_ALTERNATIVE_ACCEPTED;
}

/* The last event before `end` of that action in that stage and version
 * (0: any), or NULL. */
static const struct event *
last(const struct request *x, size_t end, enum action a, int64_t stage,
    int64_t version)
{
	for (size_t i = end; i-- > 0;) {
		const struct event *e = &x->log[i];

		if (e->action == a && e->stage == stage &&
		    (version == 0 || e->version == version))
			return e;
	}
	return NULL;
}

static size_t
count(const struct request *x, size_t end, enum action a, int64_t stage)
{
	size_t n = 0;

	for (size_t i = 0; i < end; i++)
		n += x->log[i].action == a && x->log[i].stage == stage;
	return n;
}

/* Rule 2, the role, and the hats. */
static const char *
fault_of_judge(const struct world *w, const struct request *x, size_t i)
{
	const struct event *e = &x->log[i];
	const struct stage *s = &w->stages[e->stage - 1];
	const char *role = e->action == ACTION_VOTE ? e->role :
	    s->completion != NULL && s->completion->rule == COMPLETION_QUORUM ?
						      s->completion->chair :
						      s->role;

	if (e->actor == REQUESTER || e->actor == OWNER)
		return "somebody involved acted";
	if (!holds(w, e->actor, role))
		return "somebody without the role acted";
	for (size_t k = 0; k < i; k++) {
		const struct event *earlier = &x->log[k];

		if (s->nnot_same_as > 0 && earlier->actor == e->actor &&
		    (earlier->action == ACTION_RECORD ||
			earlier->action == ACTION_VOTE ||
			action_is_deciding(earlier->action)) &&
		    strcmp(w->keys[earlier->stage - 1], s->not_same_as[0]) == 0)
			return "one person wore two hats";
	}
	return NULL;
}

/* The votes that count: each person's last, on that stage and version. */
static const char *
fault_of_votes(const struct world *w, const struct request *x, size_t i)
{
	const struct event *d = &x->log[i];
	const struct completion *c = w->stages[d->stage - 1].completion;
	int cast = 0, yes = 0, no = 0;
	bool signed_by[2] = { false, false };

	if (c == NULL)
		return NULL;
	for (size_t person = 0; person < PEOPLE; person++) {
		const struct event *v = NULL;

		for (size_t k = 0; k < i; k++) {
			if (x->log[k].action == ACTION_VOTE &&
			    x->log[k].actor == person &&
			    x->log[k].stage == d->stage &&
			    x->log[k].version == d->version)
				v = &x->log[k];
		}
		if (v == NULL)
			continue;
		if (c->rule == COMPLETION_ALL && person == d->actor)
			return "one person signed twice";
		cast++;
		yes += v->ballot == BALLOT_APPROVE;
		no += v->ballot == BALLOT_DENY;
		for (size_t k = 0; k < 2; k++)
			signed_by[k] |= c->rule == COMPLETION_ALL &&
			    v->ballot == BALLOT_APPROVE &&
			    strcmp(w->signers[k], v->role) == 0;
	}
	if (c->rule == COMPLETION_ALL)
		return d->action == ACTION_APPROVE &&
			!(signed_by[0] && signed_by[1]) ?
		    "approved without every signature" :
		    NULL;
	if (cast < c->least)
		return "decided without the quorum";
	if (d->action == ACTION_APPROVE && yes == 0)
		return "approved by nobody but the chair";
	if (cast > c->of)
		return "more votes than seats";
	return d->action == ACTION_APPROVE ?
	    (yes < no ? "approved against the majority" : NULL) :
	    (no < yes ? "denied against the majority" : NULL);
}

static const char *
fault_of_letter(const struct request *x, size_t i, int64_t stage)
{
	const struct event *sent = last(x, i, ACTION_SEND_LETTER, stage, 0);
	const struct event *review = last(x, i, ACTION_REVIEW_LETTER, stage, 0);
	const struct event *text = last(x, i, ACTION_WRITE_LETTER, stage, 0);

	if (text == NULL || review == NULL || sent == NULL)
		return "a letter was not written, reviewed and sent";
	if (review < text || sent < review)
		return "a letter was changed after its review";
	return review->actor == text->actor ?
	    "a letter was reviewed by its writer" :
	    NULL;
}

static const char *
fault_of_act(const struct world *w, const struct request *x, size_t i)
{
	const struct event *e = &x->log[i];
	const struct stage *s = &w->stages[e->stage > 0 ? e->stage - 1 : 0];

	if (e->action == ACTION_APPROVE || e->action == ACTION_DENY) {
		if (last(x, i, ACTION_FIND, e->stage, e->version) == NULL)
			return "decided without the finding";
		return fault_of_votes(w, x, i);
	}
	if (e->action == ACTION_COMPLETE && s->kind == STAGE_LETTER)
		return fault_of_letter(x, i, e->stage);
	if (e->action == ACTION_COMPLETE &&
	    (int64_t)count(x, i, ACTION_RECORD, e->stage) < s->records->least)
		return "a stage was left without its records";
	if ((e->action == ACTION_SUBMIT || e->action == ACTION_RESUBMIT ||
		e->action == ACTION_AMEND || e->action == ACTION_WITHDRAW) &&
	    e->actor != REQUESTER)
		return "somebody else moved the request";
	return NULL;
}

/* After a denial nothing is left but its consequences. */
static const char *
fault_of_denied(const struct request *x, size_t i)
{
	const struct event *e = &x->log[i];
	bool denied = false;

	for (size_t k = 0; k < i; k++)
		denied |= x->log[k].action == ACTION_DENY &&
		    x->log[k].version == e->version;
	return denied && e->after != STATE_IN_STAGE &&
		e->after != STATE_DENIED ?
	    "a denied request found another way" :
	    NULL;
}

static bool
is_taken(const struct world *w, const struct stage *s)
{
	return s->applies == NULL || w->facts.risk >= s->applies->least_risk;
}

static int64_t
denied_in(const struct request *x)
{
	for (size_t i = x->nlog; i-- > 0;) {
		if (x->log[i].action == ACTION_DENY)
			return x->log[i].stage;
	}
	return 0;
}

/* Every decision the procedure asks for, on the version that got through. */
static const char *
fault_of_outcome(const struct world *w, const struct request *x)
{
	const struct event *end = &x->log[x->nlog - 1];
	int64_t version = end->version;
	bool approved = end->after == STATE_APPROVED;

	if (end->after == STATE_ALTERNATIVE_ACCEPTED)
		return end->action == ACTION_ACCEPT ? NULL : "no alternative";
	for (size_t i = 0; i < w->p.nstages; i++) {
		const struct stage *s = &w->stages[i];
		int64_t n = (int64_t)i + 1;
		bool behind = s->after == AFTER_EITHER ||
		    (approved ? s->after != AFTER_DENIED :
				s->after == AFTER_DENIED);

		/* what follows a denial stands behind it */
		if (!is_taken(w, s) || (!approved && n <= denied_in(x)))
			continue;
		if (approved && s->kind == STAGE_DECIDE &&
		    last(x, x->nlog, ACTION_APPROVE, n, version) == NULL)
			return "approved without one of its decisions";
		if (s->kind == STAGE_LETTER && behind &&
		    last(x, x->nlog, ACTION_COMPLETE, n, 0) == NULL)
			return "ended without one of its letters";
		if ((s->kind == STAGE_DOCUMENT || s->kind == STAGE_FILE) &&
		    behind && last(x, x->nlog, ACTION_COMPLETE, n, 0) == NULL)
			return "ended without being documented";
	}
	return NULL;
}

static const char *
fault_of(const struct world *w, const struct request *x)
{
	const char *fault = NULL;
	bool ended = false;

	for (size_t i = 0; i < x->nlog && fault == NULL; i++) {
		const struct event *e = &x->log[i];

		if (ended && e->action != ACTION_IMPLEMENT)
			return "something happened after the end";
		if (is_judge(e->action))
			fault = fault_of_judge(w, x, i);
		if (fault == NULL)
			fault = fault_of_act(w, x, i);
		if (fault == NULL)
			fault = fault_of_denied(x, i);
		ended = is_end(e->after);
	}
	if (fault == NULL && x->nlog > 0 &&
	    (x->log[x->nlog - 1].after == STATE_DENIED ||
		x->log[x->nlog - 1].after == STATE_APPROVED ||
		x->log[x->nlog - 1].after == STATE_ALTERNATIVE_ACCEPTED) &&
	    x->log[x->nlog - 1].action != ACTION_IMPLEMENT)
		fault = fault_of_outcome(w, x);
	return fault;
}

static void
print_history(const struct world *w, const struct request *x)
{
	for (size_t i = 0; i < x->nlog; i++)
		print_error("  %u %s in stage %d (%s) of version %d -> %s\n",
		    (unsigned)x->log[i].actor, action_names[x->log[i].action],
		    (int)x->log[i].stage,
		    x->log[i].stage > 0 ?
			stage_kind_names[w->stages[x->log[i].stage - 1].kind] :
			"-",
		    (int)x->log[i].version,
		    request_state_names[x->log[i].after]);
}

static void
test_histories__no_rule_is_broken(void **state)
{
	size_t ends[REQUEST_STATE__MAX] = { 0 };

	(void)state;
	for (int i = 0; i < HISTORIES; i++) {
		static struct request x;
		struct world w;
		const char *fault;

		make_world(&w);
		memset(&x, 0, sizeof(x));
		x.at.state = STATE_DRAFT;
		for (int k = 0; k < STEPS * 14 && x.nlog < STEPS - 1; k++)
			try_one(&w, &x);
		fault = fault_of(&w, &x);
		if (fault != NULL) {
			print_history(&w, &x);
			fail_msg("history %d: %s", i, fault);
		}
		ends[x.at.state]++;
	}
	/* the walk is worth something: it comes to every end, often */
	for (int s = 1; s < REQUEST_STATE__MAX; s++) {
		if (is_end((enum request_state)s) && ends[s] < HISTORIES / 100)
			fail_msg("%s: %zu histories only",
			    request_state_names[s], ends[s]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_histories__no_rule_is_broken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
