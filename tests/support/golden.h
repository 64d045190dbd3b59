/*
 * Whole artefacts against a file in tests/golden. EXREG_UPDATE_GOLDEN=1
 * writes the file instead; the review reads the difference. Tests run in
 * the root of the checkout.
 */
#ifndef EXREG_TESTS_SUPPORT_GOLDEN_H
#define EXREG_TESTS_SUPPORT_GOLDEN_H

#include <stdbool.h>
#include <stdlib.h>

#include "support/test.h"

/* The first line that differs is printed. */
static inline void
golden_complain(const char *path, const char *want, const char *got)
{
	size_t line = 1, start = 0, i = 0;

	for (; want[i] != '\0' && want[i] == got[i]; i++)
		if (want[i] == '\n') {
			line++;
			start = i + 1;
		}
	print_error("%s:%zu differs\n- %.*s\n+ %.*s\n"
		    "EXREG_UPDATE_GOLDEN=1 writes what is right now\n",
	    path, line, (int)strcspn(want + start, "\n"), want + start,
	    (int)strcspn(got + start, "\n"), got + start);
}

static inline void
golden_check(const char *path, const char *got)
{
	const char *update = getenv("EXREG_UPDATE_GOLDEN");
	bool write = update != NULL && update[0] == '1';
	FILE *f = fopen(path, write ? "we" : "re");
	char *want;
	size_t n;

	if (f == NULL) {
		print_error("%s cannot be opened\n", path);
		fail();
		return;
	}
	if (write) {
		fputs(got, f);
		fclose(f);
		return;
	}
	/* One byte more than expected shows a file that goes on. */
	want = calloc(strlen(got) + 2, 1);
	assert_non_null(want);
	n = fread(want, 1, strlen(got) + 1, f);
	fclose(f);
	if (n != strlen(got) || memcmp(want, got, n) != 0) {
		golden_complain(path, want, got);
		free(want);
		fail();
	}
	free(want);
}

#endif
