// What an administrator says about a document beside its text: identity, exception rules, and whom it is for.
import { t } from '../../lib/i18n.js';
import { Card } from '../../ui/Card.jsx';
import { Combobox } from '../../ui/Combobox.jsx';
import { Radios } from '../../ui/fields.jsx';
import { people } from '../shared/pickers.js';
import { faultAt, idAt } from './faults.js';
import { LongText, Pick, Several, Text, Whole } from './Parts.jsx';
import { options } from './words.js';

/** @param {any} d the record @returns {any} what PUT takes */
export const rulesOf = d => ({
  title: d.title,
  kind: d.kind,
  domain: d.domain,
  owner: d.owner,
  exceptions_allowed: d.exceptions_allowed,
  exception_note: d.exception_note,
  max_term_days: d.max_term_days,
  exception_types: d.exception_types,
  distribution: d.distribution,
});

/** @param {any} rules */
export const bodyOf = rules => ({
  ...rules,
  owner: rules.owner?.uid ?? null,
  max_term_days: rules.max_term_days === '' ? null : rules.max_term_days,
  exception_note: rules.exception_note || null,
});

/** @param {{part: import('./Parts.jsx').Part}} props */
export const Identity = ({ part }) => (
  <>
    <Text part={part} name="title" />
    <div class="two">
      <Pick part={part} name="kind" options={options('documentKinds')} empty={t('editor.choose')} />
      <Pick part={part} name="domain" options={options('domains')} empty={t('editor.choose')} />
    </div>
    <Combobox
      id={idAt('/owner')}
      label={t('editor.field.owner')}
      optional
      hint={t('documents.ownerHint')}
      error={faultAt(part.faults, '/owner')}
      chosen={part.value.owner ? { value: part.value.owner.uid, label: part.value.owner.name } : null}
      search={people}
      onPick={item => part.set({ ...part.value, owner: item ? { uid: item.value, name: item.label } : null })}
      placeholder={t('access.search')}
    />
  </>
);

/** @param {{part: import('./Parts.jsx').Part, kinds: Api.Role[]}} props */
export const ExceptionRules = ({ part, kinds }) => (
  <Card title={t('documents.rules')}>
    <div class="stack">
      <Radios
        id={idAt('/exceptions_allowed')}
        label={t('documents.allowedQuestion')}
        inline
        value={part.value.exceptions_allowed ? 'yes' : 'no'}
        options={[
          { value: 'yes', label: t('documents.allowed') },
          { value: 'no', label: t('documents.refused') },
        ]}
        onInput={next => part.set({ ...part.value, exceptions_allowed: next === 'yes' })}
      />
      <LongText
        part={part}
        name="exception_note"
        hint={t(part.value.exceptions_allowed ? 'documents.noteHint' : 'documents.whyNotHint')}
        optional={part.value.exceptions_allowed}
      />
      {part.value.exceptions_allowed && (
        <>
          <Whole part={part} name="max_term_days" optional hint={t('documents.maxHint')} />
          <Several
            part={part}
            name="exception_types"
            optional
            hint={t('documents.typesHint')}
            options={options('exceptionTypes')}
          />
        </>
      )}
      <Several
        part={part}
        name="distribution"
        optional
        hint={t('documents.distributionHint')}
        options={kinds.map(kind => ({ value: kind.role, label: kind.title }))}
      />
    </div>
  </Card>
);
