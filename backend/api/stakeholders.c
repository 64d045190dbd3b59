/*
 * People who take part in an exception beside those its row names. To add a
 * stakeholder or an expert gives them sight of it, also when it is
 * confidential, so only the parties and who decides now may.
 */
#include "api/talk.h"

#include <inttypes.h>

#include "api/audit_trail.h"
#include "api/talk_notices.h"
#include "store/catalogue_store.h"
#include "store/participant_store.h"
#include "store/talk_store.h"

static int
leave_trace(struct ctx *c, const struct exception *x, const char *action,
    const char *detail, struct err *e)
{
	const struct audit_fact fact = {
		.action = action,
		.object_type = "exception",
		.object_id = x->id,
		.object = exception_number(c->arena, x->id),
		.detail = detail,
	};

	return audit_add(c, &fact, e);
}

/* Why nobody may add people now; NULL when somebody may. */
static const char *
time_refusal(const struct loaded *l)
{
	if (l->x.content_version == 0)
		return "Send the request first: stakeholders are told what "
		       "was sent.";
	if (l->x.outcome != OUTCOME_OPEN && l->x.outcome != OUTCOME_APPROVED)
		return "The request is closed.";
	return NULL;
}

/* Why the reader may not; NULL when they may. */
static const char *
add_refusal(const struct loaded *l, enum part part)
{
	const struct facts *f = &l->facts;
	bool decides = f->is_holder || f->is_voter;

	if (time_refusal(l) != NULL)
		return time_refusal(l);
	if (part == PART_EXPERT && !decides)
		return "Only those who act in this step can ask an expert.";
	if (!f->is_requester && !f->is_owner && !decides)
		return "Only the requester, the owner and those who act in "
		       "this step can add stakeholders.";
	return NULL;
}

static int
check_adder(const struct loaded *l, enum part part, struct err *e)
{
	const char *why = add_refusal(l, part);

	if (why == NULL)
		return 0;
	return err_set(e,
	    time_refusal(l) != NULL ? ERR_STEP_REFUSED : ERR_FORBIDDEN, "%s",
	    why);
}

/* Who has not taken note is for the parties, approvers and auditors. */
static bool
sees_acknowledgements(struct ctx *c, const struct loaded *l)
{
	const struct scope scope = exception_scope(l);

	if (l->facts.is_requester || l->facts.is_owner)
		return true;
	for (size_t i = 0; i < c->who.ngrants; i++) {
		const struct grant *g = &c->who.grants[i];

		if ((g->role_class == ROLE_CLASS_APPROVER ||
			g->role_class == ROLE_CLASS_AUDITOR) &&
		    grant_covers(g, &scope))
			return true;
	}
	return false;
}

static void
count_waiting(struct ctx *c, struct stakeholder_list *out)
{
	int64_t waiting = 0;

	for (size_t i = 0; i < out->nitems; i++) {
		struct participant_row *row = &out->items[i];
		bool me = row->person_id == c->who.person_id;
		bool waits = row->part == PART_STAKEHOLDER &&
		    row->acknowledged_at == TIME_NONE;

		waiting += waits;
		out->to_acknowledge |= waits && me;
		if (!out->shows_acknowledgements && !me)
			row->acknowledged_at = TIME_NONE;
	}
	out->waiting = out->shows_acknowledgements ? waiting : I64_NONE;
}

static int
reply_list(struct ctx *c, int status, const struct loaded *l, struct err *e)
{
	struct stakeholder_list out = { 0 };

	if (participant_store_list(c->db, l->x.id, &out.items, &out.nitems, e) <
	    0)
		return -1;
	out.shows_acknowledgements = sees_acknowledgements(c, l);
	count_waiting(c, &out);
	out.add_reason = add_refusal(l, PART_STAKEHOLDER);
	out.may_add = out.add_reason == NULL;
	out.expert_reason = add_refusal(l, PART_EXPERT);
	out.may_add_expert = out.expert_reason == NULL;
	return reply(c, status, &out);
}

