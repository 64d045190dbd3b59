import { useState } from 'preact/hooks';
import { dateTime, dayOf, t } from '../../lib/i18n.js';
import { me } from '../../lib/session.js';
import { api } from '../../paths.js';
import { Button } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { Dialog } from '../../ui/Dialog.jsx';
import { TextArea } from '../../ui/fields.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Tag } from '../../ui/Tag.jsx';
import { forget, keep, recall } from '../queue/texts.js';
import { sentence } from '../request/faults.js';
import { faultsOf, useAct } from '../stage/useAct.js';

/** @param {{x: Api.Exception, item: Api.WorkItem, part: 'plan' | 'solution', onClose: () => void, reload: () => void}} props */
function WorkDialog({ x, item, part, onClose, reload }) {
  const slot = `${x.number} work ${item.id} ${part}`;
  const [text, setText] = useState(recall(slot, { text: part === 'plan' ? (item.plan ?? '') : '' }).text);
  const [missing, setMissing] = useState('');
  const act = useAct(x.number);
  const label = () => t(`work.${part}`);
  const errors = faultsOf(act.error, [part], label, sentence);
  /** @param {Event} event */
  const send = async event => {
    event.preventDefault();
    setMissing(text?.trim() ? '' : t('form.missing', { label: label() }));
    if (!text?.trim()) return document.getElementById('work-text')?.focus();
    const path = `${api.exception(x.number)}/work-items/${item.id}`;
    if (!(await act.send(path, { row_version: item.row_version, [part]: text }))) return;
    forget(slot);
    onClose();
  };
  return (
    <Dialog open title={t(`work.title.${part}`, { what: item.title })} onClose={onClose} focus="work-text">
      <form class="stack" noValidate onSubmit={send}>
        {act.error && !errors[part] && (
          <Problem
            error={act.error}
            what={item.title}
            onRetry={act.error.status === 412 ? reload : undefined}
          />
        )}
        <p class="hint">{item.what}</p>
        <TextArea
          id="work-text"
          label={label()}
          hint={t(`work.hint.${part}`)}
          error={missing || errors[part]}
          value={text}
          onInput={next => {
            setText(next);
            keep(slot, { text: next });
          }}
        />
        <div class="dialog-actions">
          <Button type="submit" kind="primary" busy={act.busy}>
            {t(`work.send.${part}`)}
          </Button>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}

/** @param {{x: Api.Exception, item: Api.WorkItem, reload: () => void}} props */
function Item({ x, item, reload }) {
  const [part, setPart] = useState(/** @type {'plan' | 'solution' | ''} */ (''));
  const open = !item.closed_at;
  // the server knows for which units the role counts; it refuses what does not fit
  const mine = open && me.value?.roles.some(role => role.role === item.role);
  return (
    <li class="work-item">
      <div class="check-head">
        <h3>{item.title}</h3>
        <Tag tone={open ? (item.owner ? 'info' : 'warning') : 'success'} icon={open ? 'clock' : 'check'}>
          {t(`work.state.${open ? (item.owner ? 'taken' : 'open') : 'closed'}`)}
        </Tag>
      </div>
      <p class="hint">{item.what}</p>
      <dl class="pairs">
        <div>
          <dt>{t('work.role')}</dt>
          <dd>{item.owner ? `${item.owner}, ${item.role_title}` : item.role_title}</dd>
        </div>
        {item.plan && (
          <div>
            <dt>{t('work.plan')}</dt>
            <dd class="prose">{item.plan}</dd>
          </div>
        )}
        {item.solution && (
          <div>
            <dt>{t('work.solution')}</dt>
            <dd class="prose">{item.solution}</dd>
          </div>
        )}
      </dl>
      <p class="muted small">
        {item.closed_at
          ? t('work.closed', { name: item.closed_by ?? '', at: dateTime(item.closed_at) })
          : t('work.since', { date: dayOf(item.opened_at) })}
      </p>
      {mine && (
        <div class="row">
          <Button onClick={() => setPart('plan')}>
            {t(item.owner ? 'work.act.change' : 'work.act.take')}
            <span class="hidden"> {item.title}</span>
          </Button>
          <Button kind="primary" onClick={() => setPart('solution')}>
            {t('work.act.close')}
            <span class="hidden"> {item.title}</span>
          </Button>
        </div>
      )}
      {part && <WorkDialog x={x} item={item} part={part} onClose={() => setPart('')} reload={reload} />}
    </li>
  );
}

/** What stays to be done after the outcome (C-09, C-18). @param {{x: Api.Exception, reload: () => void}} props */
export function WorkItems({ x, reload }) {
  if (!x.work_items?.length) return null;
  return (
    <Card title={t('work.all')}>
      <ul class="checklist">
        {x.work_items.map(item => (
          <Item key={item.id} x={x} item={item} reload={reload} />
        ))}
      </ul>
    </Card>
  );
}
