/* Nothing that a browser or a desktop would run is in the table. */
#include "attach/kind.h"

#include <string.h>
#include <strings.h>

#define OOXML "application/vnd.openxmlformats-officedocument."
#define ODF "application/vnd.oasis.opendocument."

/* clang-format off */
const struct attach_kind_row attach_kinds[ATTACH_KIND__MAX] = {
	[ATTACH_PDF]  = { "application/pdf", "a PDF document", { "pdf" } },
	[ATTACH_PNG]  = { "image/png", "a PNG image", { "png" } },
	[ATTACH_JPEG] = { "image/jpeg", "a JPEG image", { "jpg", "jpeg" } },
	[ATTACH_GIF]  = { "image/gif", "a GIF image", { "gif" } },
	[ATTACH_WEBP] = { "image/webp", "a WebP image", { "webp" } },
	[ATTACH_TEXT] = { "text/plain", "plain text", { "txt" } },
	[ATTACH_CSV]  = { "text/csv", "a CSV file", { "csv" } },
	[ATTACH_DOCX] = { OOXML "wordprocessingml.document", "a Word document", { "docx" } },
	[ATTACH_XLSX] = { OOXML "spreadsheetml.sheet", "an Excel workbook", { "xlsx" } },
	[ATTACH_PPTX] = { OOXML "presentationml.presentation", "a PowerPoint presentation", { "pptx" } },
	[ATTACH_ODT]  = { ODF "text", "an OpenDocument text", { "odt" } },
	[ATTACH_ODS]  = { ODF "spreadsheet", "an OpenDocument spreadsheet", { "ods" } },
	[ATTACH_ZIP]  = { "application/zip", "a ZIP archive", { NULL } },
};

static const struct signature {
	enum attach_kind kind;
	size_t off;
	size_t len;
	const char *bytes;
} signatures[] = {
	{ ATTACH_PDF, 0, 5, "%PDF-" },
	{ ATTACH_PNG, 0, 8, "\x89PNG\r\n\x1a\n" },
	{ ATTACH_JPEG, 0, 3, "\xff\xd8\xff" },
	{ ATTACH_GIF, 0, 6, "GIF87a" },
	{ ATTACH_GIF, 0, 6, "GIF89a" },
	{ ATTACH_WEBP, 8, 4, "WEBP" },
	{ ATTACH_ZIP, 0, 4, "PK\x03\x04" },
	{ ATTACH_ZIP, 0, 4, "PK\x05\x06" },
};
/* clang-format on */

enum attach_kind
attach_kind_of_name(const char *name)
{
	const char *dot = strrchr(name, '.');

	if (dot == NULL)
		return ATTACH_KIND__INVALID;
	for (int k = ATTACH_KIND__INVALID + 1; k < ATTACH_KIND__MAX; k++)
		for (int i = 0; i < ATTACH_EXTENSIONS_MAX; i++) {
			const char *ext = attach_kinds[k].extensions[i];

			if (ext != NULL && strcasecmp(dot + 1, ext) == 0)
				return (enum attach_kind)k;
		}
	return ATTACH_KIND__INVALID;
}

enum attach_kind
attach_kind_of_bytes(const unsigned char *data, size_t len)
{
	for (size_t i = 0; i < sizeof(signatures) / sizeof(signatures[0]);
	     i++) {
		const struct signature *s = &signatures[i];

		if (len >= s->off + s->len &&
		    memcmp(data + s->off, s->bytes, s->len) == 0)
			return s->kind;
	}
	return ATTACH_KIND__INVALID;
}
