/*
 * A violation: a known deviation nobody asked for, as it was reported
 * (C-25). Two clocks are kept: when it was known and when it was filed.
 */
#ifndef EXREG_DOMAIN_VIOLATION_H
#define EXREG_DOMAIN_VIOLATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/field.h"

enum violation_state {
	VIOLATION_STATE__INVALID,
	VIOLATION_REPORTED,
	VIOLATION_STATE__MAX
};
extern const char *const violation_state_names[VIOLATION_STATE__MAX];

struct violation {
	int64_t id;
	const char *number; /* made from id */
	int64_t reporter_id;
	const char *reporter;
	int64_t supervisor_id;
	const char *supervisor;
	bool supervisor_named; /* by the reporter: the directory names none */
	const char *what;
	int64_t unit_id; /* to write; in rows by code and name */
	const char *unit_code;
	const char *unit_name;
	int64_t document_id;
	const char *document_key;
	const char *document_title;
	const char *clauses; /* references, one a line */
	date_t known_on;
	instant_t filed_at;
	enum violation_state state;
};
extern const struct schema violation_schema;

#define VIOLATION_WHAT_MIN 20
#define VIOLATION_WHAT_MAX 4000
#define VIOLATION_CLAUSES_MAX 20

/* "V-2026-00042" on the arena. */
const char *violation_number(struct arena *a, int64_t id);

/* Strict parse of a number; 0 and *id, or -1. */
int violation_number_parse(const char *s, int64_t *id);

#endif
