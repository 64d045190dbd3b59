/* Units in the order of the tree. */
#include "support/test.h"

#include "domain/unit_tree.h"

/* code < parent, a word a unit; "." for none. */
struct tree_case {
	const char *in[8][2];
	size_t n;
	const char *out; /* code:depth, in order */
};

/* clang-format off */
static const struct tree_case trees[] = {
	{ { { NULL, NULL } }, 0, "" },
	{ { { "A", NULL } }, 1, "A:0 " },
	/* brothers keep their order, children come directly below */
	{ { { "A", "Z" }, { "B", "A" }, { "C", NULL }, { "D", "A" }, { "Z", NULL } }, 5,
	  "C:0 Z:0 A:1 B:2 D:2 " },
	{ { { "X", NULL }, { "A", "X" }, { "B", "X" }, { "C", "A" }, { "D", "C" }, { "E", "X" } }, 6,
	  "X:0 A:1 C:2 D:3 B:1 E:1 " },
	/* a parent that is not there */
	{ { { "A", "gone" }, { "B", "A" } }, 2, "A:0 B:1 " },
	/* rings are cut, nobody is lost */
	{ { { "A", "A" } }, 1, "A:0 " },
	{ { { "A", "B" }, { "B", "A" }, { "C", "B" }, { "D", NULL } }, 4, "D:0 A:0 B:1 C:2 " },
	{ { { "A", "C" }, { "B", "A" }, { "C", "B" }, { "D", "B" }, { "E", "B" } }, 5, "A:0 B:1 C:2 D:2 E:2 " },
	{ { { "A", "B" }, { "B", "B" }, { "C", "B" } }, 3, "A:0 B:0 C:1 " },
};
/* clang-format on */

static void
test_unit_tree__children_stand_below_their_parent(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(trees) / sizeof(trees[0]); i++) {
		const struct tree_case *t = &trees[i];
		struct unit_row rows[8] = { { 0 } };
		char out[80] = "";
		size_t len = 0;
		struct arena a;

		arena_init(&a);
		for (size_t k = 0; k < t->n; k++) {
			rows[k].code = t->in[k][0];
			rows[k].parent = t->in[k][1];
		}
		unit_tree_sort(rows, t->n, &a);
		for (size_t k = 0; k < t->n; k++)
			len += (size_t)snprintf(out + len, sizeof(out) - len,
			    "%s:%d ", rows[k].code, (int)rows[k].depth);
		if (strcmp(out, t->out) != 0)
			print_error("got %s\n", out);
		CHECK_ROW(i, strcmp(out, t->out) == 0);
		arena_release(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_unit_tree__children_stand_below_their_parent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
