/*
 * Who takes part in an exception beside the people its row names, and the
 * people there are to choose from. All functions return 0, or -1 with e set,
 * unless they say otherwise; rows live on the request arena.
 */
#ifndef EXREG_STORE_PARTICIPANT_STORE_H
#define EXREG_STORE_PARTICIPANT_STORE_H

#include "base/err.h"
#include "domain/talk.h"

struct db;

/* Stakeholders and experts by name, at most PARTICIPANTS_MAX. */
int participant_store_list(struct db *db, int64_t exception_id,
    struct participant_row **rows, size_t *n, struct err *e);
int participant_store_count(struct db *db, int64_t exception_id, int64_t *n,
    struct err *e);

struct participant_new {
	int64_t exception_id;
	enum part part;
	const char *via; /* code of the unit, NULL: by name */
	int64_t added_by;
	instant_t at;
};

/* One person. 1, 0 when they take that part already, -1. */
int participant_store_put(struct db *db, const struct participant_new *p,
    int64_t person_id, struct err *e);

/* All people of a unit and of those below it become stakeholders, requester
 * and owner apart; at most UNIT_PEOPLE_MAX. */
int participant_store_put_unit(struct db *db, const struct participant_new *p,
    int64_t unit_id, struct err *e);

/* How many those are; UNIT_PEOPLE_MAX + 1 means more. */
int participant_store_unit_people(struct db *db, int64_t unit_id, int64_t *n,
    struct err *e);

/* Stakeholder no longer, and expert if the caller may end that. 1, 0 when
 * they were not, -1. */
int participant_store_end(struct db *db, int64_t exception_id,
    int64_t person_id, bool expert_too, instant_t now, struct err *e);

/* Watch no longer. 1, 0 when they did not, -1. */
int participant_store_unwatch(struct db *db, int64_t exception_id,
    int64_t person_id, instant_t now, struct err *e);

/* A stakeholder takes note. 1, 0 when nothing waits for them, -1. */
int participant_store_acknowledge(struct db *db, int64_t exception_id,
    int64_t person_id, instant_t now, struct err *e);

/* What waits for a person's acknowledgement, at most 20, oldest first.
 * number is not filled. */
int participant_store_waiting(struct db *db, int64_t person_id,
    struct acknowledge_row **rows, size_t *n, struct err *e);

/* People by the start of a name or directory name, at most 10. */
int participant_store_colleagues(struct db *db, struct arena *a,
    const char *text, struct colleague_row **rows, size_t *n, struct err *e);

#endif
