/*
 * Filters and stable ids. objectGUID is kept as 16 bytes of which the first
 * eight are in three little-endian numbers; as text it is a UUID. eDirectory's
 * GUID is shown in plain byte order.
 */
#include "directory/filter.h"

#include <string.h>
#include <strings.h>

#include <ldap.h>

#include "base/arena.h"
#include "base/token.h"
#include "base/utf8.h"
#include "directory/directory.h"
#include "directory/query.h"

#define GUID_LEN 16
#define ID_MAX 128

/* Where byte i of the text stands in the stored value. */
static const unsigned char guid_order[GUID_LEN] = { 3, 2, 1, 0, 5, 4, 7, 6, 8,
	9, 10, 11, 12, 13, 14, 15 };

void
filter_value(struct buf *b, const char *data, size_t len)
{
	struct berval in, out = { 0, NULL };

	if (len == 0)
		return;
	in.bv_len = len;
	in.bv_val = (char *)arena_alloc(b->arena, len);
	memcpy(in.bv_val, data, len);
	if (ldap_bv2escaped_filter_value(&in, &out) != 0) {
		/* out of memory: a value that matches nothing */
		buf_str(b, "\\00");
		return;
	}
	buf_add(b, out.bv_val, out.bv_len);
	if (out.bv_val != in.bv_val)
		ldap_memfree(out.bv_val);
}

void
filter_equal(struct buf *b, const char *attr, const char *value)
{
	buf_char(b, '(');
	buf_str(b, attr);
	buf_char(b, '=');
	filter_value(b, value, strlen(value));
	buf_char(b, ')');
}

void
filter_contains(struct buf *b, const char *attr, const char *text)
{
	buf_char(b, '(');
	buf_str(b, attr);
	buf_str(b, "=*");
	if (*text != '\0') {
		filter_value(b, text, strlen(text));
		buf_char(b, '*');
	}
	buf_char(b, ')');
}

void
filter_people(struct buf *b, const struct directory_config *cfg,
    const char *username)
{
	const char *place = strstr(cfg->people_filter, "%s");

	buf_add(b, cfg->people_filter, (size_t)(place - cfg->people_filter));
	if (username == NULL)
		buf_char(b, '*');
	else
		filter_value(b, username, strlen(username));
	buf_str(b, place + 2);
}

static bool
is_guid(const struct directory_config *cfg)
{
	return strcasecmp(cfg->id_attribute, "objectGUID") == 0 ||
	    strcasecmp(cfg->id_attribute, "GUID") == 0;
}

static size_t
guid_place(const struct directory_config *cfg, size_t i)
{
	return strcasecmp(cfg->id_attribute, "GUID") == 0 ? i : guid_order[i];
}

/* 8-4-4-4-12 hexadecimal digits. */
static int
guid_parse(const struct directory_config *cfg, const char *id,
    char out[GUID_LEN])
{
	unsigned char byte;
	size_t i;

	for (i = 0; i < GUID_LEN; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			if (*id++ != '-')
				return -1;
		if (hex_decode(id, &byte, 1) == -1)
			return -1;
		out[guid_place(cfg, i)] = (char)byte;
		id += 2;
	}
	return *id == '\0' ? 0 : -1;
}

int
filter_id(struct buf *b, const struct directory_config *cfg, const char *id)
{
	char guid[GUID_LEN];
	size_t i, len = strlen(id);

	if (len == 0 || len > ID_MAX || !utf8_is_valid(id, len))
		return -1;
	if (!is_guid(cfg)) {
		filter_equal(b, cfg->id_attribute, id);
		return 0;
	}
	if (len != 36 || guid_parse(cfg, id, guid) == -1)
		return -1;
	buf_printf(b, "(%s=", cfg->id_attribute);
	for (i = 0; i < GUID_LEN; i++)
		buf_printf(b, "\\%02x", (unsigned)(unsigned char)guid[i]);
	buf_char(b, ')');
	return 0;
}

const char *
id_text(struct arena *a, const struct directory_config *cfg,
    const struct value *v)
{
	struct buf b;
	size_t i;

	if (!is_guid(cfg)) {
		if (v->len == 0 || v->len > ID_MAX ||
		    !utf8_is_valid(v->data, v->len) ||
		    utf8_has_control(v->data))
			return NULL;
		return v->data;
	}
	if (v->len != GUID_LEN)
		return NULL;
	buf_init(&b, a);
	for (i = 0; i < GUID_LEN; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			buf_char(&b, '-');
		buf_printf(&b, "%02x",
		    (unsigned)(unsigned char)v->data[guid_place(cfg, i)]);
	}
	return buf_text(&b);
}
