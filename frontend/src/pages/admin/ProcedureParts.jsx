// The parts of a procedure beside its stages: identity, form, terms, framework controls.
import { list, lookUp, t, word } from '../../lib/i18n.js';
import { Card } from '../../ui/Card.jsx';
import { faultAt, idAt } from './faults.js';
import { Ordered } from './Ordered.jsx';
import { Day, Flag, inner, Lines, LongText, Pick, Several, Text, Whole } from './Parts.jsx';
import { options } from './words.js';

/** @typedef {import('./Parts.jsx').Part} Part */
/** @typedef {{role: string, title: string, role_class: string}} Role */

/** A list of rows inside a part. @param {Part} part @param {string} name @returns {{rows: any[], put: (rows: any[]) => void}} */
export const listOf = (part, name) => ({
  rows: part.value?.[name] ?? [],
  put: rows => part.set({ ...part.value, [name]: rows }),
});

/** The fault of a list itself. @param {{part: Part, name: string}} props */
export const ListFault = ({ part, name }) => {
  const text = faultAt(part.faults, `${part.at}/${name}`);
  return text ? <p class="field-error">{text}</p> : null;
};

/** Does a fault lie below this place? @param {Part} part @param {string} at */
export const isFaulty = (part, at) =>
  Object.keys(part.faults).some(pointer => pointer === at || pointer.startsWith(`${at}/`));

/** @param {{part: Part, roles: Role[]}} props */
export const IdentityPart = ({ part, roles }) => (
  <Card title={t('procedures.identity')}>
    <div class="stack">
      <div class="two">
        <Text part={part} name="key" hint={t('procedures.keyHint')} />
        <Text part={part} name="number" />
      </div>
      <Text part={part} name="title" />
      <LongText part={part} name="summary" />
      <div class="two">
        <Text part={part} name="parent" optional />
        <Text part={part} name="owner_unit" optional />
      </div>
      <div class="two">
        <Pick part={part} name="type" options={options('exceptionTypes')} />
        <Pick part={part} name="layout" options={options('layouts')} />
      </div>
      <Several part={part} name="domains" options={options('domains')} />
      <Several
        part={part}
        name="distribution"
        optional
        hint={t('documents.distributionHint')}
        options={roles
          .filter(role => role.role_class === 'staff')
          .map(role => ({ value: role.role, label: role.title }))}
      />
      <div class="three">
        <Day part={part} name="issued_on" optional />
        <Day part={part} name="revised_on" optional />
        <Day part={part} name="last_reviewed_on" optional />
      </div>
      <Lines part={part} name="documents" optional />
      <Pick part={part} name="risk_register" options={options('riskRegisterRules')} />
      <LongText part={part} name="declaration" optional />
      <div>
        <Flag part={part} name="service_request_required" />
        <Flag part={part} name="confidential" />
        <Flag part={part} name="bulk_decisions" />
        <Flag part={part} name="implementation" />
      </div>
      <h3>{t('editor.field.references')}</h3>
      <Ordered
        id={idAt('/references')}
        rows={listOf(part, 'references').rows}
        add={t('procedures.addReference')}
        empty={() => ({ title: '', note: '' })}
        name={(_, i) => t('editor.row.references', { n: i + 1 })}
        onRows={listOf(part, 'references').put}
      >
        {(value, set, i) => {
          const row = { value, set, faults: part.faults, at: `/references/${i}` };
          return (
            <>
              <Text part={row} name="title" />
              <LongText part={row} name="note" optional />
            </>
          );
        }}
      </Ordered>
    </div>
  </Card>
);

/** A question of the form. @param {{part: Part}} props */
const Question = ({ part }) => (
  <>
    <div class="two">
      <Pick
        part={part}
        name="field"
        empty={t('editor.choose')}
        options={Object.keys(/** @type {Record<string, string>} */ (lookUp('contentFields'))).map(key => ({
          value: key,
          label: word('contentFields', key),
        }))}
      />
      <Pick part={part} name="kind" empty={t('editor.choose')} options={options('fieldKinds')} />
    </div>
    <Text part={part} name="label" />
    <LongText part={part} name="hint" optional />
    <Flag part={part} name="required" />
  </>
);

