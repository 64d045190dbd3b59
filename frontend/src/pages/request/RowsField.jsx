import { lookUp, t } from '../../lib/i18n.js';
import { Choice, Group, Radios, TextArea, TextField } from '../../ui/fields.jsx';
import { Rows } from '../shared/Rows.jsx';

/** @param {string} group */
const options = group =>
  Object.entries(lookUp(group)).map(([value, label]) => ({ value, label: String(label) }));

/** Compensating controls, or the reason why there are none (V-11). @param {import('./FieldOf.jsx').FieldProps} props */
export function ControlsField({ field, form }) {
  const rows = form.content.controls ?? [];
  const none = form.content.controls_none_reason;
  const isNone = none !== undefined && none !== null;
  return (
    <Group
      id="controls"
      kind="group"
      label={field.label}
      hint={field.hint ?? undefined}
      error={form.errors.controls}
    >
      <div class="stack sub">
        {!isNone && (
          <Rows
            id="controls"
            name="control"
            rows={rows}
            empty={{ description: '', state: null, owner: null }}
            onRows={next => form.set('controls', next)}
          >
            {(row, set, i) => (
              <>
                <TextArea
                  id={`controls-${i}-description`}
                  label={t('form.controlLabel.description')}
                  error={form.errors[`controls-${i}-description`] ?? form.errors[`controls-${i}`]}
                  rows={2}
                  value={row.description}
                  onInput={next => set('description', next)}
                />
                <div class="two">
                  <Radios
                    id={`controls-${i}-state`}
                    label={t('form.controlLabel.state')}
                    error={form.errors[`controls-${i}-state`]}
                    inline
                    value={row.state ?? ''}
                    options={options('controlStates')}
                    onInput={next => set('state', next)}
                  />
                  <TextField
                    id={`controls-${i}-owner`}
                    label={t('form.controlLabel.owner')}
                    error={form.errors[`controls-${i}-owner`]}
                    value={row.owner}
                    onInput={next => set('owner', next)}
                    autocomplete="off"
                  />
                </div>
              </>
            )}
          </Rows>
        )}
        {!rows.length && (
          <Choice
            id="controls-none"
            type="checkbox"
            name="controls-none"
            label={t('form.none')}
            checked={isNone}
            onInput={on => form.set('controls_none_reason', on ? '' : null)}
          />
        )}
        {isNone && !rows.length && (
          <TextArea
            id="controls_none_reason"
            label={t('form.noneReason')}
            error={form.errors.controls_none_reason}
            rows={2}
            value={none}
            onInput={next => form.set('controls_none_reason', next)}
          />
        )}
      </div>
    </Group>
  );
}

/** What else was looked at, and why not (P-04). @param {import('./FieldOf.jsx').FieldProps} props */
export function AlternativesField({ field, form }) {
  return (
    <Group
      id="alternatives"
      kind="group"
      label={field.label}
      hint={field.hint ?? undefined}
      error={form.errors.alternatives}
      optional={!field.required}
    >
      <div class="sub">
        <Rows
          id="alternatives"
          name="alternative"
          rows={form.content.alternatives ?? []}
          empty={{ description: '', verdict: null, reason: '' }}
          onRows={next => form.set('alternatives', next)}
        >
          {(row, set, i) => (
            <>
              <TextArea
                id={`alternatives-${i}-description`}
                label={t('form.alternativeLabel.description')}
                error={form.errors[`alternatives-${i}-description`] ?? form.errors[`alternatives-${i}`]}
                rows={2}
                value={row.description}
                onInput={next => set('description', next)}
              />
              <Radios
                id={`alternatives-${i}-verdict`}
                label={t('form.alternativeLabel.verdict')}
                error={form.errors[`alternatives-${i}-verdict`]}
                inline
                value={row.verdict ?? ''}
                options={options('verdicts')}
                onInput={next => set('verdict', next)}
              />
              <TextArea
                id={`alternatives-${i}-reason`}
                label={t('form.alternativeLabel.reason')}
                error={form.errors[`alternatives-${i}-reason`]}
                rows={2}
                value={row.reason}
                onInput={next => set('reason', next)}
              />
            </>
          )}
        </Rows>
      </div>
    </Group>
  );
}
