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
	return procedure_check(out, NULL, a, e);
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

int64_t
procedure_step_count(const struct procedure *p)
{
	return (int64_t)p->nstages + 2;
}

static const char *
only_domain(const struct procedure *p)
{
	return p->ndomains == 1 ? p->domains[0] : NULL;
}

void
procedure_brief_fill(struct procedure_brief *out, const struct procedure *p)
{
	*out = (struct procedure_brief){
		.key = p->key,
		.version = p->version,
		.number = p->number,
		.title = p->title,
		.parent = p->parent,
		.order = p->order,
		.type = p->type,
		.domain = only_domain(p),
		.domains = p->domains,
		.ndomains = p->ndomains,
		.summary = p->summary,
		.layout = p->layout,
		.step_count = procedure_step_count(p),
	};
}

static struct form_view *
form_of(const struct procedure *p, struct arena *a)
{
	struct form_view *form = ARENA_NEW(a, struct form_view);

	form->nsections = p->nform;
	form->sections = arena_array(a, p->nform, sizeof(*form->sections));
	for (size_t i = 0; i < p->nform; i++) {
		const struct form_section *from = &p->form[i];
		struct section_view *to = &form->sections[i];

		to->key = from->section;
		to->title = from->title;
		to->stage = from->stage;
		to->nfields = from->nfields;
		to->fields = arena_array(a, from->nfields, sizeof(*to->fields));
		for (size_t j = 0; j < from->nfields; j++) {
			const struct form_field *f = &from->fields[j];

			to->fields[j] = (struct field_view){ f->field, f->label,
				f->hint, f->required, f->kind };
		}
	}
	return form;
}

static struct stage_view
stage_of(const struct stage *s, struct arena *a)
{
	struct stage_view out = {
		.key = s->stage,
		.kind = s->kind,
		.title = s->title,
		.role = s->role,
		.what = s->what,
		.time_limit_days = s->time_limit_days,
		.nfindings = s->nfindings,
	};

	out.findings = arena_array(a, s->nfindings, sizeof(*out.findings));
	for (size_t i = 0; i < s->nfindings; i++)
		out.findings[i] = (struct finding_kind){
			s->findings[i].finding,
			s->findings[i].label,
			s->findings[i].hint,
		};
	return out;
}

void
procedure_view_fill(struct procedure_view *out, const struct procedure *p,
    struct arena *a)
{
	*out = (struct procedure_view){
		.key = p->key,
		.version = p->version,
		.number = p->number,
		.title = p->title,
		.parent = p->parent,
		.order = p->order,
		.type = p->type,
		.domain = only_domain(p),
		.domains = p->domains,
		.ndomains = p->ndomains,
		.summary = p->summary,
		.layout = p->layout,
		.issued_on = p->issued_on,
		.form = form_of(p, a),
		.nstages = p->nstages,
		.step_count = procedure_step_count(p),
		.term = p->term,
		.review_months = p->review_months,
		.service_request_required = p->service_request_required,
		.risk_register = p->risk_register,
		.decision_labels = p->decision_labels,
		.declaration = p->declaration,
		.qualification = p->qualification,
		.nqualification = p->nqualification,
		.references = p->references,
		.nreferences = p->nreferences,
		.controls = p->frameworks,
		.ncontrols = p->nframeworks,
		.owner_unit = p->owner_unit,
		.revised_on = p->revised_on,
		.last_reviewed_on = p->last_reviewed_on,
		.distribution = p->distribution,
		.ndistribution = p->ndistribution,
	};
	out->stages = arena_array(a, p->nstages, sizeof(*out->stages));
	for (size_t i = 0; i < p->nstages; i++)
		out->stages[i] = stage_of(&p->stages[i], a);
}
