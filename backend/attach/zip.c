/*
 * Everything that could mean two things to two programs is refused: bytes
 * before the first entry or after the directory, entries that overlap, a
 * name that differs between directory and entry, several disks, ZIP64.
 */
#include "attach/zip.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

#define END_LEN 22 /* of the record that closes an archive */
#define END_MARK UINT32_C(0x06054b50)
#define CENTRAL_LEN 46
#define CENTRAL_MARK UINT32_C(0x02014b50)
#define LOCAL_LEN 30
#define LOCAL_MARK UINT32_C(0x04034b50)
#define FLAG_ENCRYPTED 0x0001
#define FLAG_SIZES_FOLLOW 0x0008 /* and are 0 in the entry's own header */
#define METHOD_STORED 0
#define METHOD_DEFLATED 8
#define NAME_LEN_MAX 512
#define UNIX_TYPE 0170000u
#define UNIX_LINK 0120000u

static const char damaged[] = "is a damaged archive";
static const char hidden[] = "is an archive with hidden parts";

struct entry {
	const unsigned char *name; /* not terminated */
	size_t name_len;
	unsigned flags;
	unsigned method;
	uint64_t packed;
	uint64_t unpacked;
	uint64_t at;  /* of its own header */
	uint64_t end; /* of its content */
	unsigned mode;
};

struct archive {
	const unsigned char *data;
	size_t len;
	size_t dir_at; /* of the directory; entries are before it */
	size_t dir_len;
	struct entry *entries;
	size_t n;
};

static unsigned
u16(const unsigned char *p)
{
	return (unsigned)p[0] | (unsigned)p[1] << 8;
}

static uint32_t
u32(const unsigned char *p)
{
	return (uint32_t)u16(p) | (uint32_t)u16(p + 2) << 16;
}

/* The closing record; its comment must reach to the end of the file. */
static const unsigned char *
find_end(const unsigned char *data, size_t len)
{
	size_t most = len < END_LEN + 65535u ? len : END_LEN + 65535u;

	for (size_t back = END_LEN; back <= most; back++) {
		const unsigned char *p = data + len - back;

		if (u32(p) == END_MARK && END_LEN + u16(p + 20) == back)
			return p;
	}
	return NULL;
}

/* Where the directory is and how many entries it has. */
static const char *
read_end(struct archive *z)
{
	const unsigned char *end = find_end(z->data, z->len);
	uint64_t at, size;

	if (end == NULL)
		return damaged;
	z->n = u16(end + 10);
	size = u32(end + 12);
	at = u32(end + 16);
	if (z->n == 0)
		return "is an empty archive";
	if (z->n > ZIP_ENTRIES_MAX)
		return "holds more than 2,000 parts";
	if (u16(end + 4) != 0 || u16(end + 6) != 0 || u16(end + 8) != z->n ||
	    at + size != (uint64_t)(end - z->data))
		return hidden;
	z->dir_at = (size_t)at;
	z->dir_len = (size_t)size;
	return NULL;
}

static bool
name_is(const struct entry *e, const char *name)
{
	return e->name_len == strlen(name) &&
	    memcmp(e->name, name, e->name_len) == 0;
}

/* Any part between slashes is "..". */
static bool
climbs(const unsigned char *name, size_t len)
{
	size_t start = 0;

	for (size_t i = 0; i <= len; i++) {
		if (i < len && name[i] != '/')
			continue;
		if (i - start == 2 && name[start] == '.' &&
		    name[start + 1] == '.')
			return true;
		start = i + 1;
	}
	return false;
}

/* What may not be the name of a part. */
static const char *
name_fault(const struct entry *e)
{
	const unsigned char *name = e->name;
	size_t len = e->name_len;

	if (len == 0 || len > NAME_LEN_MAX || name[0] == '/' ||
	    memchr(name, '\\', len) != NULL || memchr(name, ':', len) != NULL ||
	    climbs(name, len))
		return "holds a part whose name leads out of the archive";
	for (size_t i = 0; i < len; i++)
		if (name[i] < ' ' || name[i] == 0x7f)
			return "holds a part whose name has control characters";
	return NULL;
}

/* Programs inside: nobody who opens the file should run them. */
static bool
is_macro(const struct entry *e)
{
	static const char *const names[] = { "vbaproject.bin", "vbadata.xml" };
	static const char *const folders[] = { "basic/", "scripts/" };
	size_t base = e->name_len;

	while (base > 0 && e->name[base - 1] != '/')
		base--;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (e->name_len - base == strlen(names[i]) &&
		    strncasecmp((const char *)e->name + base, names[i],
			strlen(names[i])) == 0)
			return true;
	/* of OpenDocument; an empty folder is no program */
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		if (e->unpacked > 0 && e->name_len > strlen(folders[i]) &&
		    strncasecmp((const char *)e->name, folders[i],
			strlen(folders[i])) == 0)
			return true;
	return false;
}

