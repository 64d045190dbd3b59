/*
 * What a person is to an exception: everything the workflow's guards ask
 * for, and how much of it they may see. Gathered from what is loaded; at most
 * one statement more, and only for who holds the role.
 */
#include "api/exception_load.h"

#include <string.h>

#include "domain/talk.h"
#include "store/acts_store.h"
#include "store/catalogue_store.h"

static bool
finding_is_recorded(const struct loaded *l, const char *kind)
{
	for (size_t i = 0; i < l->nfindings; i++) {
		const struct finding *f = &l->findings[i];

		if (f->content_version == l->x.content_version &&
		    f->stage == l->x.stage && strcmp(f->kind, kind) == 0)
			return true;
	}
	return false;
}

static bool
findings_complete(const struct loaded *l)
{
	const struct stage *s = procedure_stage(&l->procedure, l->x.stage);

	for (size_t i = 0; s != NULL && i < s->nfindings; i++) {
		if (!finding_is_recorded(l, s->findings[i].finding))
			return false;
	}
	return s != NULL;
}

/* Somebody on whose behalf the person would act in the stage; 0: nobody. */
static int64_t
principal(const struct loaded *l)
{
	if (l->grant != NULL && l->grant->on_behalf_of != 0)
		return l->grant->on_behalf_of;
	return l->vote_grant != NULL ? l->vote_grant->on_behalf_of : 0;
}

/* Has the person acted in the stage of that key, or somebody for them, on
 * whatever version? */
static bool
has_acted_in(const struct loaded *l, int64_t person_id, const char *stage)
{
	int64_t number = procedure_stage_number(&l->procedure, stage);

	if (person_id == 0)
		return false;
	for (size_t i = 0; i < l->ndecisions; i++) {
		if (l->decisions[i].stage == number &&
		    (l->decisions[i].decider_id == person_id ||
			l->decisions[i].on_behalf_of_id == person_id))
			return true;
	}
	for (size_t i = 0; i < l->nvotes; i++) {
		if (l->votes[i].stage == number &&
		    (l->votes[i].voter_id == person_id ||
			l->votes[i].on_behalf_of_id == person_id))
			return true;
	}
	for (size_t i = 0; i < l->nrecords; i++) {
		if (strcmp(l->records[i].stage, stage) == 0 &&
		    l->records[i].author_id == person_id)
			return true;
	}
	for (size_t i = 0; i < l->nletters; i++) {
		if (strcmp(l->letters[i].stage, stage) == 0 &&
		    l->letters[i].drafter_id == person_id)
			return true;
	}
	return false;
}

/* One person never wears two hats the procedure keeps apart (C-13), nor by
 * way of who acts for them. */
static int
gather_hats(struct ctx *c, struct loaded *l, struct err *e)
{
	const struct stage *s = procedure_stage(&l->procedure, l->x.stage);

	if (s == NULL || s->nnot_same_as == 0 ||
	    l->x.request_state != STATE_IN_STAGE)
		return 0;
	if (exception_decisions(c, l, e) < 0)
		return -1;
	for (size_t i = 0; i < s->nnot_same_as; i++)
		l->facts.has_other_hat = l->facts.has_other_hat ||
		    has_acted_in(l, c->who.person_id, s->not_same_as[i]) ||
		    has_acted_in(l, principal(l), s->not_same_as[i]);
	return 0;
}

/*
 * The grant of the stage's role that covers the exception; one saved by
 * somebody else is preferred, for nobody decides through a mapping of their
 * own (decisions 12).
 */
static const struct grant *
stage_grant(const struct who *w, const char *role, const struct scope *s,
    bool *self_mapped)
{
	const struct grant *own = NULL;

	*self_mapped = false;
	for (size_t i = 0; role != NULL && i < w->ngrants; i++) {
		const struct grant *g = &w->grants[i];

		if (g->role_class != ROLE_CLASS_APPROVER ||
		    strcmp(g->role, role) != 0 || !grant_covers(g, s))
			continue;
		if (!grant_is_self_made(g, w->person_id))
			return g;
		own = g;
	}
	*self_mapped = own != NULL;
	return own;
}

