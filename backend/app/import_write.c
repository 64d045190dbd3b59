/*
 * A row becomes an exception the way a request does: a draft, then a content
 * version with everything lists and search need. What it lacks is said by
 * the mark; a decision is not made up. The owner stands for who asked, since
 * the file knows nobody else.
 */
#include "app/import.h"

#include <string.h>

#include "api/exception_load.h"
#include "base/buf.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "db/tx.h"
#include "domain/search.h"
#include "store/exception_store.h"
#include "store/notice_store.h"
#include "store/number_store.h"
#include "json/json_write.h"

#define ACTOR "exregctl import"

struct batch {
	struct importer *im;
	const struct import_row *rows;
	size_t n;
	int64_t first; /* number of rows[0] */
	struct arena *work;
};

static int64_t
unit_of(const struct import_row *r)
{
	if (r->unit != NULL)
		return r->unit->id;
	return r->owner->unit_id > 0 ? r->owner->unit_id : I64_NONE;
}

static enum domain
domain_of(const struct import_row *r)
{
	return r->document != NULL ? r->document->row.domain :
				     DOMAIN_IT_SECURITY;
}

static int
write_draft(struct batch *b, const struct import_row *r, int64_t id,
    struct err *e)
{
	struct exception x = { .id = id, .row_version = 1 };
	const struct draft_columns cols = {
		.title = r->content.title,
		.domain = domain_of(r),
		.unit_id = unit_of(r),
		.asset_id = I64_NONE,
		.document_id =
		    r->document != NULL ? r->document->row.id : I64_NONE,
		.confidential = r->content.confidential,
		.requested_from = r->content.requested_from,
		.requested_until = r->content.requested_until,
	};

	return exception_store_save_draft(b->im->db, &x, &cols,
	    content_print(b->work, &r->content), b->im->now, e);
}

/* Noon: the day is the same in every zone that people live in. */
static instant_t
noon_of(date_t day)
{
	return day == DATE_NONE ? TIME_NONE : day * US_PER_DAY + US_PER_DAY / 2;
}

static struct exception
exception_of(const struct batch *b, const struct import_row *r, int64_t id)
{
	bool approved = r->outcome == OUTCOME_APPROVED;
	struct exception x;

	schema_init(&exception_schema, &x);
	x.id = id;
	x.row_version = 1;
	x.outcome = r->outcome;
	x.request_state = approved ? STATE_APPROVED : STATE_DENIED;
	x.effective_on = approved ? r->effective_on : DATE_NONE;
	x.expires_on = approved ? r->expires_on : DATE_NONE;
	x.decided_at = noon_of(r->decided_on);
	x.legacy_decider = r->decider;
	x.title = r->content.title;
	x.domain = domain_of(r);
	x.owner_id = x.requester_id = x.edited_by_id = r->owner->id;
	x.unit_id = unit_of(r);
	if (r->document != NULL) {
		x.document_id = r->document->row.id;
		x.document_version = r->document->row.version;
	}
	x.cause = r->content.cause;
	x.service_request = r->content.service_request;
	x.risk_before = 0;
	x.requested_from = r->content.requested_from;
	x.requested_until = r->content.requested_until;
	x.confidential = r->content.confidential;
	x.content_version = 1;
	x.updated_at = b->im->now;
	return x;
}

static int
write_record(struct batch *b, const struct import_row *r, int64_t id,
    struct err *e)
{
	struct exception x = exception_of(b, r, id);
	unsigned char hash[SHA256_LEN];
	struct submission s = { .content = &r->content,
		.json = content_print(b->work, &r->content),
		.hash = hash,
		.clauses = r->clause,
		.nclauses = r->clause != NULL,
		.unit_ids = &x.unit_id,
		.nunit_ids = x.unit_id > 0,
		.actor_id = r->owner->id,
		.action = "import" };
	const char *texts[4] = { exception_number(b->work, id), x.title,
		r->owner->name, r->content.justification };

	sha256(s.json, strlen(s.json), hash);
	s.words = search_words(b->work, texts, 4);
	s.public_chars = search_public_chars(b->work, texts, 2);
	if (import_store_facts(b->im->db, &x, e) < 0 ||
	    exception_store_submit(b->im->db, &x, &s, b->im->now, e) < 0)
		return -1;
	return import_store_mark(b->im->db, id, e);
}

static const char *
event_body(struct batch *b, const struct audit_row *row)
{
	struct json_writer w;
	struct buf text;

	buf_init(&text, b->work);
	json_begin(&w, &text);
	json_object(&w, NULL);
	json_i64(&w, "v", 1);
	json_time(&w, "at", b->im->now);
	json_str(&w, "origin", b->im->origin);
	json_str(&w, "action", row->action);
	json_bool(&w, "refused", false);
	json_object(&w, "actor");
	json_str(&w, "name", row->actor);
	json_end(&w);
	json_object(&w, "object");
	json_str(&w, "type", row->object_type);
	json_i64(&w, "id", row->object_id);
	json_str(&w, "name", row->object);
	json_end(&w);
	json_str(&w, "detail", row->detail);
	json_end(&w);
	json_finish(&w);
	return buf_text(&text);
}

static int
leave_trace(struct batch *b, const struct import_row *r, int64_t id,
    struct err *e)
{
	struct audit_row row = {
		.actor_id = I64_NONE,
		.actor = ACTOR,
		.action = "exception.import",
		.object_type = "exception",
		.object_id = id,
		.object = exception_number(b->work, id),
		.detail = arena_printf(b->work, "%s of %s%s", r->reference,
		    b->im->map.source,
		    r->kind == IMPORT_DRAFT ?
			", as a draft: it must go through its form" :
			", undocumented, decision unverified"),
		.address = "",
	};

	uuid7(b->im->now, row.id);
	row.body = event_body(b, &row);
	return audit_store_append(b->im->db, &row, e);
}

static int
write_row(struct batch *b, const struct import_row *r, int64_t id,
    struct err *e)
{
	struct importer *im = b->im;

	if (exception_store_create(im->db, id, r->procedure->id,
		r->procedure->p.type, r->owner->id, I64_NONE, im->now, e) < 0 ||
	    (r->kind == IMPORT_DRAFT ? write_draft : write_record)(b, r, id,
		e) < 0 ||
	    import_store_remember(im->db, im->map.source, r->reference, id,
		r->hash, im->now, e) < 0)
		return -1;
	return leave_trace(b, r, id, e);
}

static int
write_batch(void *arg, struct err *e)
{
	struct batch *b = arg;

	for (size_t i = 0; i < b->n; i++)
		if (write_row(b, &b->rows[i], b->first + (int64_t)i, e) < 0)
			return -1;
	return 0;
}

int
import_write(struct importer *im, const struct import_row *rows, size_t n,
    struct arena *work, struct err *e)
{
	struct batch b = { .im = im, .rows = rows, .n = n, .work = work };

	if (n == 0)
		return 0;
	db_set_arena(im->db, work);
	if (number_store_exceptions(im->db, date_to_civil(im->today).year,
		(int64_t)n, &b.first, e) < 0)
		return -1;
	return tx_run(im->db, TX_WRITE, write_batch, &b, e);
}