int
stakeholders_list(struct ctx *c, struct err *e)
{
	const struct talk_path *in = c->in;
	struct loaded l;

	if (talk_load(c, in->number, &l, e) < 0)
		return -1;
	return reply_list(c, 200, &l, e);
}

/* ERR_INVALID when more people would take part than one page shows. */
static int
check_room(struct ctx *c, const struct loaded *l, const char *pointer,
    int64_t more, struct err *e)
{
	int64_t there = 0;

	if (participant_store_count(c->db, l->x.id, &there, e) < 0)
		return -1;
	if (there + more > PARTICIPANTS_MAX)
		return err_field(e, c->arena, pointer,
		    "would make more than %d people who take part",
		    PARTICIPANTS_MAX);
	return 0;
}

/* *detail: for the audit trail. */
static int
add_person(struct ctx *c, const struct loaded *l, const char *uid,
    struct participant_new *p, const char **detail, struct err *e)
{
	struct reader_row who = { 0 };
	int found = talk_store_reader(c->db, l->x.id, uid, c->today, &who, e);

	if (found < 0)
		return -1;
	if (found == 0)
		return err_field(e, c->arena, "/uid",
		    "is nobody the register knows");
	if (who.id == l->x.requester_id || who.id == l->x.owner_id)
		return err_field(e, c->arena, "/uid",
		    "asks for the exception or owns it already");
	if (check_room(c, l, "/uid", 1, e) < 0 ||
	    participant_store_put(c->db, p, who.id, e) < 0)
		return -1;
	*detail = who.name;
	return 0;
}

static int
add_unit(struct ctx *c, const struct loaded *l, const char *code,
    struct participant_new *p, const char **detail, struct err *e)
{
	struct unit_row unit;
	int64_t people = 0;
	int found = catalogue_store_unit(c->db, code, &unit, e);

	if (found == 0)
		return err_field(e, c->arena, "/unit", "is not a unit");
	if (found < 0 ||
	    participant_store_unit_people(c->db, unit.id, &people, e) < 0)
		return -1;
	if (people == 0)
		return err_field(e, c->arena, "/unit",
		    "has nobody the register knows");
	if (people > UNIT_PEOPLE_MAX)
		return err_field(e, c->arena, "/unit",
		    "has more than %d people; choose units below it",
		    UNIT_PEOPLE_MAX);
	p->via = unit.code;
	if (check_room(c, l, "/unit", people, e) < 0 ||
	    participant_store_put_unit(c->db, p, unit.id, e) < 0)
		return -1;
	*detail =
	    arena_printf(c->arena, "%s, %" PRId64 " people", unit.name, people);
	return 0;
}

static int
check_input(struct ctx *c, const struct stakeholder_in *in, struct err *e)
{
	if (in->part == PART_WATCHER)
		err_field(e, c->arena, "/part",
		    "is chosen by the person alone");
	if ((in->uid == NULL) == (in->unit == NULL))
		err_field(e, c->arena, "/uid",
		    "or a unit is owed, and not both");
	else if (in->unit != NULL && in->part == PART_EXPERT)
		err_field(e, c->arena, "/unit",
		    "cannot be an expert; choose a person");
	return e->kind == ERR_NONE ? 0 : -1;
}