static int
asset_is_own(struct ctx *c, const struct loaded *l, bool *own, struct err *e)
{
	const struct form_field *asked =
	    procedure_field(&l->procedure, "asset_id");
	struct asset_row asset;
	int found;

	*own = true;
	if ((l->x.request_state != STATE_DRAFT &&
		l->x.request_state != STATE_RETURNED &&
		l->facts.kind != STAGE_FORM) ||
	    asked == NULL || !asked->required ||
	    l->content.asset_id == I64_NONE)
		return 0;
	found = catalogue_store_asset(c->db, l->content.asset_id,
	    c->who.person_id, &asset, e);
	if (found < 0)
		return -1;
	/* an unknown asset is a fault of the form, not of the person */
	*own = found == 0 || asset.mine;
	return 0;
}

/*
 * Whoever acts for a party, or is acted for by one, decides no more than the
 * party; nor does who acts on behalf of such a person. The first is known
 * with the session, the second is one statement.
 */
static int
delegates_party(struct ctx *c, const struct loaded *l, bool *related,
    struct err *e)
{
	const struct exception *x = &l->x;
	const int64_t parties[4] = { x->requester_id, x->owner_id,
		x->beneficiary_id, x->edited_by_id };

	*related = false;
	for (size_t i = 0; i < 4; i++)
		*related |= access_is_partner(&c->who, parties[i]);
	if (*related || principal(l) == 0)
		return 0;
	return delegation_store_related(c->db, principal(l), parties, c->today,
	    c->now, related, e);
}

/* The role that closes the stage, and its deputy's when it is demanded. */
static void
gather_role(const struct who *w, struct loaded *l, const struct stage *stage,
    const struct scope *s)
{
	struct facts *f = &l->facts;
	const char *role = engine_closer(stage);

	if (stage->deputy_role != NULL && l->x.stage_role != NULL &&
	    strcmp(l->x.stage_role, stage->deputy_role) == 0)
		role = stage->deputy_role;
	l->grant = stage_grant(w, role, s, &f->is_self_mapped);
	f->is_holder = l->grant != NULL;
}

static bool
has_voted(const struct vote *votes, size_t n, int64_t person_id)
{
	for (size_t i = 0; i < n; i++) {
		if (votes[i].voter_id == person_id)
			return true;
	}
	return false;
}

/* One seat, one vote: of who is away and of whoever acts for them. */
static bool
seat_is_taken(const struct vote *votes, size_t n, int64_t person_id,
    const struct grant *g)
{
	int64_t seat = g->on_behalf_of != 0 ? g->on_behalf_of : person_id;

	for (size_t i = 0; i < n; i++) {
		if (votes[i].voter_id != person_id &&
		    (votes[i].voter_id == seat ||
			votes[i].on_behalf_of_id == seat))
			return true;
	}
	return false;
}

/* The role whose turn it is, if the person holds it; else any that votes and
 * has not been used. */
static void
gather_votes(const struct who *w, struct loaded *l, const struct stage *stage,
    const struct scope *s)
{
	struct facts *f = &l->facts;
	size_t n;
	const struct vote *votes = exception_votes(l, &n);
	const struct tally t = engine_tally(stage, votes, n);

	f->votes_complete = t.complete;
	f->votes_for = t.may_approve;
	f->votes_against = t.may_deny;
	f->takes_votes = stage->completion != NULL &&
	    stage->completion->rule != COMPLETION_ANY;
	if (!f->takes_votes)
		return;
	f->has_signed = stage->completion->rule == COMPLETION_ALL &&
	    has_voted(votes, n, w->person_id);
	f->has_seat = !t.full || has_voted(votes, n, w->person_id);
	for (size_t i = 0; i < w->ngrants && l->vote_grant == NULL; i++) {
		if (!engine_votes(stage, w->grants[i].role) ||
		    (stage->completion->rule == COMPLETION_ALL &&
			!engine_may_sign(stage, w->grants[i].role, votes, n,
			    w->person_id)))
			continue;
		l->vote_grant = stage_grant(w, w->grants[i].role, s,
		    &f->is_voter_self_mapped);
	}
	f->is_voter = l->vote_grant != NULL;
	if (f->is_voter && seat_is_taken(votes, n, w->person_id, l->vote_grant))
		f->has_seat = false;
}