static const char *
entry_fault(const struct entry *e)
{
	const char *fault = name_fault(e);

	if (fault != NULL)
		return fault;
	if (e->flags & FLAG_ENCRYPTED)
		return "has a password; save it without one";
	if (e->method != METHOD_STORED && e->method != METHOD_DEFLATED)
		return "is packed in a way that is not taken";
	if (e->method == METHOD_STORED && e->packed != e->unpacked)
		return damaged;
	if ((e->mode & UNIX_TYPE) == UNIX_LINK)
		return "holds a link";
	if (is_macro(e))
		return "holds macros; save it without them";
	return NULL;
}

/* The entry's own header says the same, and its content lies before the
 * directory. */
static const char *
local_fault(const struct archive *z, struct entry *e)
{
	const unsigned char *p = z->data + e->at;
	bool follow = (e->flags & FLAG_SIZES_FOLLOW) != 0;

	if (e->at + LOCAL_LEN + e->name_len > z->dir_at || u32(p) != LOCAL_MARK)
		return damaged;
	if (u16(p + 6) != e->flags || u16(p + 8) != e->method ||
	    u16(p + 26) != e->name_len ||
	    memcmp(p + LOCAL_LEN, e->name, e->name_len) != 0)
		return hidden;
	if (!(follow && u32(p + 18) == 0) && u32(p + 18) != e->packed)
		return hidden;
	if (!(follow && u32(p + 22) == 0) && u32(p + 22) != e->unpacked)
		return hidden;
	e->end = e->at + LOCAL_LEN + e->name_len + u16(p + 28) + e->packed;
	return e->end > z->dir_at ? damaged : NULL;
}

static const char *
read_entries(struct archive *z)
{
	size_t at = z->dir_at;
	size_t end = z->dir_at + z->dir_len;

	for (size_t i = 0; i < z->n; i++) {
		const unsigned char *p = z->data + at;
		struct entry *e = &z->entries[i];
		const char *fault;

		if (end - at < CENTRAL_LEN || u32(p) != CENTRAL_MARK)
			return damaged;
		*e = (struct entry){ .name = p + CENTRAL_LEN,
			.name_len = u16(p + 28),
			.flags = u16(p + 8),
			.method = u16(p + 10),
			.packed = u32(p + 20),
			.unpacked = u32(p + 24),
			.at = u32(p + 42),
			.mode = u32(p + 38) >> 16 };
		at += CENTRAL_LEN;
		if (end - at < e->name_len + u16(p + 30) + u16(p + 32))
			return damaged;
		at += e->name_len + u16(p + 30) + u16(p + 32);
		fault = entry_fault(e);
		if (fault == NULL)
			fault = local_fault(z, e);
		if (fault != NULL)
			return fault;
	}
	return at == end ? NULL : hidden;
}

static int
by_place(const void *a, const void *b)
{
	const struct entry *x = a;
	const struct entry *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

/* Sizes as the directory says them; one piece of data counts once. */
static const char *
size_fault(struct archive *z)
{
	uint64_t unpacked = 0;
	uint64_t last = 0;

	qsort(z->entries, z->n, sizeof(*z->entries), by_place);
	if (z->entries[0].at != 0)
		return hidden;
	for (size_t i = 0; i < z->n; i++) {
		if (z->entries[i].at < last)
			return "holds parts that overlap";
		last = z->entries[i].end;
		unpacked += z->entries[i].unpacked;
	}
	if (unpacked > ZIP_UNPACKED_MAX ||
	    unpacked > (uint64_t)z->len * ZIP_RATIO_MAX)
		return "would unpack to far more than its own size";
	return NULL;
}

static bool
has_entry(const struct archive *z, const char *name)
{
	for (size_t i = 0; i < z->n; i++)
		if (name_is(&z->entries[i], name))
			return true;
	return false;
}

/* OpenDocument says what it is in its first entry, which is not packed. */
static enum attach_kind
opendocument(const struct archive *z)
{
	const struct entry *e = &z->entries[0];

	if (!name_is(e, "mimetype") || e->method != METHOD_STORED)
		return ATTACH_ZIP;
	for (int k = ATTACH_ODT; k <= ATTACH_ODS; k++) {
		const char *media = attach_kinds[k].media;

		if (e->packed == strlen(media) &&
		    memcmp(z->data + e->end - e->packed, media, e->packed) == 0)
			return (enum attach_kind)k;
	}
	return ATTACH_ZIP;
}

static enum attach_kind
kind_of(const struct archive *z)
{
	if (!has_entry(z, "[Content_Types].xml"))
		return opendocument(z);
	if (has_entry(z, "word/document.xml"))
		return ATTACH_DOCX;
	if (has_entry(z, "xl/workbook.xml"))
		return ATTACH_XLSX;
	if (has_entry(z, "ppt/presentation.xml"))
		return ATTACH_PPTX;
	return ATTACH_ZIP;
}

const char *
zip_fault(struct arena *a, const unsigned char *data, size_t len,
    enum attach_kind *kind)
{
	struct archive z = { .data = data, .len = len };
	const char *fault;

	*kind = ATTACH_ZIP;
	fault = read_end(&z);
	if (fault != NULL)
		return fault;
	z.entries = arena_array(a, z.n, sizeof(*z.entries));
	fault = read_entries(&z);
	if (fault == NULL)
		fault = size_fault(&z);
	if (fault == NULL)
		*kind = kind_of(&z);
	return fault;
}
