/*
 * Archives built by hand, each with one thing wrong (V-21): a bomb, a name
 * that climbs out, macros, a password, parts that overlap, and the like.
 */
#include "support/test.h"

#include <stdbool.h>
#include <stdlib.h>

#include "attach/zip.h"
#include "base/buf.h"

#define PARTS_MAX 4

/* One part; content is stored as it is, sizes may lie. */
struct part {
	const char *name;
	const char *content;
	unsigned method;   /* 8: content counts as packed */
	uint32_t unpacked; /* with method 8 */
	unsigned flags;
	uint32_t attributes;
	const char *local_name; /* NULL: the same */
};

struct made {
	struct part parts[PARTS_MAX];
	const char *before;    /* bytes in front of everything */
	const char *after;     /* behind everything */
	const char *gap;       /* between the last part and the directory */
	unsigned entries;      /* 0: as many as there are */
	bool all_at_the_first; /* every entry points to the first part */
	enum attach_kind kind; /* when taken */
	const char *fault;     /* NULL: taken */
};

static struct arena arena;

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static void
put16(struct buf *b, unsigned v)
{
	buf_char(b, (char)(v & 0xff));
	buf_char(b, (char)(v >> 8 & 0xff));
}

static void
put32(struct buf *b, uint32_t v)
{
	put16(b, v & 0xffff);
	put16(b, v >> 16);
}

static void
put_sizes(struct buf *b, const struct part *p)
{
	uint32_t len = (uint32_t)strlen(p->content);

	put32(b, 0); /* time and date */
	put32(b, 0); /* checksum: not looked at */
	put32(b, len);
	put32(b, p->method == 8 ? p->unpacked : len);
}

static void
put_local(struct buf *b, const struct part *p)
{
	const char *name = p->local_name != NULL ? p->local_name : p->name;

	put32(b, 0x04034b50);
	put16(b, 20);
	put16(b, p->flags);
	put16(b, p->method);
	put_sizes(b, p);
	put16(b, (unsigned)strlen(name));
	put16(b, 0);
	buf_str(b, name);
	buf_str(b, p->content);
}

static void
put_central(struct buf *b, const struct part *p, uint32_t at)
{
	put32(b, 0x02014b50);
	put16(b, 20);
	put16(b, 20);
	put16(b, p->flags);
	put16(b, p->method);
	put_sizes(b, p);
	put16(b, (unsigned)strlen(p->name));
	put16(b, 0);
	put16(b, 0);
	put16(b, 0);
	put16(b, 0);
	put32(b, p->attributes);
	put32(b, at);
	buf_str(b, p->name);
}

static void
build(struct buf *b, const struct made *m)
{
	uint32_t at[PARTS_MAX];
	unsigned n = 0;
	uint32_t dir;

	buf_init(b, &arena);
	buf_str(b, m->before != NULL ? m->before : "");
	for (; n < PARTS_MAX && m->parts[n].name != NULL; n++) {
		at[n] = m->all_at_the_first ? 0 : (uint32_t)b->len;
		if (n == 0 || !m->all_at_the_first)
			put_local(b, &m->parts[n]);
	}
	buf_str(b, m->gap != NULL ? m->gap : "");
	dir = (uint32_t)b->len;
	for (unsigned i = 0; i < n; i++)
		put_central(b, &m->parts[i], at[i]);
	put32(b, 0x06054b50);
	put32(b, 0);
	put16(b, m->entries != 0 ? m->entries : n);
	put16(b, m->entries != 0 ? m->entries : n);
	put32(b, (uint32_t)b->len - dir - 12);
	put32(b, dir);
	put16(b, 0);
	buf_str(b, m->after != NULL ? m->after : "");
}

#define TYPES                                          \
 {                                                     \
  .name = "[Content_Types].xml", .content = "<Types/>" \
 }
#define WORD                                     \
 {                                               \
  .name = "word/document.xml", .content = "<w/>" \
 }

