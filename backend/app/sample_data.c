/* The field tables of the JSON files, and the lists. */
#include "app/sample_data.h"

#include <string.h>

#include "app/sample_files.h"
#include "app/sql_script.h"
#include "crypto/crypto.h"
#include "json/json_read.h"

#define TEXT .max = 4000

/* clang-format off */
static const struct field sample_clause_fields[] = {
	F_STR(sample_clause, ref, .flags = FIELD_REQUIRED, .max = 32, .doc = "Reference"),
	F_STR(sample_clause, title, .flags = FIELD_REQUIRED, .doc = "Heading"),
	F_STR(sample_clause, text, .flags = FIELD_REQUIRED, TEXT, .doc = "Statement"),
};
static const struct schema sample_clause_schema = SCHEMA(sample_clause, sample_clause_fields, "Clause");

static const struct field sample_sla_fields[] = {
	F_ENUM(sample_sla, severity, severity, .flags = FIELD_REQUIRED, .doc = "Severity"),
	F_I64(sample_sla, days, .flags = FIELD_REQUIRED, .min = 1, .max = 1000, .doc = "Days to remediate"),
};
static const struct schema sample_sla_schema = SCHEMA(sample_sla, sample_sla_fields, "Time to remediate");

static const struct field sample_version_fields[] = {
	F_STR(sample_version, version, .flags = FIELD_REQUIRED, .max = 16, .doc = "Version"),
	F_I64(sample_version, published_days_ago, .flags = FIELD_REQUIRED, .min = 1, .max = 10000, .doc = "Published this many days ago"),
	F_ARRAY(sample_version, clauses, sample_clause, .flags = FIELD_REQUIRED, .doc = "Clauses"),
	F_ARRAY(sample_version, sla, sample_sla, .doc = "SLA table"),
};
static const struct schema sample_version_schema = SCHEMA(sample_version, sample_version_fields, "Version of a document");

static const struct field sample_document_fields[] = {
	F_STR(sample_document, document_key, .flags = FIELD_REQUIRED, .max = 32, .doc = "Key"),
	F_STR(sample_document, title, .flags = FIELD_REQUIRED, .doc = "Title"),
	F_ENUM(sample_document, kind, document_kind, .flags = FIELD_REQUIRED, .doc = "Kind"),
	F_ENUM(sample_document, domain, domain, .flags = FIELD_REQUIRED, .doc = "Domain"),
	F_STR(sample_document, owner, .flags = FIELD_REQUIRED, .doc = "Owner"),
	F_BOOL(sample_document, exceptions_allowed, .flags = FIELD_REQUIRED, .doc = "Exceptions may be asked for"),
	F_STR(sample_document, exception_note, .flags = FIELD_NULLABLE, .max = 500, .doc = "Under which conditions"),
	F_I64(sample_document, max_term_days, .flags = FIELD_NULLABLE, .min = 1, .max = 3650, .doc = "Longest term"),
	F_ARRAY(sample_document, versions, sample_version, .flags = FIELD_REQUIRED, .doc = "Versions, oldest first"),
};
static const struct schema sample_document_schema = SCHEMA(sample_document, sample_document_fields, "Document");

static const struct field sample_scenario_fields[] = {
	F_STR(sample_scenario, scenario, .flags = FIELD_REQUIRED, .doc = "Key"),
	F_STR(sample_scenario, procedure, .flags = FIELD_REQUIRED, .doc = "Procedure"),
	F_STRS(sample_scenario, kinds, .doc = "Kinds of asset"),
	F_STRS(sample_scenario, requesters, .doc = "Units that ask"),
	F_I64(sample_scenario, days, .flags = FIELD_REQUIRED, .min = 12, .max = 365, .doc = "Usual term"),
	F_BOOL(sample_scenario, once, .doc = "Used up by one act"),
	F_STRS(sample_scenario, titles, .flags = FIELD_REQUIRED, .doc = "Titles"),
	F_STRS(sample_scenario, justifications, .flags = FIELD_REQUIRED, .doc = "Justifications"),
	F_STRS(sample_scenario, circumstances, .flags = FIELD_REQUIRED, .doc = "Circumstances"),
	F_OBJECT(sample_scenario, content, content, .flags = FIELD_REQUIRED, .doc = "The rest of the form"),
};
static const struct schema sample_scenario_schema = SCHEMA(sample_scenario, sample_scenario_fields, "Scenario");

