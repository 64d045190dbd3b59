import { lookUp, t } from '../../lib/i18n.js';
import { Choice, Radios, Select, TextArea, TextField } from '../../ui/fields.jsx';
import { AssetField, UnitField, UnitsField } from './AssetField.jsx';
import { DateField } from './DateField.jsx';
import { ClausesField, DocumentField } from './DocumentField.jsx';
import { wholeNumber } from './model.js';
import { QualificationField } from './QualificationField.jsx';
import { RiskField } from './RiskField.jsx';
import { AlternativesField, ControlsField } from './RowsField.jsx';
import { VulnerabilityField } from './VulnerabilityField.jsx';

/**
 * The form as the fields see it.
 * @typedef {object} Form
 * @property {Api.Content} content
 * @property {(key: string, value: any) => void} set
 * @property {Record<string, string>} errors by id of the control
 * @property {Api.Procedure} procedure
 * @property {Api.Document | null} document
 * @property {Api.Exception} exception
 */
/** @typedef {{field: Api.Field, form: Form}} FieldProps */

/** What every kind of field needs. @param {FieldProps} props */
export const common = ({ field, form }) => ({
  id: field.key,
  label: field.label,
  hint: field.hint ?? undefined,
  error: form.errors[field.key],
  optional: !field.required,
});

/** The choices of a field: its own, or the words we have for its key. @param {Api.Field} field */
const optionsOf = field => {
  const words = field.key === 'cause' ? lookUp('causeChoices') : (lookUp(`${field.key}s`) ?? {});
  return field.options ?? Object.entries(words).map(([value, label]) => ({ value, label: String(label) }));
};

/** @type {Record<string, (props: FieldProps) => any>} */
const kinds = {
  document: DocumentField,
  clauses: ClausesField,
  asset: AssetField,
  unit: UnitField,
  units: UnitsField,
  vulnerability: VulnerabilityField,
  risk: RiskField,
  controls: ControlsField,
  alternatives: AlternativesField,
  date: DateField,
  qualification: QualificationField,
};

/** One field of the procedure's form, by its kind. @param {FieldProps} props */
export function FieldOf({ field, form }) {
  const Kind = kinds[field.kind];
  if (Kind) return <Kind field={field} form={form} />;
  const value = form.content[field.key];
  const props = {
    ...common({ field, form }),
    value,
    onInput: (/** @type {any} */ next) => form.set(field.key, next),
  };
  if (field.kind === 'textarea') return <TextArea {...props} rows={4} />;
  if (field.kind === 'enum' || field.kind === 'radios')
    return <Radios {...props} value={value ?? ''} options={optionsOf(field)} />;
  if (field.kind === 'select') return <Select {...props} options={optionsOf(field)} empty={t('ui.choose')} />;
  if (field.kind === 'bool') {
    return (
      <Choice
        id={field.key}
        type="checkbox"
        name={field.key}
        label={field.label}
        hint={field.hint}
        checked={Boolean(value)}
        onInput={on => form.set(field.key, on)}
      />
    );
  }
  if (field.kind === 'number') {
    return (
      <TextField
        {...props}
        // what is no whole number stays as it was typed, and the server says so
        onInput={next => props.onInput(wholeNumber(next))}
        inputmode="numeric"
        autocomplete="off"
        narrow
      />
    );
  }
  return (
    <TextField
      {...props}
      autocomplete="off"
      narrow={field.kind === 'person_text' || field.key === 'service_request'}
    />
  );
}
