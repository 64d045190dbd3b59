/* One struct with every type of field, and a small one inside it. */
#ifndef EXREG_TESTS_UNIT_JSON_SAMPLE_H
#define EXREG_TESTS_UNIT_JSON_SAMPLE_H

#include "base/field.h"

enum grade { GRADE__INVALID, GRADE_LOW, GRADE_MID = 3, GRADE_HIGH };

static const char *const grade_names[] = { NULL, "low", NULL, "mid", "high" };

struct part {
	const char *name;
	int64_t weight;
};

struct sample {
	int64_t id;
	int64_t big;
	const char *title;
	const char *note;
	int64_t count;
	int64_t share;
	bool open;
	enum grade grade;
	enum grade least;
	date_t due;
	instant_t seen_at;
	struct part *owner;
	struct part *parts;
	size_t nparts;
	const char **tags;
	size_t ntags;
	const char *password;
	const char *extra;
	int64_t page;
};

/* clang-format off */
static const struct field part_fields[] = {
	F_STR(part, name, .flags = FIELD_REQUIRED, .min = 2, .max = 10, .doc = "Name"),
	F_I64(part, weight, .min = 1, .max = 5, .doc = "Weight"),
};
static const struct schema part_schema = SCHEMA(part, part_fields, "A part");

static const struct field sample_fields[] = {
	F_I64(sample, id, .flags = FIELD_READONLY, .doc = "Identifier"),
	F_I64(sample, big, .flags = FIELD_ID | FIELD_NULLABLE, .doc = "A number too big for a script"),
	F_STR(sample, title, .flags = FIELD_REQUIRED, .min = 1, .max = 20, .doc = "Title"),
	F_STR(sample, note, .flags = FIELD_NULLABLE, .doc = "Note"),
	F_I64(sample, count, .doc = "Any number"),
	F_I64(sample, share, .flags = FIELD_NULLABLE, .min = 0, .max = 100, .doc = "Per cent"),
	F_BOOL(sample, open, .doc = "Open"),
	F_ENUM(sample, grade, grade, .flags = FIELD_REQUIRED, .doc = "Grade"),
	F_ENUM(sample, least, grade, .flags = FIELD_NULLABLE, .doc = "Least grade"),
	F_DATE(sample, due, .flags = FIELD_NULLABLE, .doc = "Due"),
	F_TIME(sample, seen_at, .flags = FIELD_OMIT, .doc = "Seen"),
	F_OBJECT(sample, owner, part, .flags = FIELD_NULLABLE, .doc = "Owner"),
	F_ARRAY(sample, parts, part, .max = 3, .doc = "Parts"),
	F_STRS(sample, tags, .flags = FIELD_OMIT, .doc = "Tags"),
	F_STR(sample, password, .flags = FIELD_SECRET, .doc = "Password"),
	F_JSON(sample, extra, .flags = FIELD_OMIT, .doc = "Anything"),
	F_I64(sample, page, .flags = FIELD_QUERY | FIELD_OMIT, .min = 1, .max = 9, .doc = "Page"),
};
/* clang-format on */

static const struct schema sample_schema =
    SCHEMA(sample, sample_fields, "A sample");

#endif
