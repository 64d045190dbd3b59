/*
 * What was before a decider when they decided stays: a file cannot be taken
 * away from a version that somebody has decided on.
 */
#include "domain/attachment.h"

/* clang-format off */
#define NULLABLE .flags = FIELD_NULLABLE

static const struct field fields[] = {
	F_I64(attachment, exception_id, .doc = "Exception"),
	F_I64(attachment, position, .doc = "Number within the exception"),
	F_STR(attachment, name, .doc = "Name of the file"),
	F_STR(attachment, media_type, .doc = "What the content is"),
	F_I64(attachment, size, .doc = "Bytes"),
	F_STR(attachment, sha256, .doc = "SHA-256 of the content"),
	F_STR(attachment, file, .doc = "Name in the folder"),
	F_I64(attachment, content_version, .doc = "First version it is part of"),
	F_TIME(attachment, uploaded_at, .doc = "When it was added"),
	F_I64(attachment, uploaded_by, .doc = "Who added it"),
	F_STR(attachment, uploaded_by_name, NULLABLE, .doc = "Who added it, by name"),
	F_TIME(attachment, removed_at, NULLABLE, .doc = "When it was removed"),
	F_BOOL(attachment, decided, .doc = "A version it is part of was decided or voted on"),
};
/* clang-format on */
const struct schema attachment_schema =
    SCHEMA(attachment, fields, "A file that belongs to an exception");

static bool
is_with_requester(enum request_state s)
{
	return s == STATE_DRAFT || s == STATE_RETURNED;
}

static bool
is_being_decided(enum request_state s)
{
	return s == STATE_SUBMITTED || s == STATE_IN_STAGE;
}

int64_t
attachment_version(enum request_state state, int64_t content_version)
{
	return is_with_requester(state) ? content_version + 1 : content_version;
}

bool
attachment_is_seen(const struct attachment *a, int64_t content_version,
    int64_t person_id)
{
	return a->removed_at == TIME_NONE &&
	    (a->content_version <= content_version ||
		a->uploaded_by == person_id);
}

const char *
attachment_add_reason(enum request_state state, const struct facts *facts)
{
	if (!is_with_requester(state) && !is_being_decided(state))
		return "The outcome is there. Files can no longer be added.";
	if (facts->is_requester ||
	    ((facts->is_holder || facts->is_voter) && is_being_decided(state)))
		return NULL;
	return "Only the requester and who decides next can add files.";
}

const char *
attachment_remove_reason(enum request_state state, const struct attachment *a,
    int64_t person_id)
{
	if (a->uploaded_by != person_id)
		return "Only who added a file can remove it.";
	if (!is_with_requester(state) && !is_being_decided(state))
		return "The outcome is there. Its files stay.";
	if (a->decided)
		return "Somebody has judged with this file before them. It "
		       "stays.";
	return NULL;
}
