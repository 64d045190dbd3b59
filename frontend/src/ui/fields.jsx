import { t } from '../lib/i18n.js';
import { Icon } from './Icon.jsx';

/** @typedef {{id: string, label: any, hint?: any, error?: string, optional?: boolean}} FieldProps */

/** The ids that describe a control. @param {FieldProps} props */
export const describedBy = ({ id, hint, error }) =>
  [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;

/** @param {{id: string, hint?: any, error?: string}} props */
export const HintAndError = ({ id, hint, error }) => (
  <>
    {hint && (
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
    )}
    {error && (
      <p class="field-error" id={`${id}-error`}>
        <Icon name="alert" size={14} />
        <span class="hidden">{t('ui.errorPrefix')} </span>
        {error}
      </p>
    )}
  </>
);

/** Label, hint, error and one control. @param {FieldProps & {children: any, narrow?: boolean}} props */
export const Field = ({ id, label, hint, error, optional, narrow, children }) => (
  <div class="field" data-error={error ? true : undefined} data-narrow={narrow || undefined}>
    <label for={id}>
      {label}
      {optional && <span class="optional"> {t('ui.optional')}</span>}
    </label>
    <HintAndError id={id} hint={hint} error={error} />
    {children}
  </div>
);

/** A control without onInput keeps what is typed by itself: the value is only where it starts. @param {any} value @param {unknown} onInput */
const held = (value, onInput) => (onInput ? { value: value ?? '' } : { defaultValue: value ?? '' });

/** @param {FieldProps & {name?: string, type?: string, value?: any, onInput?: (value: string) => void, narrow?: boolean, [rest: string]: any}} props */
export function TextField({
  id,
  label,
  hint,
  error,
  optional,
  name = id,
  type = 'text',
  value,
  onInput,
  narrow,
  ...rest
}) {
  return (
    <Field id={id} label={label} hint={hint} error={error} optional={optional} narrow={narrow}>
      <input
        id={id}
        name={name}
        type={/** @type {'text'} */ (type)}
        class="input"
        {...held(value, onInput)}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy({ id, label, hint, error })}
        onInput={event => onInput?.(event.currentTarget.value)}
        {...rest}
      />
    </Field>
  );
}

/** @param {FieldProps & {name?: string, value?: any, rows?: number, onInput?: (value: string) => void, [rest: string]: any}} props */
export function TextArea({ id, label, hint, error, optional, name = id, value, rows = 4, onInput, ...rest }) {
  return (
    <Field id={id} label={label} hint={hint} error={error} optional={optional}>
      <textarea
        id={id}
        name={name}
        class="input"
        rows={rows}
        {...held(value, onInput)}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy({ id, label, hint, error })}
        onInput={event => onInput?.(event.currentTarget.value)}
        {...rest}
      />
    </Field>
  );
}

/** @typedef {{value: string, label: string, hint?: string}} Option */

/** @param {FieldProps & {name?: string, value?: any, options: Option[], empty?: string, onInput?: (value: string) => void, [rest: string]: any}} props */
export function Select({
  id,
  label,
  hint,
  error,
  optional,
  name = id,
  value,
  options,
  empty,
  onInput,
  ...rest
}) {
  return (
    <Field id={id} label={label} hint={hint} error={error} optional={optional}>
      <select
        id={id}
        name={name}
        class="input"
        {...(onInput && { value: value ?? '' })}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy({ id, label, hint, error })}
        onChange={event => onInput?.(event.currentTarget.value)}
        {...rest}
      >
        {empty !== undefined && <option value="">{empty}</option>}
        {options.map(option => (
          <option key={option.value} value={option.value} selected={option.value === (value ?? '')}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** @param {FieldProps & {children: any, kind?: string}} props */
export const Group = ({ id, label, hint, error, optional, kind, children }) => (
  <fieldset
    class="field"
    id={id}
    data-kind={kind}
    data-error={error ? true : undefined}
    aria-describedby={describedBy({ id, label, hint, error })}
  >
    <legend>
      {label}
      {optional && <span class="optional"> {t('ui.optional')}</span>}
    </legend>
    <HintAndError id={id} hint={hint} error={error} />
    {children}
  </fieldset>
);

/** @param {{id: string, type: 'radio' | 'checkbox', name: string, value?: string, label: any, hint?: any, checked?: boolean, onInput?: (checked: boolean) => void, [rest: string]: any}} props */
export function Choice({ id, type, name, value, label, hint, checked, onInput, ...rest }) {
  return (
    <div class="choice">
      <input
        id={id}
        type={type}
        name={name}
        value={value}
        checked={checked}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={event => onInput?.(event.currentTarget.checked)}
        {...rest}
      />
      <label for={id}>
        {label}
        {hint && (
          <span class="choice-hint" id={`${id}-hint`}>
            {hint}
          </span>
        )}
      </label>
    </div>
  );
}

/** @param {FieldProps & {name?: string, value?: any, options: Option[], inline?: boolean, onInput?: (value: string) => void}} props */
export function Radios({ id, label, hint, error, optional, name = id, value, options, inline, onInput }) {
  return (
    <Group
      id={id}
      label={label}
      hint={hint}
      error={error}
      optional={optional}
      kind={inline ? 'inline' : 'list'}
    >
      <div class="choices" data-inline={inline || undefined}>
        {options.map(option => (
          <Choice
            key={option.value}
            id={`${id}-${option.value}`}
            type="radio"
            name={name}
            value={option.value}
            label={option.label}
            hint={option.hint}
            checked={value === undefined ? undefined : value === option.value}
            onInput={() => onInput?.(option.value)}
          />
        ))}
      </div>
    </Group>
  );
}

/** @param {FieldProps & {name?: string, value: string[], options: Option[], columns?: boolean, onInput?: (value: string[]) => void}} props */
export function Checkboxes({
  id,
  label,
  hint,
  error,
  optional,
  name = id,
  value,
  options,
  columns,
  onInput,
}) {
  return (
    <Group id={id} label={label} hint={hint} error={error} optional={optional}>
      <div class="choices" data-columns={columns || undefined}>
        {options.map(option => (
          <Choice
            key={option.value}
            id={`${id}-${option.value}`}
            type="checkbox"
            name={name}
            value={option.value}
            label={option.label}
            hint={option.hint}
            checked={value.includes(option.value)}
            onInput={on =>
              onInput?.(on ? [...value, option.value] : value.filter(item => item !== option.value))
            }
          />
        ))}
      </div>
    </Group>
  );
}
