import { useState } from 'preact/hooks';
import { announce } from '../../lib/a11y.js';
import { newKey, request } from '../../lib/http.js';
import { dateTime, t } from '../../lib/i18n.js';
import { invalidate, useResource } from '../../lib/resource.js';
import { api } from '../../paths.js';
import { Button } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { Combobox } from '../../ui/Combobox.jsx';
import { Dialog } from '../../ui/Dialog.jsx';
import { TextArea } from '../../ui/fields.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';
import { Tag } from '../../ui/Tag.jsx';
import { keep, recall } from '../queue/texts.js';
import { sentence } from '../request/faults.js';
import { colleagues } from '../shared/pickers.js';

/** A text that is sent: what is typed outlives the page, what is wrong stands at the field. @param {string} slot @param {string} label */
export function useText(slot, label) {
  const [text, setText] = useState(recall(slot, { text: '' }).text);
  const [fault, setFault] = useState('');
  const [failed, setFailed] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const [key, setKey] = useState(newKey);
  /** @param {string} next */
  const type = next => {
    setText(next);
    keep(slot, { text: next });
  };
  /** @param {string} url @param {any} body @returns {Promise<boolean>} whether it was sent */
  const send = async (url, body) => {
    setFailed(null);
    setFault(text.trim() ? '' : t('talk.needText'));
    if (!text.trim()) return false;
    setBusy(true);
    let sent = false;
    try {
      await request('POST', url, { body: { ...body, text }, key });
      type('');
      sent = true;
    } catch (caught) {
      const error = /** @type {any} */ (caught);
      setFault(
        error.errors.map((/** @type {any} */ item) => `${sentence(label, item.detail)}.`).join(' ') ?? '',
      );
      if (!error.errors.length) setFailed(error);
    }
    setKey(newKey());
    setBusy(false);
    return sent;
  };
  return { text, type, fault, failed, busy, send };
}

/** The names a text mentions stand out. @param {{text: string, mentions: string[]}} props */
function Said({ text, mentions }) {
  if (!mentions.length) return <p class="talk-text">{text}</p>;
  const names = mentions.map(name => name.replaceAll('.', '\\.')).join('|');
  return (
    <p class="talk-text">
      {text
        .split(new RegExp(`(@(?:${names}))(?![\\w-])`, 'i'))
        .map((part, i) => (i % 2 ? <strong key={i}>{part}</strong> : part))}
    </p>
  );
}

/** @param {{question: {id: number, author?: string}, onDone: () => void}} props */
export function Answer({ question, onDone }) {
  const label = t('talk.answerLabel');
  const { text, type, fault, failed, busy, send } = useText(`answer ${question.id}`, label);
  const id = `answer-${question.id}`;
  const submit = async () => {
    if (!(await send(api.answer(question.id), {}))) return document.getElementById(id)?.focus();
    announce(t('talk.answered'));
    invalidate('/questions');
    onDone();
  };
  return (
    <div class="stack">
      {failed && <Problem error={failed} />}
      <TextArea
        id={id}
        label={label}
        hint={t('talk.answerHint')}
        error={fault}
        rows={3}
        value={text}
        onInput={type}
      />
      <div class="row">
        <Button busy={busy} onClick={submit}>
          {t('talk.answer')}
        </Button>
      </div>
    </div>
  );
}

/** @param {{number: string, item: Api.Comment, onDone: () => void}} props */
function TakeBack({ number, item, onDone }) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {any} */ (null));
  const send = async () => {
    setBusy(true);
    setError(null);
    try {
      await request('DELETE', api.comment(number, item.id));
      setOpen(false);
      announce(t('talk.takenBack'));
      onDone();
    } catch (caught) {
      setError(caught);
    }
    setBusy(false);
  };
  return (
    <>
      <Button kind="quiet" onClick={() => setOpen(true)}>
        {t('talk.takeBack')}
      </Button>
      <Dialog open={open} title={t('talk.takeBackTitle')} onClose={() => setOpen(false)}>
        {error && <Problem error={error} />}
        <p>{t('talk.takeBackText')}</p>
        <div class="dialog-actions">
          <Button kind="danger-solid" busy={busy} onClick={send}>
            {t('talk.takeBack')}
          </Button>
          <Button onClick={() => setOpen(false)}>{t('ui.cancel')}</Button>
        </div>
      </Dialog>
    </>
  );
}

/** What kind of thing was said, when it is no plain comment. @param {{item: Api.Comment}} props */
function Kind({ item }) {
  if (item.kind === 'answer')
    return (
      <Tag tone="success" icon="check">
        {t('talk.isAnswer')}
      </Tag>
    );
  if (item.kind !== 'question') return null;
  return (
    <Tag tone={item.waits ? 'warning' : 'neutral'} icon="message">
      {t(item.waits ? 'talk.isOpen' : 'talk.isQuestion', { role: item.asks_title ?? '' })}
    </Tag>
  );
}

