/* Field tables of what comes in and goes out around an exception. */
#include "api/talk.h"

#include "api/page.h"

/* clang-format off */
#define NULLABLE .flags = FIELD_NULLABLE
#define NUMBER .flags = FIELD_PATH | FIELD_REQUIRED, .max = 20, .doc = "Number, such as EX-2026-00042"
#define TEXT .flags = FIELD_REQUIRED, .min = 1, .max = COMMENT_MAX

static const struct field comments_in_fields[] = {
	F_STR(comments_in, number, NUMBER),
	PAGE_LIMIT(comments_in),
	PAGE_CURSOR(comments_in),
};
const struct schema comments_in_schema = SCHEMA(comments_in, comments_in_fields, "Which comments");

static const struct field comment_list_fields[] = {
	F_ARRAY(comment_list, items, comment_row, .doc = "The latest, newest last"),
	F_STR(comment_list, next_cursor, NULLABLE, .doc = "Where the earlier ones are; null at the beginning"),
	F_BOOL(comment_list, may_ask, .doc = "The reader may put a question"),
	F_STR(comment_list, ask_reason, NULLABLE, .doc = "Why not"),
	F_STR(comment_list, asks_title, NULLABLE, .doc = "Role a question goes to"),
};
const struct schema comment_list_schema = SCHEMA(comment_list, comment_list_fields, "What was said about an exception");

static const struct field comment_in_fields[] = {
	F_STR(comment_in, number, NUMBER),
	F_ENUM(comment_in, kind, comment_kind, NULLABLE, .doc = "comment, or question to those who act in the first stage; an answer has a route of its own"),
	F_STR(comment_in, text, TEXT, .doc = "What is said; @name mentions a person who reads the exception"),
};
const struct schema comment_in_schema = SCHEMA(comment_in, comment_in_fields, "A comment or a question");

static const struct field comment_made_fields[] = {
	F_I64(comment_made, id, .doc = "Identifier"),
};
const struct schema comment_made_schema = SCHEMA(comment_made, comment_made_fields, "A new comment");

static const struct field comment_path_fields[] = {
	F_STR(comment_path, number, NUMBER),
	F_I64(comment_path, id, .flags = FIELD_PATH | FIELD_REQUIRED, .min = 1, .max = INT64_C(9007199254740991), .doc = "The comment"),
};
const struct schema comment_path_schema = SCHEMA(comment_path, comment_path_fields, "Path of a comment");

static const struct field questions_in_fields[] = {
	PAGE_LIMIT(questions_in),
	PAGE_CURSOR(questions_in),
};
const struct schema questions_in_schema = SCHEMA(questions_in, questions_in_fields, "Which questions");

static const struct field question_list_fields[] = {
	F_ARRAY(question_list, items, question_row, .doc = "Questions to a role of the reader, oldest first"),
	F_STR(question_list, next_cursor, NULLABLE, .doc = "Where the next page starts; null on the last one"),
	F_I64(question_list, total, .doc = "How many wait, at most 1000"),
};
const struct schema question_list_schema = SCHEMA(question_list, question_list_fields, "Questions that wait for an answer");

static const struct field answer_in_fields[] = {
	F_I64(answer_in, id, .flags = FIELD_PATH | FIELD_REQUIRED, .min = 1, .max = INT64_C(9007199254740991), .doc = "The question"),
	F_STR(answer_in, text, TEXT, .doc = "The answer; it is kept with the request"),
};
const struct schema answer_in_schema = SCHEMA(answer_in, answer_in_fields, "An answer");

static const struct field talk_path_fields[] = { F_STR(talk_path, number, NUMBER) };
const struct schema talk_path_schema = SCHEMA(talk_path, talk_path_fields, "Path of what belongs to an exception");

static const struct field stakeholder_list_fields[] = {
	F_ARRAY(stakeholder_list, items, participant_row, .doc = "Stakeholders and experts by name, at most 300"),
	F_I64(stakeholder_list, waiting, NULLABLE, .doc = "Stakeholders who have not taken note yet; null when it is not the reader's to know"),
	F_BOOL(stakeholder_list, shows_acknowledgements, .doc = "The reader sees who has taken note"),
	F_BOOL(stakeholder_list, may_add, .doc = "The reader may add and remove stakeholders"),
	F_STR(stakeholder_list, add_reason, NULLABLE, .doc = "Why not"),
	F_BOOL(stakeholder_list, may_add_expert, .doc = "The reader may ask an expert"),
	F_STR(stakeholder_list, expert_reason, NULLABLE, .doc = "Why not"),
	F_BOOL(stakeholder_list, to_acknowledge, .doc = "The reader has still to take note"),
};
const struct schema stakeholder_list_schema = SCHEMA(stakeholder_list, stakeholder_list_fields, "Who takes part in an exception");

static const struct field stakeholder_in_fields[] = {
	F_STR(stakeholder_in, number, NUMBER),
	F_ENUM(stakeholder_in, part, part, NULLABLE, .doc = "stakeholder, or expert (a person only)"),
	F_STR(stakeholder_in, uid, NULLABLE, .max = MENTION_CHARS, .doc = "Directory name of a person"),
	F_STR(stakeholder_in, unit, NULLABLE, .max = 32, .doc = "Code of a unit: all its people and those of the units below it"),
};
const struct schema stakeholder_in_schema = SCHEMA(stakeholder_in, stakeholder_in_fields, "A person or a unit that is affected, or an expert");

static const struct field stakeholder_path_fields[] = {
	F_STR(stakeholder_path, number, NUMBER),
	F_STR(stakeholder_path, uid, .flags = FIELD_PATH | FIELD_REQUIRED, .max = MENTION_CHARS, .doc = "Directory name"),
};
const struct schema stakeholder_path_schema = SCHEMA(stakeholder_path, stakeholder_path_fields, "Path of a stakeholder");

static const struct field colleagues_in_fields[] = {
	F_STR(colleagues_in, text, .flags = FIELD_QUERY | FIELD_REQUIRED, .min = 1, .max = 100, .doc = "Start of the name or directory name"),
};
const struct schema colleagues_in_schema = SCHEMA(colleagues_in, colleagues_in_fields, "Which colleagues");

static const struct field colleague_list_fields[] = {
	F_ARRAY(colleague_list, items, colleague_row, .doc = "By name, at most ten"),
};
const struct schema colleague_list_schema = SCHEMA(colleague_list, colleague_list_fields, "Colleagues");
/* clang-format on */
