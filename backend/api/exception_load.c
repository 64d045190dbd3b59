/*
 * A constant number of statements: the record with its content and units,
 * its procedure and its findings, whatever the size of the register.
 */
#include "api/exception_load.h"

#include <string.h>

#include "api/procedure_shelf.h"
#include "base/token.h"
#include "domain/audience.h"
#include "domain/document.h"
#include "domain/talk.h"
#include "domain/term.h"
#include "store/acts_store.h"
#include "store/catalogue_store.h"
#include "store/decision_store.h"
#include "store/exception_store.h"
#include "store/stage_store.h"
#include "json/json_read.h"
#include "json/json_write.h"

int
exception_id_of(struct ctx *c, const char *number, int64_t *id, struct err *e)
{
	if (number == NULL || exception_number_parse(number, id) < 0)
		return err_set(e, ERR_NOT_FOUND, "There is no such exception.");
	c->audit_object = number; /* of the input: outlives a retry */
	c->audit_object_id = *id;
	return 0;
}

int
content_parse(struct arena *a, const char *json, struct content *out,
    struct err *e)
{
	struct json *v = json_parse(a, json, strlen(json), e);

	if (v == NULL)
		return -1;
	return json_read_struct(a, v, &content_schema, out, "/content", e);
}

const char *
content_print(struct arena *a, const struct content *content)
{
	struct buf b;
	struct json_writer w;

	buf_init(&b, a);
	json_begin(&w, &b);
	json_struct(&w, NULL, &content_schema, content);
	json_finish(&w);
	return buf_text(&b);
}

/* What the requester has typed but not sent is nobody else's to read. */
static int
load_content(struct ctx *c, struct loaded *l, struct err *e)
{
	if (l->x.requester_id == c->who.person_id)
		l->content_json = l->x.draft_content;
	if (l->content_json == NULL)
		l->content_json = l->x.content;
	if (l->content_json == NULL)
		return err_set(e, ERR_INTERNAL, "The content is missing.");
	return content_parse(c->arena, l->content_json, &l->content, e);
}

static int
load_units(struct ctx *c, struct loaded *l, struct err *e)
{
	const char *s = l->x.unit_ids != NULL ? l->x.unit_ids : "";
	const char *end = s + strlen(s);
	long long id = 0;
	size_t len;

	/* a number and its comma are two characters or more */
	l->units = arena_array(c->arena, strlen(s) / 2 + 1, sizeof(*l->units));
	for (; s < end; s += len + 1) {
		len = strcspn(s, ",");
		if (i64_parse(s, len, 1, INT64_MAX, &id) < 0)
			return err_set(e, ERR_INTERNAL, "A unit has no id.");
		l->units[l->nunits++] = id;
	}
	return 0;
}

/* Findings speak of a content version; a draft has none. */
static int
load_findings(struct ctx *c, struct loaded *l, struct err *e)
{
	if (l->x.content_version == 0)
		return 0;
	return finding_store_list(c->db, l->x.id, &l->findings, &l->nfindings,
	    e);
}

/* Only what the procedure can have is asked for. */
static int
load_stages(struct ctx *c, struct loaded *l, struct err *e)
{
	bool votes = false, records = l->procedure.implementation;
	bool letters = false;

	for (size_t i = 0; i < l->procedure.nstages; i++) {
		const struct stage *s = &l->procedure.stages[i];

		votes = votes ||
		    (s->completion != NULL &&
			s->completion->rule != COMPLETION_ANY);
		records = records || s->nrecords > 0;
		letters = letters || s->kind == STAGE_LETTER;
	}
	if (l->x.content_version == 0)
		return 0;
	if ((votes &&
		vote_store_list(c->db, l->x.id, &l->votes, &l->nvotes, e) <
		    0) ||
	    (records &&
		record_store_list(c->db, l->x.id, &l->records, &l->nrecords,
		    e) < 0) ||
	    (letters &&
		letter_store_list(c->db, l->x.id, &l->letters, &l->nletters,
		    e) < 0))
		return -1;
	return 0;
}

int
exception_decisions(struct ctx *c, struct loaded *l, struct err *e)
{
	if (l->decisions_known || l->x.content_version == 0)
		return 0;
	if (decision_store_list(c->db, l->x.id, &l->decisions, &l->ndecisions,
		e) < 0)
		return -1;
	l->decisions_known = true;
	return 0;
}

const struct vote *
exception_votes(const struct loaded *l, size_t *n)
{
	const struct vote *first = NULL;

	*n = 0;
	for (size_t i = 0; i < l->nvotes; i++) {
		if (l->votes[i].content_version != l->x.content_version ||
		    l->votes[i].stage != l->x.stage)
			continue;
		if ((*n)++ == 0)
			first = &l->votes[i];
	}
	return first;
}

