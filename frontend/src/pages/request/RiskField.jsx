import { scoreOf } from '../../domain/risk.js';
import { lookUp, t } from '../../lib/i18n.js';
import { Choice, Group, Select, TextArea } from '../../ui/fields.jsx';
import { Risk, RiskMatrix } from '../shared/Risk.jsx';

/** @param {string} key */
const levels = key =>
  Object.entries(lookUp(key)).map(([value, label]) => ({ value, label: `${value}. ${label}` }));

/** Threat and consequence in words, likelihood and impact by described levels, before and after the controls (V-10). @param {import('./FieldOf.jsx').FieldProps} props */
export function RiskField({ field, form }) {
  const risk = form.content.risk ?? {};
  /** @param {string} key @param {any} next */
  const set = (key, next) => form.set('risk', { ...risk, [key]: next });
  /** @param {string} key */
  const words = key => ({
    id: `risk-${key}`,
    label: t(`form.risk.${key}`),
    hint: lookUp(`form.riskHint.${key}`),
    error: form.errors[`risk-${key}`],
    value: /** @type {any} */ (risk)[key],
    onInput: (/** @type {string} */ next) => set(key, next),
  });
  /** @param {'likelihood' | 'impact' | 'likelihood_after' | 'impact_after'} key */
  const level = key => ({
    ...words(key),
    value: risk[key] ? String(risk[key]) : '',
    empty: t('ui.choose'),
    options: levels(key.startsWith('likelihood') ? 'likelihoods' : 'impacts'),
    onInput: (/** @type {string} */ next) => set(key, next ? Number(next) : null),
  });
  const before = scoreOf(risk.likelihood, risk.impact);
  const after = scoreOf(risk.likelihood_after, risk.impact_after);
  return (
    <Group id="risk" kind="group" label={field.label} hint={field.hint ?? undefined} error={form.errors.risk}>
      <div class="stack sub">
        <TextArea {...words('description')} rows={3} />
        <TextArea {...words('consequence')} rows={3} />
        <div class="risk-levels">
          <div class="stack">
            <Select {...level('likelihood')} />
            <Select {...level('impact')} />
            <Select {...level('likelihood_after')} />
            <Select {...level('impact_after')} />
          </div>
          <div class="risk-now">
            <RiskMatrix
              before={[risk.likelihood, risk.impact]}
              after={[risk.likelihood_after, risk.impact_after]}
            />
            <p class="risk-line" role="status">
              {before ? (
                <>
                  {t('risk.beforeLong')} <Risk score={before} />
                </>
              ) : (
                <span class="muted">{t('form.riskNone')}</span>
              )}
            </p>
            {after && (
              <p class="risk-line">
                {t('risk.afterLong')} <Risk score={after} />
              </p>
            )}
          </div>
        </div>
        <Group
          id="risk-touches"
          label={t('risk.touches')}
          hint={t('form.touchesHint')}
          error={form.errors['risk-confidentiality']}
          optional
        >
          <div class="choices" data-inline>
            {
              /** @type {const} */ (['confidentiality', 'integrity', 'availability']).map(key => (
                <Choice
                  key={key}
                  id={`risk-${key}`}
                  type="checkbox"
                  name="touches"
                  label={t(`risk.${key}`)}
                  checked={Boolean(risk[key])}
                  onInput={on => set(key, on)}
                />
              ))
            }
          </div>
        </Group>
      </div>
    </Group>
  );
}