static void
test_zip__knows_office_files_and_what_is_wrong_with_archives(void **state)
{
	static const struct made rows[] = {
		{ .parts = { TYPES, WORD }, .kind = ATTACH_DOCX },
		{ .parts = { TYPES,
		      { .name = "xl/workbook.xml", .content = "<x/>" } },
		    .kind = ATTACH_XLSX },
		{ .parts = { TYPES,
		      { .name = "ppt/presentation.xml", .content = "<p/>" } },
		    .kind = ATTACH_PPTX },
		{ .parts = { { .name = "mimetype",
				 .content = "application/vnd.oasis."
					    "opendocument.text" },
		      { .name = "content.xml", .content = "<o/>" },
		      { .name = "Basic/", .content = "" } },
		    .kind = ATTACH_ODT },
		{ .parts = { { .name = "readme.txt", .content = "plain" } },
		    .kind = ATTACH_ZIP },
		{ .fault = "empty archive" },
		{ .parts = { TYPES, WORD },
		    .entries = 2001,
		    .fault = "more than 2,000 parts" },
		{ .parts = { TYPES, WORD }, .entries = 3, .fault = "damaged" },
		{ .parts = { TYPES, WORD }, .entries = 1, .fault = "hidden" },
		{ .parts = { TYPES, WORD },
		    .before = "GIF89a",
		    .fault = "hidden" },
		{ .parts = { TYPES, WORD },
		    .after = "<script>",
		    .fault = "damaged" },
		{ .parts = { { .name = "../../etc/passwd", .content = "x" } },
		    .fault = "leads out" },
		{ .parts = { { .name = "word/../../x", .content = "x" } },
		    .fault = "leads out" },
		{ .parts = { { .name = "/etc/passwd", .content = "x" } },
		    .fault = "leads out" },
		{ .parts = { { .name = "C:\\x", .content = "x" } },
		    .fault = "leads out" },
		{ .parts = { { .name = "a\nb", .content = "x" } },
		    .fault = "control characters" },
		{ .parts = { TYPES, WORD,
		      { .name = "word/vbaProject.bin", .content = "x" } },
		    .fault = "macros" },
		{ .parts = { TYPES, WORD,
		      { .name = "word/VBAPROJECT.BIN", .content = "x" } },
		    .fault = "macros" },
		{ .parts = { { .name = "Basic/Standard/Module1.xml",
		      .content = "x" } },
		    .fault = "macros" },
		{ .parts = { { .name = "a", .content = "x", .flags = 1 } },
		    .fault = "password" },
		{ .parts = { { .name = "a", .content = "x", .method = 14 } },
		    .fault = "way that is not taken" },
		{ .parts = { { .name = "a",
		      .content = "/etc/passwd",
		      .attributes = 0120777u << 16 } },
		    .fault = "link" },
		{ .parts = { { .name = "a",
		      .local_name = "b",
		      .content = "x" } },
		    .fault = "hidden" },
		/* many gigabytes behind a few bytes */
		{ .parts = { TYPES,
		      { .name = "word/document.xml",
			  .content = "xxxx",
			  .method = 8,
			  .unpacked = 0xfffffffe } },
		    .fault = "unpack to far more" },
		{ .parts = { TYPES,
		      { .name = "word/document.xml",
			  .content = "xxxx",
			  .method = 8,
			  .unpacked = 100000 } },
		    .fault = "unpack to far more" },
		/* the same bytes, counted again and again */
		{ .parts = { { .name = "a", .content = "xxxx" },
		      { .name = "a", .content = "xxxx" } },
		    .all_at_the_first = true,
		    .fault = "overlap" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum attach_kind kind;
		const char *fault;
		struct buf b;

		build(&b, &rows[i]);
		fault = zip_fault(&arena, (const unsigned char *)buf_text(&b),
		    b.len, &kind);
		if (fault != NULL &&
		    (rows[i].fault == NULL ||
			strstr(fault, rows[i].fault) == NULL))
			print_error("%s\n", fault);
		CHECK_ROW(i, (fault == NULL) == (rows[i].fault == NULL));
		CHECK_ROW(i, fault == NULL || strstr(fault, rows[i].fault));
		CHECK_ROW(i, fault != NULL || kind == rows[i].kind);
	}
}

/* However it is cut, an archive is refused and nothing outside it is read
 * (the sanitizers watch: the bytes are in a block of exactly their size). */
static void
test_zip__survives_every_cut_and_every_changed_byte(void **state)
{
	const struct made m = { .parts = { TYPES, WORD } };
	enum attach_kind kind;
	struct buf b;

	(void)state;
	build(&b, &m);
	for (size_t len = 0; len < b.len; len++) {
		unsigned char *copy = malloc(len + (len == 0));

		assert_non_null(copy);
		memcpy(copy, b.data, len);
		CHECK_ROW(len, zip_fault(&arena, copy, len, &kind) != NULL);
		free(copy);
	}
	for (size_t at = 0; at < b.len; at++)
		for (int v = 0; v < 256; v += 51) {
			unsigned char *copy = malloc(b.len);

			assert_non_null(copy);
			memcpy(copy, b.data, b.len);
			copy[at] = (unsigned char)v;
			zip_fault(&arena, copy, b.len, &kind);
			free(copy);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_zip__knows_office_files_and_what_is_wrong_with_archives),
		cmocka_unit_test(
		    test_zip__survives_every_cut_and_every_changed_byte),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