/** @param {{part: Part}} props */
export const FormPart = ({ part }) => (
  <Card title={t('procedures.form')}>
    <ListFault part={part} name="form" />
    <Ordered
      id={idAt('/form')}
      rows={listOf(part, 'form').rows}
      add={t('procedures.addSection')}
      empty={() => ({ section: '', title: '', fields: [] })}
      name={(row, i) => t('editor.rowNamed', { row: t('editor.row.form', { n: i + 1 }), name: row.title })}
      fold={(_, i) => isFaulty(part, `/form/${i}`)}
      onRows={listOf(part, 'form').put}
    >
      {(value, set, i) => {
        const section = { value, set, faults: part.faults, at: `/form/${i}` };
        const formStages = (part.value.stages ?? []).filter((/** @type {any} */ s) => s.kind === 'form');
        return (
          <>
            <div class="two">
              <Text part={section} name="title" />
              <Text part={section} name="section" hint={t('procedures.codeHint')} />
            </div>
            {formStages.length > 0 && (
              <Pick
                part={section}
                name="stage"
                optional
                empty={t('procedures.atOnce')}
                options={formStages.map((/** @type {any} */ s) => ({ value: s.stage, label: s.title }))}
              />
            )}
            <Ordered
              id={idAt(`/form/${i}/fields`)}
              rows={listOf(section, 'fields').rows}
              add={t('procedures.addField')}
              empty={() => ({ field: '', label: '', hint: '', required: false, kind: 'text' })}
              name={(row, j) =>
                t('editor.rowNamed', { row: t('editor.row.fields', { n: j + 1 }), name: row.label })
              }
              fold={(_, j) => isFaulty(part, `/form/${i}/fields/${j}`)}
              onRows={listOf(section, 'fields').put}
            >
              {(one, put, j) => (
                <Question
                  part={{ value: one, set: put, faults: part.faults, at: `/form/${i}/fields/${j}` }}
                />
              )}
            </Ordered>
          </>
        );
      }}
    </Ordered>
  </Card>
);

/** @param {{part: Part}} props */
export const TermPart = ({ part }) => {
  const term = inner(part, 'term');
  return (
    <Card title={t('procedures.term')}>
      <div class="stack">
        <div class="two">
          <Whole part={term} name="max_days" />
          <Whole part={term} name="renewal_max_days" optional />
          <Whole part={term} name="total_max_days" optional />
          <Whole part={term} name="renewals" optional />
          <Whole part={part} name="review_months" optional />
          <Whole part={part} name="review_after_days" optional />
        </div>
      </div>
    </Card>
  );
};

/** @param {{part: Part}} props */
export const FrameworksPart = ({ part }) => (
  <Card title={t('procedures.frameworks')}>
    <p class="hint">{t('procedures.frameworksHint')}</p>
    <Ordered
      id={idAt('/frameworks')}
      rows={listOf(part, 'frameworks').rows}
      add={t('procedures.addFramework')}
      empty={() => ({ step: '', framework: '', reference: '', label: '', note: '' })}
      name={(row, i) =>
        t('editor.rowNamed', {
          row: t('editor.row.frameworks', { n: i + 1 }),
          name: list([row.framework, row.reference].filter(Boolean)),
        })
      }
      onRows={listOf(part, 'frameworks').put}
    >
      {(value, set, i) => {
        const row = { value, set, faults: part.faults, at: `/frameworks/${i}` };
        return (
          <>
            <div class="three">
              <Text part={row} name="framework" />
              <Text part={row} name="reference" />
              <Text part={row} name="step" />
            </div>
            <Text part={row} name="label" optional />
            <LongText part={row} name="note" optional rows={3} />
          </>
        );
      }}
    </Ordered>
  </Card>
);
