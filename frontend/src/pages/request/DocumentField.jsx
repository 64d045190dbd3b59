import { request } from '../../lib/http.js';
import { t } from '../../lib/i18n.js';
import { api } from '../../paths.js';
import { Banner } from '../../ui/Banner.jsx';
import { Combobox } from '../../ui/Combobox.jsx';
import { Choice, Group } from '../../ui/fields.jsx';
import { documents } from '../shared/pickers.js';
import { useName } from '../shared/useNames.js';
import { common } from './FieldOf.jsx';

/** @param {string} key */
const titleOf = async key => (await request('GET', api.document(key))).data.title;

/** The document that cannot be met; choosing it brings its clauses, limits and table. @param {import('./FieldOf.jsx').FieldProps} props */
export function DocumentField({ field, form }) {
  const key = form.content.document ?? '';
  const name = useName(key, titleOf);
  const document = form.document;
  return (
    <div class="stack-sm">
      <Combobox
        {...common({ field, form })}
        chosen={key ? { value: key, label: document?.key === key ? document.title : name } : null}
        search={documents}
        placeholder={t('form.searchDocument')}
        onPick={item => {
          form.set('document', item?.value ?? null);
          if (item?.value !== key) form.set('clauses', []);
        }}
      />
      {document && !document.exceptions_allowed && (
        <Banner tone="warning" title={t('form.notAllowed')}>
          <p>{document.exception_note ?? t('form.notAllowedText')}</p>
        </Banner>
      )}
      {document?.exceptions_allowed && (
        <p class="hint">
          {document.max_term_days ? t('form.allowedFor', { n: document.max_term_days }) : t('form.allowed')}
        </p>
      )}
      {document?.exceptions_allowed && document.exception_note && (
        <Banner tone="info" live={false}>
          <p>{document.exception_note}</p>
        </Banner>
      )}
    </div>
  );
}

/** The clauses of the chosen document, with their text: what exactly is deviated from (P-02). @param {import('./FieldOf.jsx').FieldProps} props */
export function ClausesField({ field, form }) {
  const chosen = form.content.clauses ?? [];
  const clauses = form.document?.clauses ?? [];
  return (
    <Group {...common({ field, form })}>
      {!form.content.document && <p class="hint">{t('form.documentFirst')}</p>}
      <div class="choices clause-choices">
        {clauses.map(clause => (
          <Choice
            key={clause.ref}
            id={`clauses-${clause.ref}`}
            type="checkbox"
            name="clauses"
            value={clause.ref}
            label={
              <>
                <span class="clause-ref">{clause.ref}</span> {clause.title}
              </>
            }
            hint={clause.text}
            checked={chosen.includes(clause.ref)}
            onInput={on =>
              form.set(
                'clauses',
                clauses.map(item => item.ref).filter(ref => (ref === clause.ref ? on : chosen.includes(ref))),
              )
            }
          />
        ))}
      </div>
    </Group>
  );
}
