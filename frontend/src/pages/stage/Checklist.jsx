import { useState } from 'preact/hooks';
import { progressOf, recordsOf, topicsLeft } from '../../domain/stage.js';
import { t } from '../../lib/i18n.js';
import { api } from '../../paths.js';
import { Button } from '../../ui/Button.jsx';
import { Icon } from '../../ui/Icon.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Tag } from '../../ui/Tag.jsx';
import { CopyDialog, RecordDialog } from './RecordDialog.jsx';
import { RecordText } from './Records.jsx';
import { useAct } from './useAct.js';

const looks = /** @type {Record<string, {tone: string, icon: string}>} */ ({
  optional: { tone: 'neutral', icon: 'circle' },
  needed: { tone: 'warning', icon: 'clock' },
  part: { tone: 'info', icon: 'clock' },
  done: { tone: 'success', icon: 'check' },
});

/** The topics of the meetings: ticked once one of them covered it. @param {{owed: Api.RecordOwed, left: string[]}} props */
const Topics = ({ owed, left }) => (
  <ul class="topics" aria-label={t('records.topics')}>
    {owed.topics.map(topic => {
      const open = left.includes(topic);
      return (
        <li key={topic} data-open={open || undefined}>
          <Icon name={open ? 'circle' : 'check'} size={14} />
          {topic}
          <span class="hidden"> {t(open ? 'records.topicOpen' : 'records.topicDone')}</span>
        </li>
      );
    })}
  </ul>
);

/** @param {{x: Api.Exception, owed: Api.RecordOwed, may: boolean, onSaid: (words: string) => void}} props */
function Item({ x, owed, may, onSaid }) {
  const [open, setOpen] = useState(false);
  const act = useAct(x.number);
  const records = recordsOf(x, owed.record);
  const left = topicsLeft(x, owed);
  const state = progressOf(owed);
  const isCheck = owed.kind === 'check';
  const isCopy = owed.kind === 'copy';
  const words = isCheck ? 'tick' : isCopy ? (owed.have ? 'again' : 'copy') : owed.have ? 'more' : 'record';
  const done = () => {
    setOpen(false);
    onSaid(t(`records.said.${isCheck || isCopy ? owed.kind : 'text'}`, { what: owed.label }));
  };
  const tick = async () => {
    if (await act.send(`${api.exception(x.number)}/records`, { record: owed.record })) done();
  };
  return (
    <li class="check" data-state={state}>
      <div class="check-head">
        <h4>{owed.label}</h4>
        <Tag {...looks[state]}>
          {state === 'part' && !owed.topics.length
            ? t('records.count', { n: owed.have, of: owed.least })
            : t(`records.state.${state}`)}
        </Tag>
      </div>
      {owed.hint && state !== 'done' && <p class="hint">{owed.hint}</p>}
      {owed.topics.length > 0 && <Topics owed={owed} left={left} />}
      {records.map(record => (
        <RecordText key={record.id} record={record} />
      ))}
      {act.error && <Problem error={act.error} what={owed.label} />}
      {may && !(isCheck && owed.have > 0) && (
        <div>
          <Button
            icon={isCheck ? 'check' : isCopy ? 'message' : 'plus'}
            busy={act.busy}
            onClick={isCheck ? tick : () => setOpen(true)}
          >
            {t(`records.act.${words}`)}
            <span class="hidden"> {owed.label}</span>
          </Button>
        </div>
      )}
      {open &&
        (isCopy ? (
          <CopyDialog x={x} owed={owed} onClose={() => setOpen(false)} onDone={done} />
        ) : (
          <RecordDialog x={x} owed={owed} left={left} onClose={() => setOpen(false)} onDone={done} />
        ))}
    </li>
  );
}

/** What the stage asks to be recorded, and how much of it is there. @param {{x: Api.Exception, may: boolean, onSaid: (words: string) => void}} props */
export function Checklist({ x, may, onSaid }) {
  const records = x.stage?.records ?? [];
  if (!records.length) return null;
  const owed = records.filter(item => item.least > 0);
  return (
    <div class="stack-sm">
      <p class="muted small">
        {t('records.progress', { n: owed.filter(item => item.complete).length, of: owed.length })}
      </p>
      <ul class="checklist">
        {records.map(item => (
          <Item key={item.record} x={x} owed={item} may={may} onSaid={onSaid} />
        ))}
      </ul>
    </div>
  );
}
