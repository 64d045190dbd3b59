import { scoreOf } from '../../domain/risk.js';
import { date, list, t, word } from '../../lib/i18n.js';
import { Card } from '../../ui/Card.jsx';
import { SummaryList } from '../../ui/SummaryList.jsx';
import { Risk } from '../shared/Risk.jsx';

/** The rows of the risk register that belong to this exception (V-15). @param {{risks: Api.RiskEntry[]}} props */
export function RiskEntries({ risks }) {
  if (!risks.length) return null;
  return (
    <Card title={t('riskEntry.title')}>
      {risks.map(risk => {
        const touched = ['confidentiality', 'integrity', 'availability'].filter(
          key => risk[/** @type {'integrity'} */ (key)],
        );
        const rows = [
          { key: 'number', label: t('riskEntry.number'), value: <span class="mono">{risk.number}</span> },
          { key: 'title', label: t('riskEntry.name'), value: risk.title },
          { key: 'owner', label: t('facts.owner'), value: risk.owner_name },
          {
            key: 'before',
            label: t('risk.beforeLong'),
            value: <Risk score={scoreOf(risk.likelihood_before, risk.impact_before)} />,
          },
          {
            key: 'after',
            label: t('risk.afterLong'),
            value: <Risk score={scoreOf(risk.likelihood_after, risk.impact_after)} />,
          },
          { key: 'touches', label: t('risk.touches'), value: list(touched.map(key => t(`risk.${key}`))) },
          { key: 'treatment', label: t('riskEntry.treatment'), value: word('treatments', risk.treatment) },
          { key: 'review', label: t('riskEntry.review'), value: date(risk.review_on) },
        ];
        return <SummaryList key={risk.number} rows={rows} />;
      })}
    </Card>
  );
}