static void
gather_stage(struct ctx *c, struct loaded *l, const struct scope *s)
{
	const struct procedure *p = &l->procedure;
	const struct stage *stage = procedure_stage(p, l->x.stage);
	const struct stage_facts when = exception_stage_facts(c, &l->x);
	const struct letter *letter = exception_letter(l);
	struct facts *f = &l->facts;
	bool decides;

	f->implementation_owed = p->implementation &&
	    l->x.implemented_on == DATE_NONE && l->x.ended_as == ENDED_NOT;
	if (stage == NULL || l->x.request_state != STATE_IN_STAGE)
		return;
	decides = stage->kind == STAGE_DECIDE;
	f->kind = stage->kind;
	f->decided = l->x.decided_as;
	f->is_locked = engine_is_locked(p, l->x.stage, l->x.decided_as);
	f->more = engine_next(p, l->x.stage,
		      decides ? VERDICT_APPROVE : l->x.decided_as, &when) > 0;
	f->more_if_denied = engine_next(p, l->x.stage, VERDICT_DENY, &when) > 0;
	f->findings_complete = findings_complete(l);
	f->records_complete =
	    engine_records_complete(stage, l->records, l->nrecords);
	f->has_letter = letter != NULL;
	if (letter != NULL) {
		f->letter_reviewed = letter->state == LETTER_REVIEWED ||
		    letter->state == LETTER_SENT;
		f->letter_sent = letter->state == LETTER_SENT;
	}
	if (engine_closer(stage) != NULL)
		gather_role(&c->who, l, stage, s);
	gather_votes(&c->who, l, stage, s);
	f->is_drafter = letter != NULL &&
	    (letter->drafter_id == c->who.person_id ||
		letter->drafter_id == principal(l));
}

static int
gather_facts(struct ctx *c, struct loaded *l, const struct scope *s,
    struct err *e)
{
	const struct who *w = &c->who;
	struct facts *f = &l->facts;

	memset(f, 0, sizeof(*f));
	l->grant = l->vote_grant = NULL;
	gather_stage(c, l, s);
	f->is_requester = l->x.requester_id == w->person_id;
	f->is_owner = l->x.owner_id == w->person_id;
	f->is_beneficiary = l->x.beneficiary_id == w->person_id;
	f->is_editor = l->x.edited_by_id == w->person_id;
	f->parts = (unsigned)l->x.my_parts;
	f->may_request = access_may(w, PERM_REQUEST);
	if (gather_hats(c, l, e) < 0 ||
	    delegates_party(c, l, &f->is_delegate_of_party, e) < 0)
		return -1;
	return asset_is_own(c, l, &f->is_asset_owner, e);
}

static bool
grant_reads(const struct who *w, const struct grant *g, const struct scope *s)
{
	return !grant_is_self_made(g, w->person_id) &&
	    (g->role_class == ROLE_CLASS_AUDITOR ||
		g->role_class == ROLE_CLASS_APPROVER) &&
	    grant_covers(g, s);
}

static enum sight
sight_of(const struct who *w, const struct loaded *l, const struct scope *s)
{
	const struct exception *x = &l->x;
	const struct facts *f = &l->facts;

	if (f->is_requester)
		return SIGHT_FULL;
	if (f->is_owner || f->is_beneficiary)
		return SIGHT_FULL;
	if (f->parts & PARTS_THAT_SEE)
		return SIGHT_FULL;
	for (size_t i = 0; i < w->ngrants; i++) {
		if (grant_reads(w, &w->grants[i], s))
			return SIGHT_FULL;
	}
	if (x->confidential)
		return SIGHT_NONE;
	return access_reads_full(w) ? SIGHT_FULL : SIGHT_PUBLIC;
}

struct scope
exception_scope(const struct loaded *l)
{
	return (struct scope){ .units = l->units,
		.nunits = l->nunits,
		.domain = (int)l->x.domain,
		.document_id = l->x.document_id };
}

int
exception_judge(struct ctx *c, struct loaded *l, struct err *e)
{
	const struct scope scope = exception_scope(l);

	if (gather_facts(c, l, &scope, e) < 0)
		return -1;
	l->sight = sight_of(&c->who, l, &scope);
	return l->sight == SIGHT_NONE ? exception_unknown(e) : 0;
}
