/* What people wrote: the content of a case, reasons and findings. */
#ifndef EXREG_APP_SAMPLE_TEXT_H
#define EXREG_APP_SAMPLE_TEXT_H

#include "app/sample_case.h"

/* Texts of one case are told apart by what they are for. */
enum sample_text_use {
	TEXT_CONTENT,
	TEXT_FINDING, /* one for each finding owed, so room follows */
	TEXT_DECISION = 8,
	TEXT_RETURN,
	TEXT_WITHDRAW
};

/*
 * The content as it stood in that version (1 or 2; a draft has version 1,
 * with gaps). Everything lives on the arena.
 */
void sample_content(const struct sample *s, const struct sample_case *c,
    int64_t content_version, struct arena *a, struct content *out);

/* One of n sentences, {names} filled in. */
const char *sample_phrase(const struct sample *s, const struct sample_case *c,
    unsigned use, const char *const *list, size_t n, struct arena *a);

#endif
