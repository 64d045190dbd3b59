import { clock, date, daysBetween, t, word } from '../../lib/i18n.js';
import { Card } from '../../ui/Card.jsx';
import { Icon } from '../../ui/Icon.jsx';
import { Clauses } from '../shared/answers.jsx';
import { Risk } from '../shared/Risk.jsx';

/** @param {{label: string, children: any, note?: any, tone?: string}} props */
const Fact = ({ label, children, note, tone }) => (
  <div class="fact" data-tone={tone}>
    <dt>{label}</dt>
    <dd>
      <span class="fact-value">{children}</span>
      {note && <span class="fact-note">{note}</span>}
    </dd>
  </div>
);

/** The facts of a decision, above everything else; what a first part of the form has not asked is left out. @param {{x: Api.Exception}} props */
export function Facts({ x }) {
  const limit = x.latest_until;
  const over = limit && x.requested_until ? daysBetween(limit, x.requested_until) : 0;
  const v = x.content?.vulnerability;
  return (
    <Card>
      <dl class="facts">
        {x.requested_until && (
          <Fact
            label={t('facts.asked')}
            tone={over > 0 ? 'danger' : undefined}
            note={
              limit && (
                <>
                  <Icon name={over > 0 ? 'alert' : 'check'} size={14} />
                  {over > 0 ? t('facts.over', { n: over }) : t('facts.within', { n: x.max_days ?? 0 })}
                </>
              )
            }
          >
            {date(x.requested_until)}
          </Fact>
        )}
        {(x.risk ?? x.risk_before) !== null && (
          <Fact
            label={t('facts.risk')}
            note={
              x.risk_before && x.risk && x.risk_before !== x.risk
                ? t('facts.riskChange', { before: x.risk_before, after: x.risk })
                : t('facts.riskSame')
            }
          >
            <Risk score={x.risk ?? x.risk_before} />
          </Fact>
        )}
        {v?.severity ? (
          <Fact
            label={t(x.sla_due_on && x.sla_due_on < clock.today ? 'facts.slaPast' : 'facts.sla')}
            tone={x.sla_breached_days ? 'danger' : undefined}
            note={
              x.days_beyond_sla && x.days_beyond_sla > 0
                ? t('facts.beyondNote', { n: x.days_beyond_sla })
                : t('facts.severity', { severity: word('severities', v.severity) })
            }
          >
            {date(x.sla_due_on)}
          </Fact>
        ) : (
          (x.content?.cause ?? x.cause) && (
            <Fact label={t('facts.cause')}>{word('causes', x.content?.cause ?? x.cause)}</Fact>
          )
        )}
        <Fact
          label={t('facts.requester')}
          note={[x.requester?.title, x.requester?.unit].filter(Boolean).join(', ')}
        >
          {x.requester?.name}
        </Fact>
      </dl>
      <div class="facts-why">
        <div>
          <h3>{t('facts.rule')}</h3>
          <Clauses clauses={(x.clauses ?? []).slice(0, 2)} />
        </div>
        <div>
          <h3>{t('facts.why')}</h3>
          <p class="prose">{x.content?.sla_reason ?? x.content?.justification ?? x.content?.circumstances}</p>
        </div>
      </div>
    </Card>
  );
}
