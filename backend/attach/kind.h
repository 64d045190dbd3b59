/*
 * Which files are taken: a kind has its extensions, its media type, words
 * for people and a signature at the beginning of the content.
 */
#ifndef EXREG_ATTACH_KIND_H
#define EXREG_ATTACH_KIND_H

#include <stddef.h>

enum attach_kind {
	ATTACH_KIND__INVALID,
	ATTACH_PDF,
	ATTACH_PNG,
	ATTACH_JPEG,
	ATTACH_GIF,
	ATTACH_WEBP,
	ATTACH_TEXT,
	ATTACH_CSV,
	ATTACH_DOCX,
	ATTACH_XLSX,
	ATTACH_PPTX,
	ATTACH_ODT,
	ATTACH_ODS,
	ATTACH_ZIP, /* known, to say what it is; never taken */
	ATTACH_KIND__MAX
};

#define ATTACH_EXTENSIONS_MAX 2

struct attach_kind_row {
	const char *media;
	const char *words;                             /* "a PDF document" */
	const char *extensions[ATTACH_EXTENSIONS_MAX]; /* NULL: no more */
};
extern const struct attach_kind_row attach_kinds[ATTACH_KIND__MAX];

/* The kind that the extension of a name promises; ATTACH_KIND__INVALID: none
 * that is taken. */
enum attach_kind attach_kind_of_name(const char *name);

/* The kind by the first bytes alone: PDF, images or ATTACH_ZIP, else
 * ATTACH_KIND__INVALID. */
enum attach_kind attach_kind_of_bytes(const unsigned char *data, size_t len);

#endif