int
stakeholder_add(struct ctx *c, struct err *e)
{
	const struct stakeholder_in *in = c->in;
	struct participant_new p = {
		.part = in->part != 0 ? in->part : PART_STAKEHOLDER,
		.added_by = c->who.person_id,
		.at = c->now,
	};
	bool expert = p.part == PART_EXPERT;
	const char *detail = NULL;
	struct loaded l;

	c->audit_action = expert ? "talk.expert" : "talk.stakeholder";
	if (talk_load(c, in->number, &l, e) < 0 ||
	    check_adder(&l, p.part, e) < 0)
		return -1;
	p.exception_id = l.x.id;
	if (check_input(c, in, e) < 0 ||
	    (in->uid != NULL ? add_person(c, &l, in->uid, &p, &detail, e) :
			       add_unit(c, &l, in->unit, &p, &detail, e)) < 0 ||
	    leave_trace(c, &l.x, c->audit_action, detail, e) < 0 ||
	    notice_added(c, &l, p.part, e) < 0)
		return -1;
	return reply_list(c, 201, &l, e);
}

int
stakeholder_end(struct ctx *c, struct err *e)
{
	const struct stakeholder_path *in = c->in;
	struct reader_row who = { 0 };
	struct loaded l;
	int found;

	c->audit_action = "talk.end";
	if (talk_load(c, in->number, &l, e) < 0 ||
	    check_adder(&l, PART_STAKEHOLDER, e) < 0)
		return -1;
	found = talk_store_reader(c->db, l.x.id, in->uid, c->today, &who, e);
	if (found > 0)
		found = participant_store_end(c->db, l.x.id, who.id,
		    add_refusal(&l, PART_EXPERT) == NULL, c->now, e);
	if (found == 0)
		return err_set(e, ERR_NOT_FOUND,
		    "That person does not take part.");
	if (found < 0 || leave_trace(c, &l.x, c->audit_action, who.name, e) < 0)
		return -1;
	return reply_empty(c);
}

int
acknowledgement_create(struct ctx *c, struct err *e)
{
	const struct talk_path *in = c->in;
	struct loaded l;
	int done;

	if (talk_load(c, in->number, &l, e) < 0)
		return -1;
	if (!(l.facts.parts & PART_BIT(PART_STAKEHOLDER)))
		return err_set(e, ERR_FORBIDDEN,
		    "Only stakeholders of this exception take note of it.");
	done = participant_store_acknowledge(c->db, l.x.id, c->who.person_id,
	    c->now, e);
	if (done < 0 ||
	    (done > 0 && leave_trace(c, &l.x, "talk.acknowledge", NULL, e) < 0))
		return -1;
	return reply_list(c, 200, &l, e);
}

/* Whoever may see it, as much as they may. */
int
watch_begin(struct ctx *c, struct err *e)
{
	const struct talk_path *in = c->in;
	struct participant_new p = { .part = PART_WATCHER,
		.added_by = c->who.person_id,
		.at = c->now };
	struct loaded l;
	int done;

	if (exception_id_of(c, in->number, &p.exception_id, e) < 0 ||
	    exception_load(c, p.exception_id, false, &l, e) < 0)
		return -1;
	done = participant_store_put(c->db, &p, c->who.person_id, e);
	if (done < 0 ||
	    (done > 0 && leave_trace(c, &l.x, "talk.watch", NULL, e) < 0))
		return -1;
	return reply_empty(c);
}

/* Also when the exception has gone out of the watcher's sight meanwhile. */
int
watch_end(struct ctx *c, struct err *e)
{
	const struct talk_path *in = c->in;
	struct exception x = { 0 };
	int done;

	if (exception_id_of(c, in->number, &x.id, e) < 0)
		return -1;
	done =
	    participant_store_unwatch(c->db, x.id, c->who.person_id, c->now, e);
	if (done == 0)
		return err_set(e, ERR_NOT_FOUND,
		    "You do not watch such an exception.");
	if (done < 0 || leave_trace(c, &x, "talk.unwatch", NULL, e) < 0)
		return -1;
	return reply_empty(c);
}

int
colleagues_list(struct ctx *c, struct err *e)
{
	const struct colleagues_in *in = c->in;
	struct colleague_list out = { 0 };

	if (participant_store_colleagues(c->db, c->arena, in->text, &out.items,
		&out.nitems, e) < 0)
		return -1;
	return reply(c, 200, &out);
}
