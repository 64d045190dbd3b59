import { useState } from 'preact/hooks';
import { denyWord } from '../../domain/stage.js';
import { allowed, refusal } from '../../domain/status.js';
import { changes } from '../../lib/diff.js';
import { dateTime, t } from '../../lib/i18n.js';
import { useKeys } from '../../lib/keys.js';
import { useResource } from '../../lib/resource.js';
import { api, to } from '../../paths.js';
import { Banner } from '../../ui/Banner.jsx';
import { Button } from '../../ui/Button.jsx';
import { Icon } from '../../ui/Icon.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';
import { NotFound } from '../errors.jsx';
import { Breach, Status } from '../shared/Status.jsx';
import { StagePanel } from '../stage/StagePanel.jsx';
import { decidedWords } from '../stage/words.js';
import { DecisionDialog } from './DecisionDialog.jsx';
import { Evidence } from './Evidence.jsx';
import { Facts } from './Facts.jsx';
import { FindingForms } from './FindingForms.jsx';
import { Precedents } from './Precedents.jsx';

/** @param {{stale: any, before: Api.Exception | null, x: Api.Exception, onSeen: () => void}} props */
function Changed({ stale, before, x, onSeen }) {
  const { changed_by: by, changed_at: at } = stale.problem;
  const fields = before
    ? [...new Set(changes(before.content, x.content).map(change => change.path.split('.')[0]))]
    : [];
  return (
    <Banner tone="warning" title={t('stale.title')}>
      <p>{t(by ? 'stale.textBy' : 'stale.text', { name: by ?? '', at: dateTime(at) })}</p>
      {fields.length > 0 && (
        <p>{t('stale.fields', { fields: fields.map(key => t(`fields.${key}`)).join(', ') })}</p>
      )}
      <Button onClick={onSeen}>{t('stale.seen')}</Button>
    </Banner>
  );
}

/** The three decisions, always in the same place. @param {{x: Api.Exception, deny: string, stale: boolean, own: boolean, onOpen: (verdict: string) => void}} props */
function DecisionBar({ x, deny, stale, own, onOpen }) {
  /** @param {string} verdict */
  const reason = verdict => {
    if (stale) return t('stale.first');
    return allowed(x, verdict) ? null : refusal(x, verdict) || t('queue.notNow');
  };
  const why = reason('approve') ?? reason('deny');
  return (
    <div class="decision-bar">
      <Button kind="primary" kbd="a" reason={reason('approve')} onClick={() => onOpen('approve')}>
        {t('queue.approve')}
      </Button>
      <Button kind="danger" kbd="d" reason={reason('deny')} onClick={() => onOpen('deny')}>
        {t(`queue.${deny}`)}
      </Button>
      <Button kbd="m" reason={reason('return')} onClick={() => onOpen('return')}>
        {t('queue.return')}
      </Button>
      {why && !stale && !own && <p class="decision-why">{why}</p>}
    </div>
  );
}

/** @param {{number: string, row: Api.QueueRow | undefined, heading: any, onActed: (x: Api.Exception, words: string) => void, back: string}} props */
export function Detail({ number, row, heading, onActed, back }) {
  const { data, etag, error, reload } = useResource(api.exception(number));
  const x = /** @type {Api.Exception | null} */ (data);
  const [verdict, setVerdict] = useState('');
  const [stale, setStale] = useState(/** @type {{error: any, before: Api.Exception | null} | null} */ (null));
  const own = row?.own || x?.mine;
  const form = useResource(x ? api.procedure(x.procedure_key, x.procedure_version) : null);
  const procedure = /** @type {Api.Procedure | null} */ (form.data);
  const decides = (x?.stage?.kind ?? 'decide') === 'decide';
  // who only votes has nothing to do with the findings and the decision that close the vote
  const closes = decides && (!x?.stage?.tally || allowed(x, 'find'));
  /** @param {string} name */
  const open = name => {
    if (x && decides && !stale && allowed(x, name)) setVerdict(name);
  };
  useKeys({ a: () => open('approve'), d: () => open('deny'), m: () => open('return') });

  /** Somebody changed it: what was typed stays, the new version is read. @param {any} problem */
  const onStale = problem => {
    setVerdict('');
    setStale({ error: problem, before: x });
    reload();
  };
  if (error?.status === 404) return <NotFound what={number} />;
  if (error && !x) return <Problem error={error} what={number} onRetry={reload} />;
  if (!x || x.redacted) {
    return (
      <section class="card">
        <Skeleton lines={12} />
      </section>
    );
  }
  return (
    <article class="queue-detail" aria-labelledby="detail-title">
      <a class="back-link queue-back" href={back}>
        <Icon name="back" size={14} />
        {t('queue.back')}
      </a>
      <header class="detail-head">
        <div class="page-over">
          <span class="mono">{x.number}</span>
          <Status status={x.status} />
          <Breach days={x.sla_breached_days} />
        </div>
        <h2 id="detail-title" ref={heading} tabIndex={-1}>
          {x.title}
        </h2>
        <p class="small">
          <a href={to.exception(x.number)}>{t('queue.full')}</a>
        </p>
      </header>
      {stale && <Changed stale={stale.error} before={stale.before} x={x} onSeen={() => setStale(null)} />}
      {own && decides && (
        <Banner tone="info" title={t('queue.ownTitle')} live={false}>
          <p>{refusal(x, 'approve') || t('queue.ownText')}</p>
        </Banner>
      )}
      {(!decides || x.stage?.tally) && <StagePanel x={x} place="queue" onActed={onActed} onStale={onStale} />}
      <Facts x={x} />
      {(closes || x.findings?.length > 0) && (
        <FindingForms key={`${x.number}-${x.content_version}`} x={x} etag={etag} onStale={onStale} />
      )}
      {decides && <Precedents number={x.number} waits />}
      <Evidence x={x} />
      {closes && (
        <DecisionBar
          x={x}
          deny={denyWord(procedure)}
          stale={Boolean(stale)}
          own={Boolean(own)}
          onOpen={setVerdict}
        />
      )}
      <DecisionDialog
        key={x.number}
        x={x}
        etag={etag || x.etag || ''}
        verdict={verdict}
        words={verdict === 'deny' ? denyWord(procedure) : verdict}
        onClose={() => setVerdict('')}
        onDecided={(fresh, name) => {
          setVerdict('');
          onActed(fresh, decidedWords(fresh, name, procedure));
        }}
        onStale={onStale}
      />
    </article>
  );
}
