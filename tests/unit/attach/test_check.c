/* What a file says it is against what it is (V-21). */
#include "support/test.h"

#include "attach/check.h"

static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\6"
			  "\0\0\0\x1f\x15\xc4\x89";
static const char pdf[] = "%PDF-1.7\n1 0 obj\n<< >>\nendobj\n";
static const char gif[] = "GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\4";
static const char jpeg[] = "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0";
static const char webp[] = "RIFF\x1a\0\0\0WEBPVP8L\r\0\0\0\x2f\0\0\0\x10\7";
static const char html[] = "<!DOCTYPE html><html><script>alert(1)</script>";
static const char svg[] =
    "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>";
static const char text[] = "Scan of 3 March: no findings.\n";
static const char csv[] = "host,finding\nward-1,none\nward-2,none\n";
static const char mail[] = "From: a@example\nSubject: fix\n\nIn spring.\n";
static const char elf[] = "\x7f"
			  "ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\x3e\0\1\0\0\0";
static const char nul[] = "text\0more";
static const char fake_png[] = "\x89PNG\r\n\x1a\nand then something else";

#define ROW(name, bytes, ...)                 \
 {                                            \
  name, bytes, sizeof(bytes) - 1, __VA_ARGS__ \
 }

static void
test_check__content_and_extension_must_agree(void **state)
{
	static const struct {
		const char *name;
		const char *data;
		size_t len;
		enum attach_kind kind; /* when taken */
		const char *pointer;
		const char *fault;
	} rows[] = {
		ROW("a.png", png, ATTACH_PNG, NULL, NULL),
		ROW("a.pdf", pdf, ATTACH_PDF, NULL, NULL),
		ROW("a.gif", gif, ATTACH_GIF, NULL, NULL),
		ROW("a.jpg", jpeg, ATTACH_JPEG, NULL, NULL),
		ROW("a.webp", webp, ATTACH_WEBP, NULL, NULL),
		ROW("a.txt", text, ATTACH_TEXT, NULL, NULL),
		ROW("a.csv", csv, ATTACH_CSV, NULL, NULL),
		ROW("a.txt", csv, ATTACH_TEXT, NULL, NULL),
		ROW("a.txt", mail, ATTACH_TEXT, NULL, NULL),
		ROW("a.pdf", png, 0, "/file", "a PNG image, not a PDF"),
		ROW("a.png", pdf, 0, "/file", "a PDF document, not a PNG"),
		ROW("a.pdf", text, 0, "/file", "plain text, not a PDF"),
		ROW("a.txt", html, 0, "/file", "text/html, which is not"),
		ROW("a.png", svg, 0, "/file", "image/svg+xml, which is not"),
		ROW("a.txt", elf, 0, "/file", "which is not taken"),
		ROW("a.txt", nul, 0, "/file", "which is not taken"),
		ROW("a.pdf", "", 0, "/file", "empty"),
		ROW("a.exe", pdf, 0, "?name", "extension"),
		ROW("../a.pdf", pdf, 0, "?name", "slash"),
		ROW("a.png", fake_png, 0, "/file", ""),
	};
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum attach_kind kind;
		struct err e = { 0 };
		int rc = attach_check(&a, rows[i].name, rows[i].data,
		    rows[i].len, &kind, &e);

		if (rc < 0 && e.nfields > 0)
			print_message("%s: %s %s\n", rows[i].name,
			    e.fields[0].pointer, e.fields[0].detail);
		CHECK_ROW(i, (rc == 0) == (rows[i].pointer == NULL));
		if (rc == 0) {
			CHECK_ROW(i, kind == rows[i].kind);
			continue;
		}
		CHECK_ROW(i, e.kind == ERR_INVALID && e.nfields == 1);
		CHECK_ROW(i, strcmp(e.fields[0].pointer, rows[i].pointer) == 0);
		CHECK_ROW(i, strstr(e.fields[0].detail, rows[i].fault) != NULL);
	}
	arena_release(&a);
}

/* All faults together: nobody corrects a name to learn of the content. */
static void
test_check__tells_name_and_content_at_once(void **state)
{
	enum attach_kind kind;
	struct err e = { 0 };
	struct arena a;

	(void)state;
	arena_init(&a);
	assert_int_equal(attach_check(&a, "../a.pdf", png, sizeof(png) - 1,
			     &kind, &e),
	    -1);
	assert_int_equal(e.nfields, 2);
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_check__content_and_extension_must_agree),
		cmocka_unit_test(test_check__tells_name_and_content_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