static const struct field sample_phrases_fields[] = {
	F_STRS(sample_phrases, business_validity, .flags = FIELD_REQUIRED, .doc = "Findings"),
	F_STRS(sample_phrases, security_implications, .flags = FIELD_REQUIRED, .doc = "Findings"),
	F_STRS(sample_phrases, approve, .flags = FIELD_REQUIRED, .doc = "Reasons"),
	F_STRS(sample_phrases, deny, .flags = FIELD_REQUIRED, .doc = "Reasons"),
	F_STRS(sample_phrases, returned, .flags = FIELD_REQUIRED, .doc = "Questions"),
	F_STRS(sample_phrases, withdraw, .flags = FIELD_REQUIRED, .doc = "Reasons"),
	F_STRS(sample_phrases, revised, .flags = FIELD_REQUIRED, .doc = "Sentence added after a question"),
	F_STRS(sample_phrases, codes, .flags = FIELD_REQUIRED, .doc = "Names of projects"),
};
static const struct schema sample_phrases_schema = SCHEMA(sample_phrases, sample_phrases_fields, "Phrases");

struct documents_file { struct sample_document *documents; size_t ndocuments; };
static const struct field documents_file_fields[] = { F_ARRAY(documents_file, documents, sample_document, .doc = "All") };
static const struct schema documents_file_schema = SCHEMA(documents_file, documents_file_fields, "documents.json");

struct scenarios_file { struct sample_scenario *scenarios; size_t nscenarios; };
static const struct field scenarios_file_fields[] = { F_ARRAY(scenarios_file, scenarios, sample_scenario, .doc = "All") };
static const struct schema scenarios_file_schema = SCHEMA(scenarios_file, scenarios_file_fields, "scenarios.json");
/* clang-format on */

static int
load_json(struct sample *s, struct err *e)
{
	struct documents_file docs;
	struct scenarios_file scen;

	if (sample_json(s->dir, "documents.json", &documents_file_schema, &docs,
		s->arena, e) < 0 ||
	    sample_json(s->dir, "scenarios.json", &scenarios_file_schema, &scen,
		s->arena, e) < 0 ||
	    sample_json(s->dir, "phrases.json", &sample_phrases_schema,
		&s->phrases, s->arena, e) < 0)
		return -1;
	s->documents = docs.documents;
	s->ndocuments = docs.ndocuments;
	s->scenarios = scen.scenarios;
	s->nscenarios = scen.nscenarios;
	return 0;
}

/* Ids by position; a clause keeps the id of its first version as root. */
static void
number_documents(struct sample *s)
{
	int64_t clause = 0;

	for (size_t i = 0; i < s->ndocuments; i++) {
		struct sample_document *d = &s->documents[i];

		d->id = (int64_t)i + 1;
		for (size_t v = 0; v < d->nversions; v++) {
			for (size_t c = 0; c < d->versions[v].nclauses; c++) {
				struct sample_clause *x =
				    &d->versions[v].clauses[c];
				const struct sample_version *first =
				    &d->versions[0];

				x->id = ++clause;
				x->root_id = x->id;
				for (size_t f = 0; v > 0 && f < first->nclauses;
				     f++)
					if (strcmp(first->clauses[f].ref,
						x->ref) == 0)
						x->root_id =
						    first->clauses[f].id;
			}
		}
	}
}

static int
load_procedure(struct sample *s, const char *name, struct sample_procedure *p,
    struct err *e)
{
	const char *path =
	    arena_printf(s->arena, "%s/%s", s->procedures_dir, name);
	size_t len;

	if (sql_file_read(path, s->arena, &p->body, &len, e) < 0 ||
	    sample_json(s->procedures_dir, name, &procedure_schema,
		&p->procedure, s->arena, e) < 0)
		return -1;
	if (procedure_check(&p->procedure, NULL, s->arena, e) < 0)
		return err_cause(e, "%s: %s %s", path, e->fields[0].pointer,
		    e->fields[0].detail);
	sha256(p->body, len, p->sha256);
	return 0;
}

static int
load_procedures(struct sample *s, struct err *e)
{
	/* ids go by this order: append */
	static const char *const names[] = { "SEC-PROC-009.json",
		"POL-EXC-001.json", "3502.json", "COM-EXC-002.json",
		"MGR-EXC-003.json", "HR-EXC-004.json", "FIN-EXC-005.json",
		"CMP-EXC-006.json", "EMG-EXC-007.json" };

	s->nprocedures = sizeof(names) / sizeof(names[0]);
	s->procedures =
	    arena_array(s->arena, s->nprocedures, sizeof(*s->procedures));
	for (size_t i = 0; i < s->nprocedures; i++) {
		if (load_procedure(s, names[i], &s->procedures[i], e) < 0)
			return -1;
		s->procedures[i].procedure.id = (int64_t)i + 1;
	}
	return 0;
}

int
sample_load(struct sample *s, struct err *e)
{
	if (load_json(s, e) < 0 || load_procedures(s, e) < 0)
		return -1;
	number_documents(s);
	return sample_load_lists(s, e);
}
