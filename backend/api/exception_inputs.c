/* Field tables of what comes in and of the small answers. */
#include "api/exceptions.h"

/* clang-format off */
#define NUMBER .flags = FIELD_PATH | FIELD_REQUIRED, .max = 20, .doc = "Number, such as EX-2026-00042"

const char *const step_action_names[STEP_ACTION__MAX] = { NULL, "submit", "resubmit", "withdraw", "discard", "amend", "implement" };
const char *const letter_act_names[LETTER_ACT__MAX] = { NULL, "write", "review", "send" };

static const struct field exception_create_in_fields[] = {
	F_STR(exception_create_in, procedure, .flags = FIELD_REQUIRED, .max = 32, .doc = "Key of the procedure"),
	F_STR(exception_create_in, copy_of, .flags = FIELD_NULLABLE, .max = 20, .doc = "Number of an earlier request to begin with, without its days"),
};
const struct schema exception_create_in_schema = SCHEMA(exception_create_in, exception_create_in_fields, "A new draft");

static const struct field exception_path_fields[] = { F_STR(exception_path, number, NUMBER) };
const struct schema exception_path_schema = SCHEMA(exception_path, exception_path_fields, "Path of an exception");

static const struct field draft_in_fields[] = {
	F_STR(draft_in, number, NUMBER),
	F_OBJECT(draft_in, content, content, .flags = FIELD_REQUIRED, .doc = "The whole content; what is left out is emptied"),
};
const struct schema draft_in_schema = SCHEMA(draft_in, draft_in_fields, "A draft as typed so far");

static const struct field draft_out_fields[] = {
	F_STR(draft_out, number, .doc = "Number"),
	F_STR(draft_out, etag, .doc = "For the next If-Match"),
	F_I64(draft_out, row_version, .doc = "Moves with every change"),
	F_TIME(draft_out, saved_at, .doc = "When it was saved"),
	F_ARRAY(draft_out, faults, fault, .doc = "What is still owed before it can be sent"),
};
const struct schema draft_out_schema = SCHEMA(draft_out, draft_out_fields, "A saved draft");

static const struct field step_in_fields[] = {
	F_STR(step_in, number, NUMBER),
	F_ENUM(step_in, action, step_action, .flags = FIELD_REQUIRED, .doc = "The step to take"),
	F_STR(step_in, reason, .flags = FIELD_NULLABLE, .max = 4000, .doc = "Why; owed to withdraw, and as evidence to implement"),
	F_BOOL(step_in, declaration, .doc = "The procedure's declaration is confirmed"),
	F_DATE(step_in, on_day, .flags = FIELD_OMIT, .doc = "Day it was put in place"),
};
const struct schema step_in_schema = SCHEMA(step_in, step_in_fields, "A step of the requester");

static const struct field finding_in_fields[] = {
	F_STR(finding_in, number, NUMBER),
	F_STR(finding_in, kind, .flags = FIELD_REQUIRED, .max = 40, .doc = "Which finding"),
	F_ENUM(finding_in, judgement, judgement, .flags = FIELD_REQUIRED, .doc = "Which way it points"),
	F_STR(finding_in, text, .flags = FIELD_REQUIRED, .min = 1, .max = 4000, .doc = "The judgement in words"),
	F_I64(finding_in, content_version, .flags = FIELD_REQUIRED, .min = 1, .max = 100000, .doc = "Version the reviewer read"),
};
const struct schema finding_in_schema = SCHEMA(finding_in, finding_in_fields, "A finding");

static const struct field history_in_fields[] = {
	F_STR(history_in, number, NUMBER),
	F_STR(history_in, cursor, .flags = FIELD_QUERY | FIELD_NULLABLE, .max = 100, .doc = "Where to go on"),
	F_I64(history_in, limit, .flags = FIELD_QUERY | FIELD_NULLABLE, .min = 1, .max = 100, .doc = "Events a page"),
};
const struct schema history_in_schema = SCHEMA(history_in, history_in_fields, "A page of the history");

static const struct field history_out_fields[] = {
	F_ARRAY(history_out, items, history_event, .doc = "Newest first"),
	F_STR(history_out, next_cursor, .flags = FIELD_NULLABLE, .doc = "Where to go on; null at the end"),
};
const struct schema history_out_schema = SCHEMA(history_out, history_out_fields, "The history of an exception");

