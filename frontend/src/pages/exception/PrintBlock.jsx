import { date, dateTime, t, word } from '../../lib/i18n.js';
import { me } from '../../lib/session.js';
import { conditionBy } from './decisions.jsx';

/** Only on paper: what makes the printed form a record. @param {{x: Api.Exception}} props */
export function PrintBlock({ x }) {
  return (
    <section class="print-only print-record">
      <h2>{t('print.title')}</h2>
      {x.decisions?.length > 0 && (
        <table>
          <caption>{t('print.decisions')}</caption>
          <thead>
            <tr>
              {['who', 'role', 'decision', 'until', 'at', 'reason'].map(key => (
                <th scope="col" key={key}>
                  {t(`print.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {x.decisions.map(decision => (
              <tr key={decision.decided_at}>
                <td>
                  {decision.decider_name}
                  {decision.on_behalf_of && <p>{t('decisions.onBehalf', { name: decision.on_behalf_of })}</p>}
                </td>
                <td>{decision.role_title}</td>
                <td>{word('decided', decision.verdict)}</td>
                <td>{date(decision.expires_on)}</td>
                <td>{dateTime(decision.decided_at)}</td>
                <td>
                  {decision.reason}
                  {decision.precedent_reason && (
                    <p>{t('precedents.departed', { reason: decision.precedent_reason })}</p>
                  )}
                  {decision.conditions?.map((condition, i) => (
                    <p key={i}>
                      {t('form.conditionNumber', { n: i + 1 })}: {condition.text} ({conditionBy(condition)})
                    </p>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p>
        {t('print.procedure', {
          number: x.procedure_number,
          title: x.procedure_title,
          version: x.procedure_version,
        })}
      </p>
      <p>{t('print.version', { number: x.number, n: x.content_version })}</p>
      <p class="mono">{t('print.hash', { hash: x.content_hash ?? '' })}</p>
      <p>
        {t('print.by', {
          name: me.value?.person.name ?? '',
          at: dateTime(new Date().toISOString()),
          zone: me.value?.organisation.zone ?? '',
        })}
      </p>
    </section>
  );
}