const struct letter *
exception_letter(const struct loaded *l)
{
	const struct stage *s = procedure_stage(&l->procedure, l->x.stage);

	for (size_t i = 0; s != NULL && i < l->nletters; i++) {
		if (strcmp(l->letters[i].stage, s->stage) == 0)
			return &l->letters[i];
	}
	return NULL;
}

struct stage_facts
exception_stage_facts(const struct ctx *c, const struct exception *x)
{
	struct stage_facts f = { .risk = x->risk,
		.term_no = x->term_no,
		.domain = x->domain };

	if (x->requested_until != DATE_NONE)
		f.days = term_days(term_effective(x->requested_from, c->today),
		    x->requested_until);
	return f;
}

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
grant_reads(const struct grant *g, const struct scope *s)
{
	return (g->role_class == ROLE_CLASS_AUDITOR ||
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
		if (grant_reads(&w->grants[i], s))
			return SIGHT_FULL;
	}
	if (x->confidential)
		return SIGHT_NONE;
	return access_reads_full(w) ? SIGHT_FULL : SIGHT_PUBLIC;
}

static int
unknown(struct err *e)
{
	return err_set(e, ERR_NOT_FOUND, "There is no such exception.");
}

/* The row; a draft is its requester's only. */
static int
load_row(struct ctx *c, int64_t id, bool lock, struct exception *x,
    struct err *e)
{
	int found = 1;

	if (!lock)
		found = exception_store_find(c->db, id, c->who.person_id, true,
		    x, e);
	else if (exception_store_lock(c->db, id, c->who.person_id, x, e) < 0)
		found = -1;
	if (found < 0)
		return -1;
	if (found == 0 ||
	    (x->content_version == 0 && x->requester_id != c->who.person_id))
		return unknown(e);
	return 0;
}

/* What the person is to it, as its row stands now. */
static int
judge(struct ctx *c, struct loaded *l, struct err *e)
{
	const struct scope scope = { .units = l->units,
		.nunits = l->nunits,
		.domain = (int)l->x.domain,
		.document_id = l->x.document_id };

	if (gather_facts(c, l, &scope, e) < 0)
		return -1;
	l->sight = sight_of(&c->who, l, &scope);
	return l->sight == SIGHT_NONE ? unknown(e) : 0;
}

int
exception_load(struct ctx *c, int64_t id, bool lock, struct loaded *l,
    struct err *e)
{
	memset(l, 0, sizeof(*l));
	if (load_row(c, id, lock, &l->x, e) < 0 || load_units(c, l, e) < 0 ||
	    procedure_shelf_get(c->procedures, c->db, c->arena,
		l->x.procedure_id, &l->procedure, e) < 0 ||
	    load_content(c, l, e) < 0 || load_findings(c, l, e) < 0 ||
	    load_stages(c, l, e) < 0 || judge(c, l, e) < 0)
		return -1;
	if (lock && l->sight != SIGHT_FULL)
		return err_set(e, ERR_FORBIDDEN,
		    "Only those who take part in this exception can do this.");
	return 0;
}

int
exception_reload(struct ctx *c, struct loaded *l, struct err *e)
{
	int found = exception_store_find(c->db, l->x.id, c->who.person_id,
	    false, &l->x, e);

	if (found == 0)
		return unknown(e);
	return found < 0 ? -1 : judge(c, l, e);
}

/* Events looked through for the one that changed it. */
#define STALE_EVENTS 20

int
exception_stale(struct ctx *c, const struct exception *x, struct err *e)
{
	struct history_event *events = NULL;
	static const unsigned char last[16] = { 0xff, 0xff, 0xff, 0xff, 0xff,
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
		0xff };
	size_t n = 0;
	struct err ignored;

	err_clear(&ignored);
	c->stale_etag = etag_text(c->arena, x->row_version, x->content_version);
	c->stale_at = x->updated_at;
	if (exception_store_history(c->db, x->id, c->now + US_PER_DAY, last,
		STALE_EVENTS, &events, &n, &ignored) < 0)
		n = 0;
	for (size_t i = 0; i < n && c->stale_by == NULL; i++) {
		if (!events[i].refused && !action_is_talk(events[i].action))
			c->stale_by = events[i].actor;
	}
	return err_set(e, ERR_STALE,
	    "It changed while you were reading it. Look at the new version, "
	    "then send again.");
}

