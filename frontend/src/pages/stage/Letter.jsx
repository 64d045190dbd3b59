import { useState } from 'preact/hooks';
import { letterNow } from '../../domain/stage.js';
import { allowed, refusal } from '../../domain/status.js';
import { focusField } from '../../lib/a11y.js';
import { dateTime, t, word } from '../../lib/i18n.js';
import { api, to } from '../../paths.js';
import { Button, ButtonLink } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { Dialog } from '../../ui/Dialog.jsx';
import { TextArea, TextField } from '../../ui/fields.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Tag } from '../../ui/Tag.jsx';
import { forget, keep, recall } from '../queue/texts.js';
import { sentence } from '../request/faults.js';
import { faultsOf, useAct } from './useAct.js';

const looks = /** @type {Record<string, {tone: string, icon: string}>} */ ({
  drafted: { tone: 'warning', icon: 'edit' },
  reviewed: { tone: 'info', icon: 'check' },
  sent: { tone: 'success', icon: 'checks' },
});

/** Number, state, and who wrote, reviewed and sent it. @param {{letter: Api.Letter}} props */
const LetterHead = ({ letter }) => (
  <div class="stack-sm">
    <p class="vote-head">
      <span class="mono">{letter.number}</span>
      <Tag {...looks[letter.state]}>{word('letterStates', letter.state)}</Tag>
    </p>
    <p class="muted small">
      {[
        letter.drafter && t('letter.by.written', { name: letter.drafter, at: dateTime(letter.drafted_at) }),
        letter.reviewer &&
          t('letter.by.reviewed', { name: letter.reviewer, at: dateTime(letter.reviewed_at) }),
        letter.sender && t('letter.by.sent', { name: letter.sender, at: dateTime(letter.sent_at) }),
      ]
        .filter(Boolean)
        .join(' · ')}
    </p>
  </div>
);

/** The letter to be read: as it is, or as it went out. @param {{x: Api.Exception, letter: Api.Letter}} props */
export const LetterText = ({ x, letter }) => (
  <div class="stack">
    <LetterHead letter={letter} />
    {letter.state === 'sent' && <p>{t('letter.to', { who: letter.addressees ?? '' })}</p>}
    <article class="letter-sheet">
      <h4>{letter.title}</h4>
      <p class="prose">{letter.body}</p>
    </article>
    {letter.hash && <p class="muted small letter-hash">{t('letter.hash', { hash: letter.hash })}</p>}
    {letter.state === 'sent' && (
      <div class="screen-only">
        <ButtonLink icon="print" href={to.letter(x.number, letter.number)}>
          {t('letter.page')}
        </ButtonLink>
      </div>
    )}
  </div>
);

