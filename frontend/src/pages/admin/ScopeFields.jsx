import { lookUp, t } from '../../lib/i18n.js';
import { Card } from '../../ui/Card.jsx';
import { Combobox } from '../../ui/Combobox.jsx';
import { Select } from '../../ui/fields.jsx';
import { documents, units } from '../shared/pickers.js';

/** @typedef {import('../../ui/Combobox.jsx').Item | null} Picked */
/** @typedef {{unit: Picked, domain: string, document: Picked}} ScopeValue */

/** What is sent of it. @param {ScopeValue} scope */
export const scopeBody = ({ unit, domain, document }) => ({
  ...(unit && { unit: unit.value }),
  ...(domain && { domain }),
  ...(document && { document: document.value }),
});

/** Where the role counts; nothing chosen is everywhere. @param {{title: string, value: ScopeValue, errors: Record<string, string>, onChange: (next: ScopeValue) => void}} props */
export const ScopeFields = ({ title, value, errors, onChange }) => (
  <Card title={title}>
    <div class="stack">
      <p class="hint">{t('groups.scopeHint')}</p>
      <Combobox
        id="unit"
        label={t('filters.unit')}
        optional
        error={errors.unit}
        chosen={value.unit}
        search={units}
        onPick={unit => onChange({ ...value, unit })}
        placeholder={t('dashboard.allUnits')}
      />
      <Select
        id="domain"
        label={t('groups.domain')}
        optional
        error={errors.domain}
        value={value.domain}
        empty={t('groups.allDomains')}
        options={Object.entries(lookUp('domains')).map(([key, label]) => ({
          value: key,
          label: String(label),
        }))}
        onInput={domain => onChange({ ...value, domain })}
      />
      <Combobox
        id="document"
        label={t('filters.document')}
        optional
        error={errors.document}
        chosen={value.document}
        search={documents}
        onPick={document => onChange({ ...value, document })}
        placeholder={t('dashboard.allDocuments')}
      />
    </div>
  </Card>
);
