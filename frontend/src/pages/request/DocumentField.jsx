import { request } from '../../lib/http.js';
import { list, t, word } from '../../lib/i18n.js';
import { api } from '../../paths.js';
import { Banner } from '../../ui/Banner.jsx';
import { Combobox } from '../../ui/Combobox.jsx';
import { Choice, Group } from '../../ui/fields.jsx';
import { documentsToAsk } from '../shared/pickers.js';
import { useName } from '../shared/useNames.js';
import { common } from './FieldOf.jsx';

/** @param {string} key */
const titleOf = async key => (await request('GET', api.document(key))).data.title;

/** When the document allows exceptions: its conditions, types and longest term (M-14). @param {{document: Api.Document}} props */
function Limits({ document }) {
  const types = document.exception_types ?? [];
  if (!document.exception_note && !document.max_term_days && !types.length)
    return <p class="hint">{t('form.allowed')}</p>;
  return (
    <Banner tone="info" live={false}>
      {document.exception_note && <p>{document.exception_note}</p>}
      {document.max_term_days && <p>{t('form.documentDays', { n: document.max_term_days })}</p>}
      {types.length > 0 && (
        <p>{t('form.documentTypes', { types: list(types.map(type => word('exceptionTypes', type))) })}</p>
      )}
    </Banner>
  );
}

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
        search={documentsToAsk}
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
      {document?.exceptions_allowed && <Limits document={document} />}
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
