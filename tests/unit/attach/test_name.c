/* Names of attached files (V-21): what is taken, and how they are sent. */
#include "support/test.h"

#include "attach/kind.h"
#include "attach/name.h"

static void
test_name__says_what_is_wrong(void **state)
{
	static const struct {
		const char *name;
		const char *fault; /* NULL: taken */
	} rows[] = {
		{ "Risk assessment (final).pdf", NULL },
		{ "Übersicht für Zoë.xlsx", NULL },
		{ "評価書.pdf", NULL },
		{ "a..b.txt", NULL },
		{ "", "missing" },
		{ " \t ", "missing" },
		{ "../../etc/passwd", "slash" },
		{ "..", "dot" },
		{ "a/b.pdf", "slash" },
		{ "C:\\temp\\a.pdf", "backslash" },
		{ ".htaccess", "dot" },
		{ "a\nb.pdf", "control" },
		{ "a\tb.pdf", "control" },
		{ "a\x7f.pdf", "control" },
		{ "a\xc2\x85.pdf", "control" },
		/* shows as "invoice fdp.exe" turned around */
		{ "invoice\xe2\x80\xae"
		  "exe.pdf",
		    "control" },
		{ "\xe2\x81\xa6.pdf", "control" },
		{ " a.pdf", "blank" },
		{ "a.pdf ", "blank" },
		{ "a.pdf.", "dot" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *fault = attach_name_fault(rows[i].name);

		CHECK_ROW(i, (fault == NULL) == (rows[i].fault == NULL));
		CHECK_ROW(i, fault == NULL || strstr(fault, rows[i].fault));
	}
}

static void
test_name__has_at_most_150_characters(void **state)
{
	char name[2 * 151 + 1];

	(void)state;
	for (size_t i = 0; i < 151; i++)
		memcpy(name + 2 * i, "\xc3\xa9", 2);
	name[2 * 150] = '\0';
	assert_null(attach_name_fault(name));
	memcpy(name + 2 * 150, "\xc3\xa9", 3);
	assert_non_null(attach_name_fault(name));
}

static void
test_name__promises_a_kind_by_its_last_extension(void **state)
{
	static const struct {
		const char *name;
		enum attach_kind kind;
	} rows[] = {
		{ "a.pdf", ATTACH_PDF },
		{ "A.PDF", ATTACH_PDF },
		{ "photo.JPEG", ATTACH_JPEG },
		{ "a.pdf.exe", ATTACH_KIND__INVALID },
		{ "a.exe.pdf", ATTACH_PDF },
		{ "pdf", ATTACH_KIND__INVALID },
		{ "a.", ATTACH_KIND__INVALID },
		{ "a.zip", ATTACH_KIND__INVALID },
		{ "a.docm", ATTACH_KIND__INVALID },
		{ "a.svg", ATTACH_KIND__INVALID },
		{ "a.html", ATTACH_KIND__INVALID },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CHECK_ROW(i, attach_kind_of_name(rows[i].name) == rows[i].kind);
}

static void
test_name__goes_into_the_header_in_two_forms(void **state)
{
	static const struct {
		const char *name;
		const char *header;
	} rows[] = {
		{ "a b.pdf",
		    "attachment; filename=\"a b.pdf\"; "
		    "filename*=UTF-8''a%20b.pdf" },
		{ "Zoë \"50%\".pdf",
		    "attachment; filename=\"Zo_ _50__.pdf\"; "
		    "filename*=UTF-8''Zo%C3%AB%20%2250%25%22.pdf" },
		{ "評.txt",
		    "attachment; filename=\"_.txt\"; "
		    "filename*=UTF-8''%E8%A9%95.txt" },
		{ "a;b'c.csv",
		    "attachment; filename=\"a;b'c.csv\"; "
		    "filename*=UTF-8''a%3Bb%27c.csv" },
	};
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(attach_disposition(&a, rows[i].name),
		    rows[i].header);
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_name__says_what_is_wrong),
		cmocka_unit_test(test_name__has_at_most_150_characters),
		cmocka_unit_test(
		    test_name__promises_a_kind_by_its_last_extension),
		cmocka_unit_test(test_name__goes_into_the_header_in_two_forms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
