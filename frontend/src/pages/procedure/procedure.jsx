import { date, list, t, word } from '../../lib/i18n.js';
import { useResource } from '../../lib/resource.js';
import { isAny } from '../../lib/session.js';
import { api, to } from '../../paths.js';
import { Banner } from '../../ui/Banner.jsx';
import { ButtonLink } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { PageHead } from '../../ui/PageHead.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';
import { SummaryList } from '../../ui/SummaryList.jsx';
import { NotFound } from '../errors.jsx';

/** @param {string | null | undefined} day */
const dayOrNone = day => (day ? date(day) : '');

/** @param {{p: Api.Procedure & Record<string, any>}} props */
const Facts = ({ p }) => (
  <SummaryList
    rows={[
      { key: 'number', label: t('editor.field.number'), value: p.number },
      { key: 'parent', label: t('editor.field.parent'), value: p.parent },
      { key: 'owner', label: t('editor.field.owner_unit'), value: p.owner_unit },
      {
        key: 'domains',
        label: t('editor.field.domains'),
        value: list(p.domains.map(domain => word('domains', domain))),
      },
      { key: 'issued', label: t('editor.field.issued_on'), value: dayOrNone(p.issued_on) },
      { key: 'revised', label: t('editor.field.revised_on'), value: dayOrNone(p.revised_on) },
      { key: 'reviewed', label: t('editor.field.last_reviewed_on'), value: dayOrNone(p.last_reviewed_on) },
      {
        key: 'distribution',
        label: t('editor.field.distribution'),
        value: p.distribution.length
          ? list(p.distribution.map(kind => word('kindsOfPeople', kind)))
          : t('procedure.everybody'),
      },
      {
        key: 'term',
        label: t('editor.field.max_days'),
        value: p.term.max_days && t('procedure.days', { n: p.term.max_days }),
      },
      {
        key: 'review',
        label: t('procedure.reviews'),
        value: p.review_months && t('procedure.months', { n: p.review_months }),
      },
    ]}
  />
);

/** @param {{p: Api.Procedure & Record<string, any>}} props */
const StepList = ({ p }) => (
  <ol class="procedure-steps">
    {p.stages.map((/** @type {any} */ stage) => (
      <li key={stage.key}>
        <strong>{stage.title}</strong>
        <span class="cell-sub">
          {[
            stage.role_title ?? stage.role ?? t('procedures.requester'),
            stage.time_limit_days && t('procedure.days', { n: stage.time_limit_days }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <p>{stage.what}</p>
      </li>
    ))}
  </ol>
);

/** @param {{p: Api.Procedure & Record<string, any>}} props */
const Controls = ({ p }) => (
  <Card title={t('procedures.frameworks')}>
    <ul class="stack-sm">
      {p.controls.map((/** @type {any} */ control) => (
        <li key={`${control.framework} ${control.reference} ${control.step}`}>
          <strong>
            {control.framework} {control.reference}
          </strong>{' '}
          {control.label}
          <span class="cell-sub">{t('procedure.step', { step: control.step })}</span>
          {control.note && <p class="muted">{control.note}</p>}
        </li>
      ))}
    </ul>
  </Card>
);

/** What a procedure is, for everybody: what happens, who owns it, how old it is. @param {{params: Record<string, string>, search: string}} props */
export default function ProcedurePage({ params, search }) {
  const version = Number(new URLSearchParams(search).get('version')) || undefined;
  const got = useResource(api.procedure(params.key, version));
  const p = /** @type {(Api.Procedure & Record<string, any>) | null} */ (got.data);
  if (got.error?.status === 404) return <NotFound what={params.key} />;
  return (
    <div class="narrow centered">
      <PageHead
        title={p?.title ?? params.key}
        over={<span class="mono">{params.key}</span>}
        sub={p && t('procedures.versionNumber', { n: p.version })}
        back={{ href: to.newRequest(), label: t('request.newTitle') }}
        actions={
          isAny('administrator') && (
            <ButtonLink icon="edit" href={to.adminProcedure(params.key)}>
              {t('procedures.edit')}
            </ButtonLink>
          )
        }
      />
      {got.error && <Problem error={got.error} what={t('procedures.what')} onRetry={got.reload} />}
      {!p && !got.error && <Skeleton lines={10} />}
      {p && (
        <div class="stack">
          {p.review_stale && (
            <Banner tone="warning" live={false} title={t('procedure.stale')}>
              <p>
                {p.last_reviewed_on
                  ? t('procedure.staleText', { day: date(p.last_reviewed_on) })
                  : t('procedure.neverText')}
              </p>
            </Banner>
          )}
          <p class="prose">{p.summary}</p>
          <Card title={t('procedure.steps')}>
            <p class="hint">{t('procedure.stepsHint')}</p>
            <StepList p={p} />
          </Card>
          <Card title={t('procedure.facts')}>
            <Facts p={p} />
          </Card>
          {p.references.length > 0 && (
            <Card title={t('editor.field.references')}>
              <ul class="stack-sm">
                {p.references.map(item => (
                  <li key={item.title}>
                    <strong>{item.title}</strong>
                    {item.note && <p class="muted">{item.note}</p>}
                  </li>
                ))}
              </ul>
            </Card>
          )}
          {p.controls.length > 0 && <Controls p={p} />}
        </div>
      )}
    </div>
  );
}
