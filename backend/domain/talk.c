/* Field tables, and the one rule of how a text mentions people. */
#include "domain/talk.h"

#include <string.h>
#include <strings.h>

/* clang-format off */
const char *const part_names[PART__MAX] = { NULL, "watcher", "stakeholder", "expert" };
const char *const comment_kind_names[COMMENT_KIND__MAX] = { NULL, "comment", "question", "answer" };

#define NULLABLE .flags = FIELD_NULLABLE
#define INTERNAL .flags = FIELD_INTERNAL
static const struct field participant_row_fields[] = {
	F_ENUM(participant_row, part, part, .doc = "Stakeholder or expert"),
	F_I64(participant_row, person_id, INTERNAL, .doc = "Person"),
	F_STR(participant_row, uid, .doc = "Directory name"),
	F_STR(participant_row, name, .doc = "Name"),
	F_STR(participant_row, title, NULLABLE, .doc = "Job title"),
	F_STR(participant_row, unit, NULLABLE, .doc = "Unit"),
	F_STR(participant_row, via, NULLABLE, .doc = "Code of the unit that was added; null: by name"),
	F_STR(participant_row, via_name, NULLABLE, .doc = "Name of that unit"),
	F_STR(participant_row, added_by, .doc = "Who added them"),
	F_TIME(participant_row, added_at, .doc = "When"),
	F_TIME(participant_row, acknowledged_at, NULLABLE, .doc = "When they took note; null: not yet, or not the reader's to know"),
};
const struct schema participant_row_schema = SCHEMA(participant_row, participant_row_fields, "Somebody who takes part");

static const struct field acknowledge_row_fields[] = {
	F_I64(acknowledge_row, id, INTERNAL, .doc = "Identifier"),
	F_STR(acknowledge_row, number, NULLABLE, .doc = "Number"),
	F_STR(acknowledge_row, title, .doc = "One line"),
	F_TIME(acknowledge_row, added_at, .doc = "Since when it waits"),
	F_STR(acknowledge_row, added_by, .doc = "Who named the reader"),
};
const struct schema acknowledge_row_schema = SCHEMA(acknowledge_row, acknowledge_row_fields, "An exception to take note of");

static const struct field colleague_row_fields[] = {
	F_I64(colleague_row, id, INTERNAL, .doc = "Identifier"),
	F_STR(colleague_row, uid, .doc = "Directory name"),
	F_STR(colleague_row, name, .doc = "Name"),
	F_STR(colleague_row, title, NULLABLE, .doc = "Job title"),
	F_STR(colleague_row, unit, NULLABLE, .doc = "Unit"),
};
const struct schema colleague_row_schema = SCHEMA(colleague_row, colleague_row_fields, "A colleague");

static const struct field comment_row_fields[] = {
	F_I64(comment_row, id, .doc = "Identifier"),
	F_ENUM(comment_row, kind, comment_kind, .doc = "Comment, question or answer"),
	F_I64(comment_row, in_reply_to, NULLABLE, .doc = "The question an answer belongs to"),
	F_I64(comment_row, author_id, INTERNAL, .doc = "Author"),
	F_STR(comment_row, author, .doc = "Who wrote it"),
	F_STR(comment_row, author_uid, .doc = "Directory name"),
	F_STR(comment_row, author_title, NULLABLE, .doc = "Job title"),
	F_BOOL(comment_row, expert, .doc = "The author was asked as an expert (C-07)"),
	F_TIME(comment_row, at, .doc = "When"),
	F_STR(comment_row, text, NULLABLE, .doc = "What was said; null once it is retracted"),
	F_STR(comment_row, mention_list, INTERNAL, .doc = "As stored"),
	F_STRS(comment_row, mentions, .doc = "Directory names the text mentions"),
	F_TIME(comment_row, retracted_at, NULLABLE, .doc = "When the author took it back"),
	F_STR(comment_row, asks, INTERNAL, .doc = "Role of a question"),
	F_STR(comment_row, asks_title, NULLABLE, .doc = "Role a question was put to"),
	F_STR(comment_row, waits_for, INTERNAL, .doc = "Role that owes the answer"),
	F_BOOL(comment_row, waits, .doc = "A question without an answer"),
	F_BOOL(comment_row, mine, .doc = "The reader wrote it"),
	F_BOOL(comment_row, may_retract, .doc = "The reader may take it back"),
	F_BOOL(comment_row, may_answer, .doc = "The reader may answer it"),
};
const struct schema comment_row_schema = SCHEMA(comment_row, comment_row_fields, "Something said about an exception");

static const struct field question_row_fields[] = {
	F_I64(question_row, id, .doc = "Identifier"),
	F_I64(question_row, exception_id, INTERNAL, .doc = "Exception"),
	F_STR(question_row, number, NULLABLE, .doc = "Number of the request"),
	F_STR(question_row, title, .doc = "Its title"),
	F_BOOL(question_row, draft, .doc = "The request is a draft: nothing else of it is shown"),
	F_STR(question_row, procedure_number, NULLABLE, .doc = "Number of the procedure"),
	F_STR(question_row, procedure_title, NULLABLE, .doc = "Its title"),
	F_STR(question_row, asked_by, .doc = "Who asks"),
	F_TIME(question_row, at, .doc = "When"),
	F_STR(question_row, text, .doc = "The question"),
};
const struct schema question_row_schema = SCHEMA(question_row, question_row_fields, "A question that waits for an answer");

static const struct field reader_row_fields[] = {
	F_I64(reader_row, id, .doc = "Person"),
	F_STR(reader_row, name, .doc = "Name"),
	F_BOOL(reader_row, sees, .doc = "Reads the exception in full"),
};
const struct schema reader_row_schema = SCHEMA(reader_row, reader_row_fields, "Somebody who is mentioned");
/* clang-format on */

static bool
is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

/* Characters of the name at s, 0 when there is none. */
static size_t
name_length(const char *s)
{
	size_t n = 0;

	if (*s == '.' || *s == '-')
		return 0;
	while (is_name_char(s[n]))
		n++;
	while (n > 0 && (s[n - 1] == '.' || s[n - 1] == '-'))
		n--;
	return n <= MENTION_CHARS ? n : 0;
}

static bool
is_there(const char *const *names, size_t n, const char *s, size_t len)
{
	for (size_t i = 0; i < n; i++) {
		if (strlen(names[i]) == len &&
		    strncasecmp(names[i], s, len) == 0)
			return true;
	}
	return false;
}

size_t
mentions_of(struct arena *a, const char *text, const char *names[MENTIONS_MAX])
{
	size_t n = 0;

	for (const char *at = strchr(text, '@'); at != NULL;
	     at = strchr(at + 1, '@')) {
		size_t len = name_length(at + 1);

		if (len == 0 ||
		    (at > text && (is_name_char(at[-1]) || at[-1] == '@')))
			continue;
		if (n == MENTIONS_MAX) {
			if (is_there(names, n, at + 1, len))
				continue;
			return n + 1;
		}
		if (!is_there(names, n, at + 1, len))
			names[n++] = arena_strndup(a, at + 1, len);
	}
	return n;
}

bool
action_is_talk(const char *action)
{
	return strncmp(action, "talk.", 5) == 0;
}