/** @param {{x: Api.Exception, letter: Api.Letter | undefined, act: import('./useAct.js').Act, onDone: () => void, onCancel?: () => void}} props */
function Editor({ x, letter, act, onDone, onCancel }) {
  const slot = `${x.number} letter`;
  const [value, setValue] = useState(
    /** @type {{title: string, body: string}} */ (
      recall(slot, {
        title: letter?.title ?? x.letter_title ?? '',
        body: letter?.body ?? x.letter_body ?? '',
      })
    ),
  );
  const [missing, setMissing] = useState(/** @type {Record<string, string>} */ ({}));
  const label = (/** @type {string} */ name) => t(`letter.${name}`);
  const errors = { ...faultsOf(act.error, ['title', 'body'], label, sentence), ...missing };
  /** @param {string} name @param {string} next */
  const set = (name, next) => {
    const all = { ...value, [name]: next };
    setValue(all);
    keep(slot, all);
  };
  /** @param {Event} event */
  const send = async event => {
    event.preventDefault();
    const found = Object.fromEntries(
      ['title', 'body']
        .filter(name => !value[/** @type {'title'} */ (name)].trim())
        .map(name => [name, t('form.missing', { label: label(name) })]),
    );
    setMissing(found);
    const first = Object.keys(found)[0];
    if (first) return focusField(`letter-${first}`);
    if (!(await act.send(`${api.exception(x.number)}/letter`, { action: 'write', ...value }, x.etag))) return;
    forget(slot);
    onDone();
  };
  return (
    <form class="stack" noValidate onSubmit={send}>
      {letter?.state === 'reviewed' && <p class="hint">{t('letter.reviewFalls')}</p>}
      <TextField
        id="letter-title"
        label={t('letter.title')}
        error={errors.title}
        value={value.title}
        autocomplete="off"
        onInput={next => set('title', next)}
      />
      <TextArea
        id="letter-body"
        label={t('letter.body')}
        hint={letter ? undefined : t('letter.bodyHint')}
        error={errors.body}
        rows={14}
        value={value.body}
        onInput={next => set('body', next)}
      />
      <div class="row">
        <Button type="submit" kind="primary" busy={act.busy}>
          {t('letter.save')}
        </Button>
        {onCancel && (
          <Button
            kind="quiet"
            onClick={() => {
              forget(slot);
              onCancel();
            }}
          >
            {t('ui.cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}

/** @param {{x: Api.Exception, letter: Api.Letter, act: import('./useAct.js').Act, onClose: () => void, onSent: () => void}} props */
function SendDialog({ x, letter, act, onClose, onSent }) {
  const who = x.stage?.addressee ?? '';
  const send = async () => {
    if (await act.send(`${api.exception(x.number)}/letter`, { action: 'send' }, x.etag)) onSent();
  };
  return (
    <Dialog open title={t('letter.sendTitle', { number: letter.number })} onClose={onClose}>
      {act.error && <Problem error={act.error} what={letter.number} />}
      <p>{t('letter.sendText', { who })}</p>
      <div class="dialog-actions">
        <Button kind="primary" busy={act.busy} onClick={send}>
          {t('letter.send', { who })}
        </Button>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
      </div>
    </Dialog>
  );
}

/**
 * The letter of the stage: written, read by somebody else, sent (C-17).
 * @param {{x: Api.Exception, acts: boolean, onSaid: (words: string) => void, onStale: (error: any) => void}} props
 */
export function LetterStage({ x, acts, onSaid, onStale }) {
  const letter = letterNow(x);
  const [editing, setEditing] = useState(false);
  const [sending, setSending] = useState(false);
  const act = useAct(x.number, { onStale });
  const mayWrite = allowed(x, 'write_letter');
  const review = async () => {
    if (await act.send(`${api.exception(x.number)}/letter`, { action: 'review' }, x.etag))
      onSaid(t('letter.said.review'));
  };
  if (!letter && !mayWrite) return <p class="muted">{t('letter.none')}</p>;
  if (!letter || editing) {
    return (
      <>
        {act.error && !act.error.errors?.length && <Problem error={act.error} what={t('letter.what')} />}
        <Editor
          x={x}
          letter={letter}
          act={act}
          onDone={() => {
            setEditing(false);
            onSaid(t('letter.said.write'));
          }}
          onCancel={letter && (() => setEditing(false))}
        />
      </>
    );
  }
  return (
    <div class="stack">
      <LetterText x={x} letter={letter} />
      {act.error && !sending && <Problem error={act.error} what={letter.number} />}
      {acts && letter.state !== 'sent' && (
        <>
          <div class="row">
            {letter.state === 'drafted' && (
              <Button
                kind={allowed(x, 'review_letter') ? 'primary' : undefined}
                reason={refusal(x, 'review_letter')}
                busy={act.busy}
                onClick={review}
              >
                {t('letter.review')}
              </Button>
            )}
            <Button
              kind={allowed(x, 'send_letter') ? 'primary' : undefined}
              reason={refusal(x, 'send_letter')}
              onClick={() => setSending(true)}
            >
              {t('letter.send', { who: x.stage?.addressee ?? '' })}
            </Button>
            <Button
              kind="quiet"
              icon="edit"
              reason={refusal(x, 'write_letter')}
              onClick={() => setEditing(true)}
            >
              {t('letter.edit')}
            </Button>
          </div>
          {[...new Set([refusal(x, 'review_letter'), refusal(x, 'send_letter')])].filter(Boolean).map(why => (
            <p key={why} class="muted small">
              {why}
            </p>
          ))}
        </>
      )}
      {sending && (
        <SendDialog
          x={x}
          letter={letter}
          act={act}
          onClose={() => {
            act.clear();
            setSending(false);
          }}
          onSent={() => {
            setSending(false);
            onSaid(t('letter.said.send', { number: letter.number }));
          }}
        />
      )}
    </div>
  );
}

/** The letters of stages that are over. @param {{x: Api.Exception}} props */
export function Letters({ x }) {
  const letters = (x.letters ?? []).filter(letter => letter !== letterNow(x));
  if (!letters.length) return null;
  return (
    <Card title={t('letter.all', { n: letters.length })}>
      <div class="stack-lg">
        {letters.map(letter => (
          <section key={letter.number} class="stack" aria-label={letter.number}>
            <LetterText x={x} letter={letter} />
          </section>
        ))}
      </div>
    </Card>
  );
}
