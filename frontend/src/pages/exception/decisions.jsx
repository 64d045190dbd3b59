import { date, dateTime, t, word } from '../../lib/i18n.js';
import { Card } from '../../ui/Card.jsx';
import { Tag } from '../../ui/Tag.jsx';

const looks = /** @type {Record<string, {tone: string, icon: string}>} */ ({
  approve: { tone: 'success', icon: 'check' },
  deny: { tone: 'danger', icon: 'close' },
  return: { tone: 'warning', icon: 'message' },
  accept: { tone: 'success', icon: 'checks' },
  decline: { tone: 'neutral', icon: 'close' },
});

/** Who sees to a condition, and until when. @param {Api.Condition} condition */
export const conditionBy = ({ owner, due_on }) =>
  due_on ? t('decisions.conditionBy', { owner, date: date(due_on) }) : t('decisions.condition', { owner });

/** What the approval asks for (M-18). @param {{conditions: Api.Condition[]}} props */
function Conditions({ conditions }) {
  if (!conditions?.length) return null;
  return (
    <div class="conditions">
      <h3>{t('decisions.conditions', { n: conditions.length })}</h3>
      <ol>
        {conditions.map((condition, i) => (
          <li key={i}>
            <span class="prose">{condition.text}</span>
            <span class="muted small"> {conditionBy(condition)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Who decided, in which role, why, and until when (M-10). @param {{decisions: Api.Decision[]}} props */
export function Decisions({ decisions }) {
  if (!decisions.length) return null;
  return (
    <Card title={t('decisions.title', { n: decisions.length })}>
      <ul class="decisions">
        {decisions.map(decision => (
          <li key={decision.decided_at} class="decision" data-tone={looks[decision.verdict]?.tone}>
            <p class="decision-head">
              <Tag {...looks[decision.verdict]}>{word('decided', decision.verdict)}</Tag>
              {decisions.length > 1 && decision.stage_title && (
                <span class="muted small">{decision.stage_title}</span>
              )}
              {decision.expires_on && (
                <strong>{t('decisions.until', { date: date(decision.expires_on) })}</strong>
              )}
            </p>
            <p class="prose">{decision.reason}</p>
            {decision.precedent_reason && (
              <p class="prose small">{t('precedents.departed', { reason: decision.precedent_reason })}</p>
            )}
            <Conditions conditions={decision.conditions} />
            <p class="muted small">
              {t('decisions.by', {
                name: decision.decider_name,
                role: decision.role_title,
                at: dateTime(decision.decided_at),
              })}
              {decision.decider_title && ` · ${decision.decider_title}`}
            </p>
            {decision.on_behalf_of && (
              <p class="muted small">{t('decisions.onBehalf', { name: decision.on_behalf_of })}</p>
            )}
            <p class="muted small print-only">
              {t('decisions.version', { n: decision.content_version, hash: decision.content_hash })}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const tones = /** @type {Record<string, string>} */ ({
  supports: 'success',
  neutral: 'neutral',
  opposes: 'danger',
});
const icons = /** @type {Record<string, string>} */ ({
  supports: 'check',
  neutral: 'circle',
  opposes: 'close',
});

/** One recorded judgement. @param {{finding: Api.Finding, stale?: boolean}} props */
export const FindingText = ({ finding, stale }) => (
  <div class="finding-text">
    <p>
      <Tag tone={tones[finding.judgement] ?? 'neutral'} icon={icons[finding.judgement]}>
        {word('judgements', finding.judgement)}
      </Tag>
      {stale && <Tag tone="warning">{t('findings.stale', { n: finding.content_version })}</Tag>}
    </p>
    <p class="prose">{finding.text}</p>
    <p class="muted small">{t('findings.by', { name: finding.author, at: dateTime(finding.created_at) })}</p>
  </div>
);

/** @param {{x: Api.Exception}} props */
export function Findings({ x }) {
  if (!x.findings?.length) return null;
  return (
    <Card title={t('findings.title')}>
      <div class="findings">
        {x.findings.map(finding => (
          <section key={finding.kind + finding.created_at}>
            <h3>{finding.label}</h3>
            <FindingText finding={finding} stale={finding.content_version !== x.content_version} />
          </section>
        ))}
      </div>
    </Card>
  );
}
