/*
 * Each notice is sent outside any transaction and then marked in one, so it
 * goes out at least once; a repeat has the same Message-ID. A refusal for
 * good, an address that cannot be used and the last of many tries make a
 * dead letter, which stays for the operator to see.
 */
#include "jobs/job.h"

#include "base/buf.h"
#include "base/log.h"
#include "domain/exception.h"
#include "domain/violation.h"
#include "mail/message.h"
#include "mail/submit.h"
#include "store/outbox_store.h"

#define BATCH 100
#define TRIES_MAX 40 /* about a day and a half */
#define MINUTE_US (60 * US_PER_SECOND)

/* What becomes of one notice. */
struct delivery {
	const struct outbox_row *row;
	enum submit_result result;
	const char *fault;
};

/* 1, 2, 4 ... 64 minutes. */
static instant_t
again_at(const struct job_run *r, int64_t attempts)
{
	return r->now + (MINUTE_US << (attempts < 6 ? attempts : 6));
}

static int
record(struct job_run *r, void *arg, struct err *e)
{
	const struct delivery *o = arg;
	instant_t next = again_at(r, o->row->attempts);

	if (o->result == SUBMIT_OK)
		return outbox_store_sent(r->db, o->row->id, r->now, e);
	if (o->result == SUBMIT_NEVER ||
	    (o->result == SUBMIT_LATER && o->row->attempts + 1 >= TRIES_MAX))
		next = TIME_NONE;
	return outbox_store_failed(r->db, o->row->id, r->now, next, o->fault,
	    e);
}

static int
compose(const struct job_run *r, const struct outbox_row *row, struct buf *out,
    struct err *e)
{
	struct message m = {
		.id = row->id,
		.kind = row->kind,
		.to_name = row->person_name,
		.to_address = row->person_mail,
		.from_address = r->cfg->mail->from,
		.organisation = r->cfg->organisation,
		.origin = r->cfg->origin,
		.title = row->title,
		.detail = row->detail,
		.created_at = row->created_at,
	};

	if (row->person_mail == NULL)
		return err_set(e, ERR_INVALID, "the person has no address");
	if (row->violation_id != I64_NONE) {
		m.violation = true;
		m.number = violation_number(r->arena, row->violation_id);
	} else if (row->exception_id != I64_NONE) {
		m.number = exception_number(r->arena, row->exception_id);
	} else {
		return err_set(e, ERR_INVALID, "the notice is about nothing");
	}
	return message_write(out, &m, e);
}

static void
log_delivery(const struct delivery *o)
{
	LOG(o->result == SUBMIT_LATER ? LOG_INFO : LOG_WARN, "notice not sent",
	    KV_S("notice", o->row->id), KV_I("tries", o->row->attempts + 1),
	    KV_S("forever", o->result == SUBMIT_NEVER ? "yes" : "no"),
	    KV_S("cause", o->fault));
}

/* Send one notice. */
static struct delivery
deliver(struct job_run *r, struct submit *s, const struct outbox_row *row)
{
	struct delivery o = { .row = row, .result = SUBMIT_NEVER };
	struct err e = { 0 };
	struct buf text;

	buf_init(&text, r->arena);
	if (compose(r, row, &text, &e) == 0)
		o.result = submit_message(s, row->person_mail, buf_text(&text),
		    text.len, &e);
	if (o.result != SUBMIT_OK) {
		o.fault = job_fault(r->arena, &e);
		log_delivery(&o);
	}
	return o;
}

static int
deliver_all(struct job_run *r, struct submit *s, const struct outbox_row *rows,
    size_t n, struct err *e)
{
	for (size_t i = 0; i < n && job_may_go_on(r); i++) {
		struct arena_mark mark = arena_mark(r->arena);
		struct delivery o = deliver(r, s, &rows[i]);

		if (job_tx(r, record, &o, e) < 0)
			return -1;
		if (o.result == SUBMIT_DOWN) {
			err_set(e, ERR_INTERNAL, "mail does not go out");
			return err_cause(e, "%s", o.fault);
		}
		if (o.result == SUBMIT_OK)
			r->done++;
		arena_rewind(r->arena, mark);
	}
	return 0;
}

/* One batch. *n: how many were due. */
static int
deliver_batch(struct job_run *r, struct submit **s, size_t *n, struct err *e)
{
	struct outbox_row *rows;

	if (outbox_store_due(r->db, r->now, BATCH, &rows, n, e) < 0)
		return -1;
	if (*n > 0 && *s == NULL)
		*s = submit_open(r->cfg->mail);
	return deliver_all(r, *s, rows, *n, e);
}

/* All that is due: what could not be delivered is due later, so each batch
 * brings others. */
int
job_mail(struct job_run *r, struct err *e)
{
	struct submit *s = NULL;
	size_t n;
	int rc;

	if (r->cfg->mail == NULL)
		return 0;
	do {
		struct arena_mark mark = arena_mark(r->arena);

		rc = deliver_batch(r, &s, &n, e);
		if (rc == 0)
			arena_rewind(r->arena, mark);
	} while (rc == 0 && n == BATCH && job_may_go_on(r));
	if (s != NULL)
		submit_close(s);
	return rc;
}
