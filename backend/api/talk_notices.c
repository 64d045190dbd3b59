/*
 * The event of a comment is its id: who is mentioned, owns the exception and
 * watches it is told once, for what comes first here.
 */
#include "api/talk_notices.h"

#include <inttypes.h>

#include "crypto/crypto.h"
#include "store/notice_store.h"

static struct notice_all
to_all(struct ctx *c, int64_t exception_id, const char *event, const char *kind)
{
	struct notice_all n = {
		.event = event,
		.exception_id = exception_id,
		.kind = kind,
		.at = c->now,
		.today = c->today,
		.actor_id = c->who.person_id,
	};

	uuid7(c->now, n.id);
	return n;
}

static const char *
comment_event(struct ctx *c, int64_t exception_id, int64_t comment_id)
{
	return arena_printf(c->arena, "%" PRId64 ":talk %" PRId64 ":",
	    exception_id, comment_id);
}

/* One notice a person, apart from who acts. */
static int
tell(struct ctx *c, const struct notice_all *about, const int64_t *people,
    size_t npeople, struct err *e)
{
	struct notice_to *to = arena_array(c->arena, npeople, sizeof(*to));
	struct notice n = { about->exception_id, about->kind, about->detail,
		c->now, to, 0 };

	for (size_t i = 0; i < npeople; i++) {
		struct notice_to *one = &to[n.nto];

		if (people[i] == c->who.person_id)
			continue;
		uuid7(c->now, one->id);
		one->person_id = people[i];
		one->event_key = arena_printf(c->arena, "%s%" PRId64,
		    about->event, people[i]);
		n.nto++;
	}
	return notice_store_add(c->db, &n, e);
}

int
notice_comment(struct ctx *c, const struct said *s, struct err *e)
{
	const struct exception *x = s->x;
	const int64_t people[] = { x->requester_id, x->owner_id };
	struct notice_all n = to_all(c, x->id,
	    comment_event(c, x->id, s->comment_id), "mentioned");

	n.detail = c->who.name;
	if (tell(c, &n, s->mentioned, s->nmentioned, e) < 0)
		return -1;
	n.kind = "commented";
	if (tell(c, &n, people, x->requester_id == x->owner_id ? 1 : 2, e) < 0)
		return -1;
	return notice_store_participants(c->db, &n, 0, e);
}

int
notice_question(struct ctx *c, const struct said *s, const char *role,
    struct err *e)
{
	const struct exception *x = s->x;
	struct notice_all n =
	    to_all(c, x->id, comment_event(c, x->id, s->comment_id), "asked");

	return notice_store_asked(c->db, &n, role, e);
}

int
notice_answer(struct ctx *c, int64_t exception_id, int64_t comment_id,
    int64_t asker_id, struct err *e)
{
	struct notice_all n = to_all(c, exception_id,
	    comment_event(c, exception_id, comment_id), "answered");

	n.detail = c->who.name;
	if (tell(c, &n, &asker_id, 1, e) < 0)
		return -1;
	n.kind = "commented";
	return notice_store_participants(c->db, &n, 0, e);
}

static void
put_controls(struct buf *b, const struct content *k)
{
	buf_str(b, "\n\nWhat reduces the risk:");
	for (size_t i = 0; i < k->ncontrols; i++)
		buf_printf(b, "\n%zu. %s (%s)", i + 1,
		    k->controls[i].description,
		    k->controls[i].state == CONTROL_PLANNED ? "planned" :
							      "in place");
	if (k->ncontrols == 0)
		buf_printf(b, "\n%s",
		    k->controls_none_reason != NULL ? k->controls_none_reason :
						      "Nothing was named.");
}

static void
put_alternatives(struct buf *b, const struct content *k)
{
	buf_str(b, "\n\nAlternatives considered:");
	for (size_t i = 0; i < k->nalternatives; i++) {
		const struct alternative *a = &k->alternatives[i];

		buf_printf(b, "\n%zu. %s (%s%s%s)", i + 1, a->description,
		    a->verdict == ALTERNATIVE_LESS_EFFECTIVE ?
			"less effective" :
			"not practical",
		    a->reason != NULL ? ": " : "",
		    a->reason != NULL ? a->reason : "");
	}
	if (k->nalternatives == 0)
		buf_str(b, "\nNone were named.");
}

/* Of the version in force: what is typed and not sent is the requester's. */
static const char *
about(struct ctx *c, const struct loaded *l, struct err *e)
{
	struct content k;
	struct buf b;

	if (l->x.confidential)
		return "The exception is confidential: why it is asked for, "
		       "what reduces the risk and which alternatives were "
		       "considered is on its page only.";
	if (l->x.content == NULL) {
		err_set(e, ERR_INTERNAL, "The content is missing.");
		return NULL;
	}
	if (content_parse(c->arena, l->x.content, &k, e) < 0)
		return NULL;
	buf_init(&b, c->arena);
	buf_printf(&b, "Why it is asked for:\n%s",
	    k.justification != NULL ? k.justification : "Nothing was said.");
	put_controls(&b, &k);
	put_alternatives(&b, &k);
	return buf_text(&b);
}

int
notice_added(struct ctx *c, const struct loaded *l, enum part part,
    struct err *e)
{
	struct notice_all n = to_all(c, l->x.id,
	    arena_printf(c->arena, "%" PRId64 ":%s %" PRId64 ":", l->x.id,
		part_names[part], c->now),
	    part == PART_EXPERT ? "expert" : "stakeholder");

	n.detail = about(c, l, e);
	if (n.detail == NULL)
		return -1;
	return notice_store_added(c->db, &n, part, e);
}
