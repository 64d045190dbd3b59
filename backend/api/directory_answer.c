/* One text for a directory that does not answer, wherever it is asked. */
#include "api/directory_answer.h"

#include "store/session_store.h"

int
directory_answer(enum directory_result r, const char *what, struct err *e)
{
	if (r == DIRECTORY_OK)
		return 0;
	if (r == DIRECTORY_DOWN)
		return err_set(e, ERR_DIRECTORY_DOWN,
		    "The directory does not answer. Try again in a minute.");
	return err_set(e, ERR_NOT_FOUND,
	    "There is no such %s in the directory.", what);
}

struct person_view
person_view_of(const struct directory_person *p)
{
	return (struct person_view){ p->uid, p->name, p->title, p->mail,
		p->department };
}

int
person_named(struct ctx *c, const char *uid, const char *pointer,
    struct directory_person *p, struct err *e)
{
	enum directory_result r =
	    directory_person_find(c->directory, c->arena, uid, p, e);

	if (r == DIRECTORY_DOWN)
		return directory_answer(r, "person", e);
	if (r != DIRECTORY_OK)
		return err_field(e, c->arena, pointer,
		    "is nobody the directory knows");
	if (p->disabled)
		return err_field(e, c->arena, pointer,
		    "is an account that is disabled in the directory");
	return 0;
}

int
person_keep(struct ctx *c, const struct directory_person *p, int64_t *id,
    struct err *e)
{
	const struct person_seen seen = { p->id, p->uid, p->dn, p->name,
		p->mail, p->title, p->department, p->manager_dn, c->now };

	return person_store_put(c->db, &seen, id, e);
}
