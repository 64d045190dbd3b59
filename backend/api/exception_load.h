/*
 * What every handler of one exception needs: the record, its procedure, its
 * content, and the facts the workflow asks for.
 */
#ifndef EXREG_API_EXCEPTION_LOAD_H
#define EXREG_API_EXCEPTION_LOAD_H

#include "api/ctx.h"
#include "domain/catalogue.h"
#include "domain/content.h"
#include "domain/engine.h"
#include "domain/form.h"
#include "domain/procedure.h"
#include "domain/record.h"
#include "domain/workflow.h"

/* How much of it the person may see. */
enum sight { SIGHT_NONE, SIGHT_PUBLIC, SIGHT_FULL };

struct loaded {
	struct exception x;
	struct procedure procedure;
	struct content content;
	const char *content_json; /* of the version shown */
	struct finding *findings; /* all versions */
	size_t nfindings;
	/* Of the whole request, as far as its procedure knows such things. */
	struct decision *decisions;
	size_t ndecisions;
	bool decisions_known;
	struct vote *votes; /* the newest version first */
	size_t nvotes;
	struct stage_record *records;
	size_t nrecords;
	struct letter *letters;
	size_t nletters;
	int64_t *units; /* affected, with all their ancestors */
	size_t nunits;
	const struct grant *
	    grant; /* of the role that closes the stage, covering it, or NULL */
	const struct grant *vote_grant; /* of a role that votes in it */
	struct facts facts;
	enum sight sight;
};

/* Number of the path to id; ERR_NOT_FOUND when it is no number. */
int exception_id_of(struct ctx *c, const char *number, int64_t *id,
    struct err *e);

/*
 * Load for reading (lock false) or for a change (lock true: FOR UPDATE; the
 * names behind ids are not filled). ERR_NOT_FOUND also for what the person
 * may not know of, ERR_FORBIDDEN for a change of what they only may see.
 */
int exception_load(struct ctx *c, int64_t id, bool lock, struct loaded *l,
    struct err *e);

/* Whatever somebody may not know of is not there: ERR_NOT_FOUND, -1. */
int exception_unknown(struct err *e);

/* What a grant must cover to hold for it; shares l's list of units. */
struct scope exception_scope(const struct loaded *l);

/*
 * Fill l->facts, the grants and l->sight for c->who, as the row stands now.
 * -1 with ERR_NOT_FOUND for what the person may not know of.
 */
int exception_judge(struct ctx *c, struct loaded *l, struct err *e);

/*
 * After a change of the row alone: read it again, with the names behind ids,
 * and what it now allows. Content, findings and units are kept.
 */
int exception_reload(struct ctx *c, struct loaded *l, struct err *e);

/* The votes on the version under decision, in the stage it is in. */
const struct vote *exception_votes(const struct loaded *l, size_t *n);

/* The letter of the stage it is in, or NULL. */
const struct letter *exception_letter(const struct loaded *l);

/* The decisions of all versions, newest first; read once. */
int exception_decisions(struct ctx *c, struct loaded *l, struct err *e);

/* What conditions of stages look at, as of today. */
struct stage_facts exception_stage_facts(const struct ctx *c,
    const struct exception *x);

/* ERR_STALE with what is there now for the answer. Returns -1. */
int exception_stale(struct ctx *c, const struct exception *x, struct err *e);

/* The catalogue's answers to what the content names. */
struct resolved {
	struct form_facts facts;
	struct document_row document;
	struct clause *clauses; /* one an entry of content.clauses found */
	size_t nclauses;
	struct asset_row asset;
	struct unit_row unit; /* id 0: none */
	int64_t *unit_ids;    /* the unit first, then the others affected */
	size_t nunit_ids;
	int64_t beneficiary_id; /* I64_NONE: none */
};
/* stage: the one the request is in or was returned from, 0 for a draft; it
 * says which parts of the form are open. */
int content_resolve(struct ctx *c, const struct content *content,
    const struct procedure *p, int64_t stage, struct resolved *r,
    struct err *e);

/* Parse a content document. Faults below "/content". */
int content_parse(struct arena *a, const char *json, struct content *out,
    struct err *e);

/* The canonical JSON of a content. */
const char *content_print(struct arena *a, const struct content *content);

#endif
