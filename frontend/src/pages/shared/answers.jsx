import { scoreOf } from '../../domain/risk.js';
import { date, list, num, t, word } from '../../lib/i18n.js';
import { Tag } from '../../ui/Tag.jsx';
import { Risk, RiskMatrix } from './Risk.jsx';

/** @param {any} text */
const prose = text => (text ? <p class="prose">{String(text)}</p> : null);

/** @param {{clauses: Api.Clause[]}} props */
export const Clauses = ({ clauses }) => (
  <ul class="clauses">
    {clauses.map(clause => (
      <li key={clause.ref}>
        <p>
          <span class="clause-ref">{clause.ref}</span> <strong>{clause.title}</strong>
        </p>
        {clause.text && <p class="clause-text">{clause.text}</p>}
      </li>
    ))}
  </ul>
);

/** @param {{risk: Api.Risk}} props */
export function RiskAnswer({ risk }) {
  const before = scoreOf(risk.likelihood, risk.impact);
  const after = scoreOf(risk.likelihood_after, risk.impact_after);
  const touched = ['confidentiality', 'integrity', 'availability'].filter(
    key => risk[/** @type {'integrity'} */ (key)],
  );
  return (
    <div class="risk-answer">
      <div class="stack">
        {prose(risk.description)}
        {risk.consequence && (
          <div>
            <p class="small muted">{t('risk.consequence')}</p>
            {prose(risk.consequence)}
          </div>
        )}
        <dl class="pairs">
          <div>
            <dt>{t('risk.beforeLong')}</dt>
            <dd>
              <Risk score={before} />{' '}
              <span class="muted small">
                {t('risk.product', { l: risk.likelihood ?? '–', i: risk.impact ?? '–' })}
              </span>
            </dd>
          </div>
          {after !== null && (
            <div>
              <dt>{t('risk.afterLong')}</dt>
              <dd>
                <Risk score={after} />{' '}
                <span class="muted small">
                  {t('risk.product', { l: risk.likelihood_after ?? '–', i: risk.impact_after ?? '–' })}
                </span>
              </dd>
            </div>
          )}
          {touched.length > 0 && (
            <div>
              <dt>{t('risk.touches')}</dt>
              <dd>{list(touched.map(key => t(`risk.${key}`)))}</dd>
            </div>
          )}
        </dl>
      </div>
      {before !== null && (
        <RiskMatrix
          before={[risk.likelihood, risk.impact]}
          after={[risk.likelihood_after, risk.impact_after]}
        />
      )}
    </div>
  );
}

/** @param {{controls: Api.Control[]}} props */
const Controls = ({ controls }) => (
  <ul class="answer-list">
    {controls.map(control => (
      <li key={control.description}>
        <p class="prose">{control.description}</p>
        <p class="answer-meta">
          {control.state && (
            <Tag
              tone={control.state === 'in_place' ? 'success' : 'warning'}
              icon={control.state === 'in_place' ? 'check' : 'clock'}
            >
              {word('controlStates', control.state)}
            </Tag>
          )}
          {control.owner && <span>{t('pickers.ownedBy', { name: control.owner })}</span>}
        </p>
      </li>
    ))}
  </ul>
);

/** @param {{alternatives: Api.Alternative[]}} props */
const Alternatives = ({ alternatives }) => (
  <ul class="answer-list">
    {alternatives.map(item => (
      <li key={item.description}>
        <p class="prose">{item.description}</p>
        <p class="answer-meta">
          {item.verdict && <Tag tone="neutral">{word('verdicts', item.verdict)}</Tag>}
          <span>{item.reason}</span>
        </p>
      </li>
    ))}
  </ul>
);

/** The criteria that are claimed, each with what shows it (C-04). @param {{rows: Api.Qualification[], criteria: Api.Criterion[] | undefined}} props */
const Qualification = ({ rows, criteria }) => (
  <ul class="answer-list">
    {rows.map(row => (
      <li key={row.criterion}>
        <p>
          <strong>{criteria?.find(item => item.criterion === row.criterion)?.label ?? row.criterion}</strong>
        </p>
        {prose(row.evidence)}
        {(row.contact || row.contacted_on) && (
          <p class="answer-meta">
            {t('form.contacted', { who: row.contact ?? '', date: date(row.contacted_on) })}
          </p>
        )}
      </li>
    ))}
  </ul>
);

/** @param {{v: Api.Vulnerability}} props */
const Vulnerability = ({ v }) => (
  <div>
    <p>
      <span class="mono">{v.identifier}</span> {v.title}
    </p>
    <p class="answer-meta">
      {v.severity && (
        <Tag
          tone={
            v.severity === 'critical' || v.severity === 'high'
              ? 'danger'
              : v.severity === 'medium'
                ? 'warning'
                : 'neutral'
          }
        >
          {word('severities', v.severity)}
        </Tag>
      )}
      {v.detected_on && <span>{t('form.detected', { date: date(v.detected_on) })}</span>}
      {v.source && <span>{t('form.source', { source: v.source })}</span>}
    </p>
  </div>
);

/**
 * The answer to one field of the form, to be read. `known` brings the names behind keys.
 * @param {Api.Field} field @param {Api.Content} content
 * @param {{document?: string, clauses?: Api.Clause[], asset?: string, unit?: string, unitNames?: Record<string, string>, beneficiary?: string | null, criteria?: Api.Criterion[]}} known
 */
export function answer(field, content, known) {
  const value = content[field.key];
  const kind = field.kind;
  if (kind === 'controls') {
    if (value?.length) return <Controls controls={value} />;
    return content.controls_none_reason
      ? prose(t('form.noControls', { reason: content.controls_none_reason }))
      : null;
  }
  if (kind === 'bool') return t(value ? 'ui.yes' : 'ui.no');
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && !value.length))
    return null;
  if (kind === 'document') return known.document ?? value;
  if (kind === 'clauses') return known.clauses?.length ? <Clauses clauses={known.clauses} /> : list(value);
  if (kind === 'asset') return known.asset ?? t('form.assetNumber', { n: value });
  if (kind === 'unit') return known.unit ?? known.unitNames?.[value] ?? value;
  if (kind === 'units')
    return list(value.map((/** @type {string} */ code) => known.unitNames?.[code] ?? code));
  if (kind === 'vulnerability')
    return Object.values(value).some(Boolean) ? <Vulnerability v={value} /> : null;
  if (kind === 'risk') return Object.values(value).some(Boolean) ? <RiskAnswer risk={value} /> : null;
  if (kind === 'alternatives') return <Alternatives alternatives={value} />;
  if (kind === 'qualification') return <Qualification rows={value} criteria={known.criteria} />;
  if (kind === 'number') return typeof value === 'number' ? num(value) : String(value);
  if (kind === 'date') return date(value);
  if (kind === 'person_text') return known.beneficiary ?? value;
  if (kind === 'textarea') return prose(value);
  if (field.options) return field.options.find(option => option.value === value)?.label ?? value;
  if (field.key === 'cause') return word('causes', value);
  return String(value);
}
