/* The field tables of domain/procedure.c do the reading. */
#include "api/procedure_view.h"

#include <string.h>

#include "json/json_read.h"

int
procedure_read(struct arena *a, const char *text, size_t len,
    struct procedure *out, struct err *e)
{
	const struct json *v = json_parse(a, text, len, e);

	if (v == NULL ||
	    json_read_struct(a, v, &procedure_schema, out, "", e) < 0)
		return -1;
	return procedure_check(out, a, e);
}

int
procedure_parse(struct arena *a, const struct procedure_row *row,
    struct procedure *out, struct err *e)
{
	struct procedure p;
	struct err fault = { 0 };

	if (procedure_read(a, row->body, strlen(row->body), &p, &fault) < 0) {
		err_set(e, ERR_INTERNAL, "A stored procedure cannot be read.");
		return err_cause(e, "procedure_version %lld: %s %s",
		    (long long)row->id,
		    fault.nfields > 0 ? fault.fields[0].pointer : "",
		    fault.nfields > 0 ? fault.fields[0].detail : fault.detail);
	}
	p.id = row->id;
	*out = p;
	return 0;
}
