import { useState } from 'preact/hooks';
import { nextStep } from '../../domain/stage.js';
import { allowed, refusal } from '../../domain/status.js';
import { focusOn } from '../../lib/a11y.js';
import { date, dayOf, relativeDay, t } from '../../lib/i18n.js';
import { to } from '../../paths.js';
import { Banner } from '../../ui/Banner.jsx';
import { Button, ButtonLink } from '../../ui/Button.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { DecisionDialog } from '../queue/DecisionDialog.jsx';
import { forget } from '../queue/texts.js';
import { holders } from '../shared/Path.jsx';
import { Checklist } from './Checklist.jsx';
import { LetterStage } from './Letter.jsx';
import { RecordList } from './Records.jsx';
import { useAct } from './useAct.js';
import { Voting } from './Votes.jsx';
import { completedWords, decidedWords } from './words.js';

/** The act whose refusal says why this person has nothing to do in that kind of stage. @type {Record<string, string>} */
const first = {
  assess: 'record',
  meet: 'record',
  document: 'record',
  file: 'record',
  respond: 'accept',
  decide: 'find',
  letter: 'write_letter',
  form: 'edit',
};

/** Whether the stage is this person's to work on. @param {Api.Exception} x */
function actsIn(x) {
  const kind = x.stage?.kind ?? '';
  if (kind === 'letter') return allowed(x, 'write_letter') || allowed(x, 'complete');
  return allowed(x, first[kind]) || (kind === 'decide' && allowed(x, 'vote'));
}

/** Who holds it, since when, and until when. @param {{x: Api.Exception, stage: Api.StageNow}} props */
const Terms = ({ x, stage }) => (
  <p class="stage-terms">
    <span>{holders(stage) || x.requester?.name}</span>
    {stage.entered_at && <span>{t('path.since', { date: dayOf(stage.entered_at) })}</span>}
    {stage.due_on && (
      <span>{t('path.due', { date: date(stage.due_on), relative: relativeDay(stage.due_on) })}</span>
    )}
  </p>
);

/** What leaves the stage: complete it, answer, or send it back. @param {{x: Api.Exception, onVerdict: (verdict: string) => void, onCompleted: (x: Api.Exception) => void, onStale: (error: any) => void}} props */
function Leave({ x, onVerdict, onCompleted, onStale }) {
  const act = useAct(x.number, { onStale });
  const kind = x.stage?.kind;
  const complete = async () => {
    const { number: exception, content_version, content_hash } = x;
    const fresh = await act.send(
      '/completions',
      { exception, content_version, content_hash, stage: x.stage?.stage },
      x.etag,
    );
    if (fresh) onCompleted(fresh);
  };
  const next = nextStep(x);
  return (
    <div class="stack-sm stage-leave">
      {act.error && <Problem error={act.error} what={t('stage.complete')} />}
      <div class="row">
        {kind === 'respond' ? (
          <>
            <Button kind="primary" reason={refusal(x, 'accept')} onClick={() => onVerdict('accept')}>
              {t('stage.accept')}
            </Button>
            <Button reason={refusal(x, 'decline')} onClick={() => onVerdict('decline')}>
              {t('stage.decline')}
            </Button>
          </>
        ) : (
          <Button kind="primary" reason={refusal(x, 'complete')} busy={act.busy} onClick={complete}>
            {t('stage.complete')}
          </Button>
        )}
        {allowed(x, 'return') && (
          <Button kind="quiet" icon="message" onClick={() => onVerdict('return')}>
            {t('queue.return')}
          </Button>
        )}
      </div>
      {kind !== 'respond' && refusal(x, 'complete') && <p class="muted small">{refusal(x, 'complete')}</p>}
      {kind === 'respond' && <p class="muted small">{t('stage.respondHint')}</p>}
      {kind !== 'respond' && next && (
        <p class="muted small">{t('stage.next', { title: next.title, who: next.who ?? '' })}</p>
      )}
    </div>
  );
}

/**
 * What is done in the stage, by its kind.
 * @param {{x: Api.Exception, stage: Api.StageNow, acts: boolean, place: 'page' | 'queue', onSaid: (words: string) => void, onStale: (error: any) => void}} props
 */
function Work({ x, stage, acts, place, onSaid, onStale }) {
  if (stage.kind === 'letter') return <LetterStage x={x} acts={acts} onSaid={onSaid} onStale={onStale} />;
  if (stage.kind === 'form')
    return (
      acts && (
        <div>
          <ButtonLink kind="primary" icon="edit" href={to.request(x.number)}>
            {t('stage.form')}
          </ButtonLink>
        </div>
      )
    );
  if (stage.kind === 'respond') return x.records?.length ? <RecordList records={x.records} /> : null;
  if (stage.kind !== 'decide') return <Checklist x={x} may={allowed(x, 'record')} onSaid={onSaid} />;
  return (
    <>
      {stage.tally && (
        <Voting x={x} tally={stage.tally} acts={allowed(x, 'find')} onSaid={onSaid} onStale={onStale} />
      )}
      {place === 'page' && allowed(x, 'find') && (
        <div>
          <ButtonLink kind="primary" icon="shield" href={to.queue({ selected: x.number })}>
            {t('stage.decide')}
          </ButtonLink>
        </div>
      )}
    </>
  );
}

/**
 * The stage the request is in: what is asked, of whom, how much of it is there, and what this person does next.
 * @param {{x: Api.Exception, place: 'page' | 'queue', onActed: (x: Api.Exception, words: string) => void, onStale: (error: any) => void}} props
 */
export function StagePanel({ x, place, onActed, onStale }) {
  const [verdict, setVerdict] = useState('');
  const [said, setSaid] = useState('');
  const stage = x.stage;
  if (!stage) return null;
  const acts = actsIn(x);
  const leaves = acts && stage.kind !== 'form' && stage.kind !== 'decide';
  const why = refusal(x, first[stage.kind]);
  /** The button that was pressed may be gone: the heading takes the focus. @param {string} words */
  const tell = words => {
    setSaid(words);
    setTimeout(() => {
      if (document.activeElement === document.body) focusOn(document.getElementById('stage-title'));
    }, 0);
  };
  return (
    <section class="card stage-panel" data-acts={acts || undefined} aria-labelledby="stage-title">
      <div class="stage-head">
        <h2 id="stage-title">{t(acts ? 'stage.mine' : 'stage.others')}</h2>
        <h3>{stage.title}</h3>
        <p>{stage.what}</p>
        <Terms x={x} stage={stage} />
        {acts && x.acting_for && <p>{t('stage.actingFor', { name: x.acting_for })}</p>}
      </div>
      {said && (
        <Banner tone="success">
          <p>{said}</p>
        </Banner>
      )}
      <Work x={x} stage={stage} acts={acts} place={place} onSaid={tell} onStale={onStale} />
      {leaves && (
        <Leave
          key={stage.stage}
          x={x}
          onVerdict={setVerdict}
          onCompleted={fresh => {
            setSaid('');
            onActed(fresh, completedWords(x, fresh));
          }}
          onStale={onStale}
        />
      )}
      {!acts && why && <p class="muted small">{why}</p>}
      {verdict && (
        <DecisionDialog
          x={x}
          etag={x.etag ?? ''}
          verdict={verdict}
          onClose={() => setVerdict('')}
          onDecided={(fresh, name) => {
            setVerdict('');
            setSaid('');
            forget(x.number); // what was typed has been sent
            onActed(fresh, decidedWords(fresh, name));
          }}
          onStale={error => {
            setVerdict('');
            onStale(error);
          }}
        />
      )}
    </section>
  );
}
