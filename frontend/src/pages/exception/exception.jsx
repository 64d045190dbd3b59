import { useState } from 'preact/hooks';
import { allowed } from '../../domain/status.js';
import { announce } from '../../lib/a11y.js';
import { clock, date, dateTime, t } from '../../lib/i18n.js';
import { useResource } from '../../lib/resource.js';
import { isAny, me } from '../../lib/session.js';
import { api, to } from '../../paths.js';
import { Banner } from '../../ui/Banner.jsx';
import { ButtonLink } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { PageHead } from '../../ui/PageHead.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';
import { SummaryList } from '../../ui/SummaryList.jsx';
import { Tag } from '../../ui/Tag.jsx';
import { NotFound } from '../errors.jsx';
import { Precedents } from '../queue/Precedents.jsx';
import { Path } from '../shared/Path.jsx';
import { Breach, Status } from '../shared/Status.jsx';
import { Letters } from '../stage/Letter.jsx';
import { Records } from '../stage/Records.jsx';
import { StagePanel } from '../stage/StagePanel.jsx';
import { Votes } from '../stage/Votes.jsx';
import { Actions } from './Actions.jsx';
import { Attachments } from './Attachments.jsx';
import { Comments } from './Comments.jsx';
import { Decisions, Findings } from './decisions.jsx';
import { FormAnswers } from './FormAnswers.jsx';
import { History } from './history.jsx';
import { PrintBlock } from './PrintBlock.jsx';
import { RiskEntries } from './RiskEntries.jsx';
import { Stakeholders } from './Stakeholders.jsx';
import { sentence } from './sentence.js';
import { Watch } from './Watch.jsx';
import { WorkItems } from './WorkItems.jsx';

/** What a reader without further rights may see (M-11). @param {{x: Api.Exception}} props */
function PublicView({ x }) {
  const clauses = x.clauses.map(clause => clause.ref);
  const rows = [
    { key: 'document', label: t('facts.document'), value: x.document_title },
    { key: 'clauses', label: t('facts.clauses'), value: clauses.join(', ') },
    { key: 'unit', label: t('facts.unit'), value: x.unit_name },
    { key: 'cause', label: t('facts.cause'), value: x.cause ? t(`causes.${x.cause}`) : '' },
    { key: 'submitted', label: t('facts.submitted'), value: dateTime(x.submitted_at) },
    { key: 'effective', label: t('facts.effective'), value: date(x.effective_on) },
    { key: 'expires', label: t('facts.expires'), value: date(x.expires_on) },
  ];
  return (
    <div class="stack-lg narrow">
      <Banner tone="info" title={t('exception.redacted')} live={false}>
        <p>{t('exception.redactedText')}</p>
      </Banner>
      <Card>
        <SummaryList rows={rows} />
      </Card>
    </div>
  );
}

/** @param {{x: Api.Exception}} props */
function Facts({ x }) {
  const person = /** @param {Api.PersonRef | null} one */ one =>
    one && [one.name, one.title].filter(Boolean).join(', ');
  const beyond = x.days_beyond_sla ?? 0;
  const rows = [
    { key: 'owner', label: t('facts.owner'), value: person(x.owner) },
    { key: 'requester', label: t('facts.requester'), value: person(x.requester) },
    { key: 'submitted', label: t('facts.submitted'), value: x.submitted_at && dateTime(x.submitted_at) },
    { key: 'asked', label: t('facts.asked'), value: x.requested_until && date(x.requested_until) },
    x.effective_on && { key: 'effective', label: t('facts.effective'), value: date(x.effective_on) },
    x.expires_on && { key: 'expires', label: t('facts.expires'), value: date(x.expires_on) },
    x.implemented_on && { key: 'implemented', label: t('facts.implemented'), value: date(x.implemented_on) },
    x.sla_due_on && {
      key: 'sla',
      label: t(x.sla_due_on < clock.today ? 'facts.slaPast' : 'facts.sla'),
      value: date(x.sla_due_on),
    },
    beyond > 0 && {
      key: 'beyond',
      label: t('facts.beyond'),
      value: t('ui.days', { n: beyond }),
    },
    {
      key: 'procedure',
      label: t('facts.procedure'),
      value: t('facts.procedureOf', {
        number: x.procedure_number,
        title: x.procedure_title,
        version: x.procedure_version,
      }),
    },
    x.copied_from && {
      key: 'copied',
      label: t('copy.from'),
      value: (
        <a class="mono" href={to.exception(x.copied_from)}>
          {x.copied_from}
        </a>
      ),
    },
  ].filter(row => /** @type {any} */ (row)?.value);
  return (
    <Card title={t('exception.facts')}>
      <SummaryList rows={/** @type {any} */ (rows)} />
    </Card>
  );
}

