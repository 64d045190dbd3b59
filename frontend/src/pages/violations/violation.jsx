import { date, dateTime, t } from '../../lib/i18n.js';
import { useResource } from '../../lib/resource.js';
import { api, to } from '../../paths.js';
import { ButtonLink } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { PageHead } from '../../ui/PageHead.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';
import { SummaryList } from '../../ui/SummaryList.jsx';
import { NotFound } from '../errors.jsx';

/** @param {{params: Record<string, string>}} props */
export default function Violation({ params }) {
  const { data, error, reload } = useResource(api.violation(params.number));
  const found = /** @type {Api.ViolationView | null} */ (data);
  const v = found?.violation;
  if (error?.status === 404) return <NotFound what={params.number} />;
  const rows = v && [
    { key: 'reporter', label: t('violations.reporter'), value: v.reporter },
    {
      key: 'supervisor',
      label: t('violations.told'),
      value: v.supervisor_named ? t('violations.namedBy', { name: v.supervisor }) : v.supervisor,
    },
    { key: 'known', label: t('violations.known_on'), value: date(v.known_on) },
    { key: 'filed', label: t('violations.filed'), value: dateTime(v.filed_at) },
    { key: 'unit', label: t('violations.unit'), value: v.unit_name },
    { key: 'document', label: t('violations.document'), value: v.document_title },
    { key: 'clauses', label: t('violations.clauses'), value: v.clauses?.split('\n').join(', ') },
  ];
  return (
    <div class="narrow">
      <PageHead
        title={t('violations.one')}
        tab={params.number}
        over={<span class="mono">{params.number}</span>}
        back={{ href: to.violations(), label: t('violations.title') }}
        actions={
          <ButtonLink href={to.newRequest()} icon="plus">
            {t('home.start')}
          </ButtonLink>
        }
      />
      {error && <Problem error={error} what={params.number} onRetry={reload} />}
      {!v && !error && <Skeleton lines={8} />}
      {v && rows && (
        <div class="stack-lg">
          <Card title={t('violations.found')}>
            <p class="prose">{v.what}</p>
          </Card>
          <Card title={t('violations.facts')}>
            <SummaryList rows={rows.filter(row => row.value)} />
          </Card>
        </div>
      )}
    </div>
  );
}
