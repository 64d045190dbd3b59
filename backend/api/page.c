/* The list's name is the hash in the cursor. */
#include "api/page.h"

size_t
page_size(int64_t limit)
{
	return limit == I64_NONE ? PAGE_DEFAULT : (size_t)limit;
}

int
page_place(struct ctx *c, const char *list, const char *cursor,
    struct cursor *place, struct err *e)
{
	struct cursor found = { 0 };

	if (cursor != NULL &&
	    (cursor_decode(c->arena, cursor, &found) < 0 ||
		found.hash != hash_str(HASH_START, list)))
		return err_field(e, c->arena, "?cursor",
		    "does not belong to this list");
	*place = found;
	return 0;
}

const char *
page_next(struct ctx *c, const char *list, int64_t key, int64_t id)
{
	const struct cursor place = {
		.key = key,
		.id = id,
		.hash = hash_str(HASH_START, list),
	};

	return cursor_encode(c->arena, &place);
}