static const struct field decision_in_fields[] = {
	F_STR(decision_in, exception, .flags = FIELD_REQUIRED, .max = 20, .doc = "Number of the exception"),
	F_I64(decision_in, content_version, .flags = FIELD_REQUIRED, .min = 1, .max = 100000, .doc = "Version the decider read"),
	F_STR(decision_in, content_hash, .flags = FIELD_REQUIRED, .min = 64, .max = 64, .doc = "SHA-256 of that version, hex"),
	F_STR(decision_in, stage, .flags = FIELD_OMIT, .max = 40, .doc = "Key of the stage that was read; owed where the procedure has several"),
	F_ENUM(decision_in, verdict, verdict, .flags = FIELD_REQUIRED, .doc = "Approve, deny or return for information"),
	F_STR(decision_in, reason, .flags = FIELD_NULLABLE, .max = 4000, .doc = "Why; always owed (M-10)"),
	F_STR(decision_in, precedent_reason, .flags = FIELD_NULLABLE, .max = 1000, .doc = "Why it departs from its precedents; owed when it does (M-24)"),
	F_DATE(decision_in, expires_on, .flags = FIELD_NULLABLE, .doc = "Last day granted; owed for an approval (V-15)"),
	F_ARRAY(decision_in, conditions, condition, .flags = FIELD_OMIT, .max = CONDITIONS_MAX, .doc = "What an approval asks for while it holds (M-18)"),
};
const struct schema decision_in_schema = SCHEMA(decision_in, decision_in_fields, "A decision");

static const struct field vote_in_fields[] = {
	F_STR(vote_in, exception, .flags = FIELD_REQUIRED, .max = 20, .doc = "Number of the exception"),
	F_I64(vote_in, content_version, .flags = FIELD_REQUIRED, .min = 1, .max = 100000, .doc = "Version the decider read"),
	F_STR(vote_in, content_hash, .flags = FIELD_REQUIRED, .min = 64, .max = 64, .doc = "SHA-256 of that version, hex"),
	F_STR(vote_in, stage, .flags = FIELD_OMIT, .max = 40, .doc = "Key of the stage that was read; owed where the procedure has several"),
	F_ENUM(vote_in, ballot, ballot, .flags = FIELD_REQUIRED, .doc = "Which way"),
	F_STR(vote_in, reason, .flags = FIELD_REQUIRED, .max = 4000, .doc = "Why"),
};
const struct schema vote_in_schema = SCHEMA(vote_in, vote_in_fields, "A vote");

static const struct field completion_in_fields[] = {
	F_STR(completion_in, exception, .flags = FIELD_REQUIRED, .max = 20, .doc = "Number of the exception"),
	F_I64(completion_in, content_version, .flags = FIELD_REQUIRED, .min = 1, .max = 100000, .doc = "Version the decider read"),
	F_STR(completion_in, content_hash, .flags = FIELD_REQUIRED, .min = 64, .max = 64, .doc = "SHA-256 of that version, hex"),
	F_STR(completion_in, stage, .flags = FIELD_OMIT, .max = 40, .doc = "Key of the stage that was read; owed where the procedure has several"),
};
const struct schema completion_in_schema = SCHEMA(completion_in, completion_in_fields, "The end of a stage");

static const struct field record_in_fields[] = {
	F_STR(record_in, number, NUMBER),
	F_STR(record_in, record, .flags = FIELD_REQUIRED, .max = 40, .doc = "Key of the record the stage asks for"),
	F_STR(record_in, text, .flags = FIELD_OMIT, .max = 4000, .doc = "In words"),
	F_DATE(record_in, on_day, .flags = FIELD_OMIT, .doc = "Day it was held, answered or noted"),
	F_STR(record_in, reference, .flags = FIELD_OMIT, .max = 200, .doc = "Where it is noted"),
	F_STR(record_in, people, .flags = FIELD_OMIT, .max = 1000, .doc = "Who was there, or who answered"),
	F_STRS(record_in, topics, .flags = FIELD_OMIT, .max = 20, .doc = "Topics covered"),
};
const struct schema record_in_schema = SCHEMA(record_in, record_in_fields, "A record of a stage");

static const struct field letter_in_fields[] = {
	F_STR(letter_in, number, NUMBER),
	F_ENUM(letter_in, action, letter_act, .flags = FIELD_REQUIRED, .doc = "Write, review or send it"),
	F_STR(letter_in, title, .flags = FIELD_OMIT, .max = 200, .doc = "Subject; owed to write"),
	F_STR(letter_in, body, .flags = FIELD_OMIT, .max = 16000, .doc = "Text; owed to write"),
};
const struct schema letter_in_schema = SCHEMA(letter_in, letter_in_fields, "An act on a letter");

static const struct field work_in_fields[] = {
	F_STR(work_in, number, NUMBER),
	F_I64(work_in, id, .flags = FIELD_PATH | FIELD_REQUIRED, .min = 1, .max = INT64_C(9007199254740991), .doc = "The work item"),
	F_I64(work_in, row_version, .flags = FIELD_REQUIRED, .min = 1, .max = 1000000, .doc = "Version that was read"),
	F_STR(work_in, plan, .flags = FIELD_OMIT, .max = 4000, .doc = "How it will be done; who says it takes the item"),
	F_STR(work_in, solution, .flags = FIELD_OMIT, .max = 4000, .doc = "The solution agreed; closes the item"),
};
const struct schema work_in_schema = SCHEMA(work_in, work_in_fields, "A change of a work item");
/* clang-format on */
