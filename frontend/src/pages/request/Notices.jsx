import { latestDecision } from '../../domain/events.js';
import { dateTime, t } from '../../lib/i18n.js';
import { Banner } from '../../ui/Banner.jsx';
import { Conflict } from './Conflict.jsx';
import { Overlap } from './Overlap.jsx';

/** Why the request came back, from the decision that returned it. @param {{x: Api.Exception}} props */
function Returned({ x }) {
  const decision = latestDecision(x.decisions, 'return');
  if (x.status !== 'returned' || !decision) return null;
  return (
    <Banner tone="warning" title={t('request.returned')} live={false}>
      <p class="prose">{decision.reason}</p>
      <p class="muted small">
        {t('findings.by', { name: decision.decider_name, at: dateTime(decision.decided_at) })}
      </p>
    </Banner>
  );
}

/** The next part of the form is open, and what led to it. @param {{x: Api.Exception}} props */
function NextPart({ x }) {
  if (x.stage?.kind !== 'form') return null;
  const decision = latestDecision(x.decisions, 'decline');
  return (
    <Banner tone="info" title={t('request.nextPart', { part: x.stage.title })} live={false}>
      <p>{t('request.nextPartText')}</p>
      {decision && (
        <>
          <p class="prose">{decision.reason}</p>
          <p class="muted small">
            {t('findings.by', { name: decision.decider_name, at: dateTime(decision.decided_at) })}
          </p>
        </>
      )}
    </Banner>
  );
}

/**
 * What is to be known before one types on: it came back, something covers it already, or another tab changed it.
 * @param {{x: Api.Exception, procedure: Api.Procedure, open: ReturnType<typeof import('./useDraft.js').useDraft>, errors?: Record<string, string>}} props
 */
export function Notices({ x, procedure, open, errors }) {
  const state = open.draft.state.value;
  return (
    <>
      <Returned x={x} />
      <NextPart x={x} />
      <Overlap x={x} content={open.content} set={open.set} error={errors?.overlap_reason} />
      {state.phase === 'conflict' && (
        <Conflict
          number={x.number}
          mine={open.content}
          error={state.error}
          procedure={procedure}
          onMine={etag => open.draft.keepMine(etag)}
          onTheirs={open.take}
        />
      )}
    </>
  );
}
