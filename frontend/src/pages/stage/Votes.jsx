import { useState } from 'preact/hooks';
import { votesBefore, votesNow } from '../../domain/stage.js';
import { allowed, refusal } from '../../domain/status.js';
import { focusField } from '../../lib/a11y.js';
import { dateTime, lookUp, t, word } from '../../lib/i18n.js';
import { me } from '../../lib/session.js';
import { Button } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { Dialog } from '../../ui/Dialog.jsx';
import { Radios, TextArea } from '../../ui/fields.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Tag } from '../../ui/Tag.jsx';
import { forget, keep, recall } from '../queue/texts.js';
import { sentence } from '../request/faults.js';
import { faultsOf, useAct } from './useAct.js';

const looks = /** @type {Record<string, {tone: string, icon: string}>} */ ({
  approve: { tone: 'success', icon: 'check' },
  deny: { tone: 'danger', icon: 'close' },
  abstain: { tone: 'neutral', icon: 'circle' },
});

/** Signatures are votes of roles that all have to agree. @param {Api.VoteTally} tally @returns {'sign' | 'vote'} */
const kindOf = tally => (tally.rule === 'all' ? 'sign' : 'vote');

/** @param {{votes: Api.Vote[], caption: string, versions?: boolean}} props */
const Table = ({ votes, caption, versions }) => (
  <ul class="answer-list" aria-label={caption}>
    {votes.map(vote => (
      <li key={vote.voter + vote.content_version + vote.stage}>
        <p class="vote-head">
          <strong>{vote.voter}</strong>
          <Tag {...looks[vote.ballot]}>{word('ballots', vote.ballot)}</Tag>
          {versions && <Tag tone="neutral">{t('findings.stale', { n: vote.content_version })}</Tag>}
        </p>
        <p class="prose">{vote.reason}</p>
        <p class="muted small">
          {t('findings.by', { name: vote.role_title ?? '', at: dateTime(vote.voted_at) })}
        </p>
      </li>
    ))}
  </ul>
);

/** @param {{x: Api.Exception, kind: 'sign' | 'vote', own: Api.Vote | undefined, onClose: () => void, onDone: (words: string) => void, onStale: (error: any) => void}} props */
function VoteDialog({ x, kind, own, onClose, onDone, onStale }) {
  const slot = `${x.number} vote`;
  const [value, setValue] = useState(recall(slot, { ballot: own?.ballot ?? '', reason: own?.reason ?? '' }));
  const [missing, setMissing] = useState(/** @type {Record<string, string>} */ ({}));
  const act = useAct(x.number, { onStale });
  const label = (/** @type {string} */ name) => t(`votes.${name}`);
  const errors = { ...faultsOf(act.error, ['ballot', 'reason'], label, sentence), ...missing };
  /** @param {string} name @param {string} next */
  const set = (name, next) => {
    const all = { ...value, [name]: next };
    setValue(all);
    keep(slot, all);
  };
  /** @param {Event} event */
  const send = async event => {
    event.preventDefault();
    const found = {
      ...(!value.ballot && { ballot: t('votes.needBallot') }),
      ...(!value.reason?.trim() && { reason: t('votes.needReason') }),
    };
    setMissing(found);
    const first = Object.keys(found)[0];
    if (first) return focusField(`vote-${first}`);
    const { number: exception, content_version, content_hash } = x;
    const stage = x.stage?.stage;
    const body = {
      exception,
      content_version,
      content_hash,
      stage,
      ballot: value.ballot,
      reason: value.reason,
    };
    if (!(await act.send('/votes', body, x.etag))) return;
    forget(slot);
    onDone(t(`votes.said.${kind}`));
  };
  return (
    <Dialog
      open
      title={t(`votes.title.${kind}`, { number: x.number })}
      onClose={onClose}
      focus="vote-ballot-approve"
    >
      <form class="stack" noValidate onSubmit={send}>
        {act.error && !Object.keys(errors).length && (
          <Problem error={act.error} what={t(`votes.what.${kind}`)} />
        )}
        <Radios
          id="vote-ballot"
          label={t('votes.ballot')}
          error={errors.ballot}
          value={value.ballot}
          options={Object.entries(lookUp(kind === 'sign' ? 'signChoices' : 'ballotChoices')).map(
            ([key, text]) => ({ value: key, label: String(text) }),
          )}
          onInput={next => set('ballot', next)}
        />
        <TextArea
          id="vote-reason"
          label={t('votes.reason')}
          hint={t('votes.reasonHint')}
          error={errors.reason}
          value={value.reason}
          onInput={next => set('reason', next)}
        />
        <div class="dialog-actions">
          <Button type="submit" kind="primary" busy={act.busy}>
            {t(`votes.send.${kind}`)}
          </Button>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}

/**
 * The vote, or the signatures, that the stage owes before it can be closed (M-16).
 * @param {{x: Api.Exception, tally: Api.VoteTally, acts: boolean, onSaid: (words: string) => void, onStale: (error: any) => void}} props `acts`: this person approves or denies
 */
export function Voting({ x, tally, acts, onSaid, onStale }) {
  const [open, setOpen] = useState(false);
  const kind = kindOf(tally);
  const votes = votesNow(x);
  const own = votes.find(vote => vote.voter === me.value?.person.name);
  const may = allowed(x, 'vote');
  return (
    <div class="stack">
      <div class="tally">
        <p class="tally-now">
          <strong>{t(`votes.count.${kind}`, { n: tally.cast, of: tally.least })}</strong>
          {tally.of !== null && <span class="muted"> {t('votes.seats', { n: tally.of })}</span>}
        </p>
        <p class="tally-tags">
          {['approve', 'deny', ...(kind === 'vote' ? ['abstain'] : [])].map(ballot => (
            <Tag key={ballot} {...looks[ballot]}>
              {t(`votes.so.${ballot}`, { n: tally[/** @type {'deny'} */ (ballot)] })}
            </Tag>
          ))}
        </p>
      </div>
      <p class="muted small">{t(`votes.${tally.complete ? 'enough' : 'open'}.${kind}`)}</p>
      {votes.length > 0 && <Table votes={votes} caption={t(`votes.list.${kind}`)} />}
      {may && (
        <div>
          <Button kind={own ? undefined : 'primary'} icon="edit" onClick={() => setOpen(true)}>
            {t(`votes.${own ? 'change' : 'act'}.${kind}`)}
          </Button>
        </div>
      )}
      {!may && !acts && <p class="muted small">{refusal(x, 'vote')}</p>}
      {open && (
        <VoteDialog
          x={x}
          kind={kind}
          own={own}
          onClose={() => setOpen(false)}
          onDone={words => {
            setOpen(false);
            onSaid(words);
          }}
          onStale={error => {
            setOpen(false);
            onStale(error);
          }}
        />
      )}
    </div>
  );
}

/** Votes of stages that are over, and on versions that were changed since. @param {{x: Api.Exception}} props */
export function Votes({ x }) {
  const votes = votesBefore(x);
  if (!votes.length) return null;
  return (
    <Card title={t('votes.before')}>
      <Table votes={votes} caption={t('votes.before')} versions />
    </Card>
  );
}