/** @param {{number: string, item: Api.Comment, onDone: () => void}} props */
const Item = ({ number, item, onDone }) => (
  <li class="talk-item" data-kind={item.kind}>
    <p class="talk-head">
      <strong>{item.author}</strong>
      {item.author_title && <span class="muted small">{item.author_title}</span>}
      {item.expert && (
        <Tag tone="info" icon="user">
          {t('talk.expert')}
        </Tag>
      )}
      <Kind item={item} />
      <time class="muted small" dateTime={item.at}>
        {dateTime(item.at)}
      </time>
    </p>
    {item.text === null ? (
      <p class="muted small">{t('talk.gone', { at: dateTime(item.retracted_at) })}</p>
    ) : (
      <Said text={item.text} mentions={item.mentions} />
    )}
    {item.may_answer && <Answer question={item} onDone={onDone} />}
    {item.may_retract && <TakeBack number={number} item={item} onDone={onDone} />}
  </li>
);

/** Puts "@name " behind what is typed. @param {string} text @param {string} uid */
const withMention = (text, uid) => `${text}${text && !/\s$/.test(text) ? ' ' : ''}@${uid} `;

/** @param {{number: string, list: Api.CommentList, questions?: boolean, onDone: () => void}} props `questions`: the form of a draft, where a comment would reach nobody */
function Write({ number, list, questions, onDone }) {
  const label = t(questions ? 'talk.askLabel' : 'talk.label');
  const { text, type, fault, failed, busy, send } = useText(`comment ${number}`, label);
  /** @param {'comment' | 'question'} kind */
  const submit = async kind => {
    if (!(await send(api.comments(number), { kind }))) return document.getElementById('talk-text')?.focus();
    announce(t(kind === 'question' ? 'talk.asked' : 'talk.sent'));
    onDone();
  };
  const ask = t('talk.ask', { role: list.asks_title ?? '' });
  return (
    <div class="stack">
      {failed && <Problem error={failed} />}
      <TextArea
        id="talk-text"
        label={label}
        hint={questions ? t('talk.askHint', { role: list.asks_title ?? '' }) : t('talk.hint')}
        error={fault}
        rows={3}
        value={text}
        onInput={type}
      />
      {!questions && (
        <Combobox
          id="talk-mention"
          label={t('talk.mention')}
          optional
          chosen={null}
          clearAfter
          search={colleagues}
          onPick={item => item && type(withMention(text, item.value))}
        />
      )}
      <div class="row">
        {!questions && (
          <Button busy={busy} onClick={() => submit('comment')}>
            {t('talk.send')}
          </Button>
        )}
        {list.may_ask && (
          <Button busy={busy} onClick={() => submit('question')}>
            {ask}
          </Button>
        )}
      </div>
    </div>
  );
}

/** The latest page and the earlier ones that were asked for. @param {string} number */
function useComments(number) {
  const { data, error, reload } = useResource(api.comments(number));
  const last = /** @type {Api.CommentList | null} */ (data);
  const [earlier, setEarlier] = useState(/** @type {Api.CommentList | null} */ (null));
  const [failed, setFailed] = useState(/** @type {any} */ (null));
  const next = earlier ? earlier.next_cursor : last?.next_cursor;
  const more = async () => {
    setFailed(null);
    try {
      const { data: page } = await request('GET', api.comments(number, next ?? ''));
      setEarlier({ ...page, items: [...page.items, ...(earlier?.items ?? [])] });
    } catch (caught) {
      setFailed(caught);
    }
  };
  const again = () => {
    setEarlier(null); // the pages would no longer fit together
    return reload();
  };
  const items = [...(earlier?.items ?? []), ...(last?.items ?? [])];
  return { last, items, next, more, error: last ? failed : error, reload: again };
}

/**
 * What was said about an exception, newest last, and a place to say something.
 * @param {{number: string, questions?: boolean}} props `questions`: questions and answers only, beside the form of a request
 */
export function Comments({ number, questions }) {
  const { last, items, next, more, error, reload } = useComments(number);
  const shown = questions ? items.filter(item => item.kind !== 'comment') : items;
  return (
    <Card title={t(questions ? 'talk.askTitle' : 'talk.title')} class="card talk">
      <div class="stack">
        {error && <Problem error={error} what={t('talk.what')} onRetry={reload} />}
        {!last && !error && <Skeleton lines={3} />}
        {next && (
          <div class="more">
            <Button onClick={more}>{t('talk.earlier')}</Button>
          </div>
        )}
        {last && !shown.length && !questions && <p class="muted small">{t('talk.none')}</p>}
        {shown.length > 0 && (
          <ol class="talk-list">
            {shown.map(item => (
              <Item key={item.id} number={number} item={item} onDone={reload} />
            ))}
          </ol>
        )}
        {last && (!questions || last.may_ask) && (
          <div class="screen-only">
            <Write number={number} list={last} questions={questions} onDone={reload} />
          </div>
        )}
      </div>
    </Card>
  );
}
