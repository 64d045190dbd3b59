// Controls of one record: each knows its place in it by a pointer, and shows the fault of that place.
import { t } from '../../lib/i18n.js';
import { Checkboxes, Choice, Select, TextArea, TextField } from '../../ui/fields.jsx';
import { faultAt, idAt } from './faults.js';

/** @typedef {{value: any, set: (next: any) => void, faults: Record<string, string>, at: string}} Part */
/** @typedef {{part: Part, name: string, optional?: boolean, hint?: string}} PartProps */

/** A part of a part. @param {Part} part @param {string} name @returns {Part} */
export const inner = (part, name) => ({
  value: part.value?.[name] ?? {},
  set: next => part.set({ ...part.value, [name]: next }),
  faults: part.faults,
  at: `${part.at}/${name}`,
});

/** What every control needs. @param {PartProps} props */
const common = ({ part, name, optional, hint }) => ({
  id: idAt(`${part.at}/${name}`),
  label: t(`editor.field.${name}`),
  error: faultAt(part.faults, `${part.at}/${name}`),
  optional,
  hint,
});
/** @param {PartProps} props @returns {(next: any) => void} */
const setter =
  ({ part, name }) =>
  next =>
    part.set({ ...part.value, [name]: next });

/** @param {PartProps} props */
export const Text = props => (
  <TextField
    {...common(props)}
    value={props.part.value?.[props.name] ?? ''}
    onInput={setter(props)}
    autocomplete="off"
  />
);

/** @param {PartProps & {rows?: number}} props */
export const LongText = props => (
  <TextArea
    {...common(props)}
    rows={props.rows ?? 2}
    value={props.part.value?.[props.name] ?? ''}
    onInput={setter(props)}
  />
);

/** A whole number; what is none is sent as it is, for the server to say so. @param {PartProps} props */
export const Whole = props => (
  <TextField
    {...common(props)}
    narrow
    inputMode="numeric"
    value={props.part.value?.[props.name] ?? ''}
    onInput={next => setter(props)(/^\d+$/.test(next.trim()) ? Number(next.trim()) : next)}
    autocomplete="off"
  />
);

/** @param {PartProps} props */
export const Day = props => (
  <TextField
    {...common(props)}
    narrow
    type="date"
    value={props.part.value?.[props.name] ?? ''}
    onInput={setter(props)}
  />
);

/** @param {PartProps & {options: {value: string, label: string}[], empty?: string}} props */
export const Pick = props => (
  <Select
    {...common(props)}
    empty={props.empty}
    value={props.part.value?.[props.name] ?? ''}
    options={props.options}
    onInput={setter(props)}
  />
);

/** @param {PartProps & {options: {value: string, label: string}[]}} props */
export const Several = props => (
  <Checkboxes
    {...common(props)}
    columns
    value={props.part.value?.[props.name] ?? []}
    options={props.options}
    onInput={setter(props)}
  />
);

/** @param {PartProps} props */
export const Flag = props => (
  <Choice
    id={idAt(`${props.part.at}/${props.name}`)}
    type="checkbox"
    name={idAt(`${props.part.at}/${props.name}`)}
    label={t(`editor.field.${props.name}`)}
    hint={props.hint}
    checked={Boolean(props.part.value?.[props.name])}
    onInput={setter(props)}
  />
);

/** A list of short texts, one a line. @param {PartProps} props */
export const Lines = props => (
  <TextArea
    {...common(props)}
    hint={t('editor.oneALine')}
    rows={3}
    value={(props.part.value?.[props.name] ?? []).join('\n')}
    onInput={next => setter(props)(next === '' ? [] : next.split('\n'))}
  />
);