/* Who may ask for what, as its rules stand today (M-14, C-27). */
static void
resolve_rules(struct ctx *c, const struct procedure *p, struct resolved *r)
{
	size_t n;
	const char **kinds =
	    words_split(c->arena, r->document.distribution, &n);

	r->facts.type_refused =
	    !document_takes_type(r->document.exception_types, p->type);
	if (!audience_admits(&c->who, kinds, n))
		r->facts.refusal =
		    audience_refusal(&c->who, kinds, n, c->arena);
}

static int
resolve_document(struct ctx *c, const struct content *content,
    const struct procedure *p, struct resolved *r, struct err *e)
{
	struct clause *all = NULL;
	struct sla_row *sla = NULL;
	bool *found_at = arena_array(c->arena, content->nclauses, sizeof(bool));
	size_t n = 0;
	int found;

	r->facts.clause_found = found_at;
	if (!content_says(content, "document"))
		return 0;
	found =
	    catalogue_store_document(c->db, content->document, &r->document, e);
	if (found <= 0)
		return found;
	r->facts.document_found = true;
	r->facts.document_domain_taken =
	    procedure_takes_domain(p, r->document.domain);
	r->facts.exceptions_allowed = r->document.exceptions_allowed;
	r->facts.exception_note = r->document.exception_note;
	r->facts.document_title = r->document.title;
	r->facts.document_max_days = r->document.max_term_days;
	resolve_rules(c, p, r);
	if (catalogue_store_clauses(c->db, r->document.id, r->document.version,
		&all, &n, e) < 0)
		return -1;
	r->clauses =
	    arena_array(c->arena, content->nclauses, sizeof(*r->clauses));
	for (size_t i = 0; i < content->nclauses; i++) {
		for (size_t j = 0; j < n && !found_at[i]; j++) {
			if (strcmp(all[j].ref, content->clauses[i]) != 0)
				continue;
			found_at[i] = true;
			r->clauses[r->nclauses++] = all[j];
		}
	}
	if (content->vulnerability == NULL)
		return 0;
	if (catalogue_store_sla(c->db, r->document.id, r->document.version,
		&sla, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (sla[i].severity == content->vulnerability->severity)
			r->facts.sla_days = sla[i].days;
	}
	return 0;
}

static int
resolve_units(struct ctx *c, const struct content *content, struct resolved *r,
    struct err *e)
{
	struct profile me;
	bool *found_at = arena_array(c->arena, content->nunits, sizeof(bool));

	r->facts.units_found = found_at;
	r->unit_ids =
	    arena_array(c->arena, content->nunits + 1, sizeof(*r->unit_ids));
	if (content_says(content, "unit")) {
		int found =
		    catalogue_store_unit(c->db, content->unit, &r->unit, e);

		if (found < 0)
			return -1;
		r->facts.unit_found = found == 1;
	} else if (r->facts.asset_found && r->asset.unit_id > 0) {
		r->unit.id = r->asset.unit_id;
	} else {
		int found =
		    catalogue_store_profile(c->db, c->who.person_id, &me, e);

		if (found < 0)
			return -1;
		if (found == 1 && me.unit_id > 0)
			r->unit.id = me.unit_id;
	}
	if (r->unit.id > 0)
		r->unit_ids[r->nunit_ids++] = r->unit.id;
	for (size_t i = 0; i < content->nunits; i++) {
		struct unit_row unit;
		int found =
		    catalogue_store_unit(c->db, content->units[i], &unit, e);

		if (found < 0)
			return -1;
		found_at[i] = found == 1;
		if (found == 1)
			r->unit_ids[r->nunit_ids++] = unit.id;
	}
	return 0;
}

int
content_resolve(struct ctx *c, const struct content *content,
    const struct procedure *p, int64_t stage, struct resolved *r, struct err *e)
{
	memset(r, 0, sizeof(*r));
	r->facts.document_max_days = I64_NONE;
	r->facts.sla_days = I64_NONE;
	r->beneficiary_id = I64_NONE;
	r->facts.stage = stage;
	if (!audience_admits(&c->who, p->distribution, p->ndistribution))
		r->facts.procedure_refusal = audience_refusal(&c->who,
		    p->distribution, p->ndistribution, c->arena);
	if (resolve_document(c, content, p, r, e) < 0)
		return -1;
	if (content->asset_id != I64_NONE) {
		int found = catalogue_store_asset(c->db, content->asset_id,
		    c->who.person_id, &r->asset, e);

		if (found < 0)
			return -1;
		r->facts.asset_found = found == 1;
	}
	if (content_says(content, "beneficiary")) {
		int found = catalogue_store_person(c->db, content->beneficiary,
		    &r->beneficiary_id, e);

		if (found < 0)
			return -1;
		r->facts.beneficiary_found = found == 1;
	}
	return resolve_units(c, content, r, e);
}