/** What the last act led to, and, after a refusal of the version, that it changed. @param {{said: string, stale: boolean}} props */
const Said = ({ said, stale }) => (
  <>
    {said && (
      <Banner tone="success" live={false}>
        <p>{said}</p>
      </Banner>
    )}
    {stale && (
      <Banner tone="warning" title={t('stale.title')}>
        <p>{t('stale.text')}</p>
      </Banner>
    )}
  </>
);

/** The stage it is in; what it was decided as while the rest of the procedure is still to come. @param {{x: Api.Exception, reload: () => void}} props */
function Stage({ x, reload }) {
  const [said, setSaid] = useState('');
  const [stale, setStale] = useState(false);
  return (
    <>
      <Said said={said} stale={stale} />
      {x.stage && x.decided_as && (
        <Banner tone="info" title={t(`exception.decided.${x.decided_as}`)} live={false}>
          <p>{t('exception.decidedText')}</p>
        </Banner>
      )}
      <StagePanel
        x={x}
        place="page"
        onActed={(_, words) => {
          setStale(false);
          setSaid(words);
          announce(words);
        }}
        onStale={() => {
          setSaid('');
          setStale(true);
          reload();
        }}
      />
    </>
  );
}

/** It came from another register: nobody here decided it (M-28). @param {{x: Api.Exception}} props */
function Imported({ x }) {
  if (!x.legacy_decider) return null;
  return (
    <Banner tone={x.undocumented ? 'warning' : 'info'} title={t('imported.title')} live={false}>
      <p>
        {x.legacy_decider === 'unverified'
          ? t('imported.unverified')
          : t('imported.named', { name: x.legacy_decider })}
      </p>
      {x.undocumented && <p>{t(x.may_document ? 'imported.yours' : 'imported.theirs')}</p>}
      {x.may_document && (
        <ButtonLink href={to.documentation(x.number)} kind="primary" icon="edit">
          {t('imported.complete')}
        </ButtonLink>
      )}
    </Banner>
  );
}

/** @param {{x: Api.Exception, reload: () => void}} props */
const Full = ({ x, reload }) => (
  <div class="exception">
    <div class="exception-main stack-lg">
      <Stage x={x} reload={reload} />
      <WorkItems x={x} reload={reload} />
      {x.document_changed && (
        <Banner tone="warning" title={t('exception.changed')} live={false}>
          <p>{t('exception.changedText')}</p>
        </Banner>
      )}
      <Imported x={x} />
      <Decisions decisions={x.decisions ?? []} />
      <FormAnswers x={x} />
      <Attachments number={x.number} version={x.row_version} />
      <Findings x={x} />
      <Votes x={x} />
      <Records x={x} />
      <Letters x={x} />
      <RiskEntries risks={x.risks ?? []} />
      {isAny('approver') && x.content_version > 0 && (
        <Precedents number={x.number} waits={x.status === 'in_review'} />
      )}
      <Comments number={x.number} />
    </div>
    <div class="exception-side stack-lg">
      <Card title={t('path.label')}>
        <Path exception={x} />
      </Card>
      <Facts x={x} />
      <Stakeholders x={x} />
      <History number={x.number} version={x.row_version} />
    </div>
    <PrintBlock x={x} />
    <Actions x={x} reload={reload} place="foot" />
  </div>
);

/** @param {{params: Record<string, string>}} props */
export default function ExceptionPage({ params }) {
  const { data, error, loading, reload } = useResource(api.exception(params.number));
  const x = /** @type {Api.Exception | null} */ (data);
  if (error?.status === 404) return <NotFound what={params.number} />;
  const mayDecide = x && !x.redacted && allowed(x, 'approve');
  return (
    <>
      <PageHead
        title={x?.title || (x ? t('request.untitled') : params.number)}
        tab={t('exception.titleTab', { number: params.number, title: x?.title ?? '' })}
        back={{ href: to.register(), label: t('exception.back') }}
        over={
          <>
            <span class="mono">{params.number}</span>
            {x && <Status status={x.status} />}
            {x && !x.redacted && <Breach days={x.sla_breached_days} />}
            {x?.confidential && (
              <Tag tone="neutral" icon="lock">
                {t('register.confidential')}
              </Tag>
            )}
            {x?.undocumented && (
              <Tag tone="warning" icon="file">
                {t('register.undocumented')}
              </Tag>
            )}
            {x?.mine && (
              <Tag tone="neutral" icon="user">
                {t('exception.mine')}
              </Tag>
            )}
          </>
        }
        sub={x && sentence(x, me.value?.organisation.today ?? '')}
        actions={
          x && (
            <>
              <Watch x={x} reload={reload} />
              {!x.redacted && <Actions x={x} reload={reload} place="head" />}
            </>
          )
        }
      />
      {error && <Problem error={error} what={params.number} onRetry={reload} />}
      {!x && !error && loading && (
        <Card>
          <Skeleton lines={12} />
        </Card>
      )}
      {x && (x.redacted ? <PublicView x={x} /> : <Full x={x} reload={reload} />)}
      {mayDecide && <p class="hidden">{t('exception.mayDecide')}</p>}
    </>
  );
}
