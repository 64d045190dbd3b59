import { t } from '../../lib/i18n.js';
import { to } from '../../paths.js';
import { Banner } from '../../ui/Banner.jsx';
import { ButtonLink } from '../../ui/Button.jsx';
import { ErrorSummary } from '../../ui/ErrorSummary.jsx';
import { Tag } from '../../ui/Tag.jsx';
import { Attachments } from '../exception/Attachments.jsx';
import { Aside } from './Aside.jsx';
import { Discard } from './Discard.jsx';
import { faultWords } from './faults.js';
import { byId, fieldsOf, placeOf, tasksOf } from './model.js';
import { Notices } from './Notices.jsx';
import { useOverlap } from './Overlap.jsx';
import { useDraft } from './useDraft.js';

/** How a status looks. */
export const marks = /** @type {Record<string, {tone: string, icon: string}>} */ ({
  todo: { tone: 'neutral', icon: 'circle' },
  progress: { tone: 'info', icon: 'clock' },
  done: { tone: 'success', icon: 'check' },
  optional: { tone: 'neutral', icon: 'circle' },
  blocked: { tone: 'neutral', icon: 'lock' },
  locked: { tone: 'neutral', icon: 'lock' },
});

/**
 * A task: its name leads to its page, unless it has to wait; below it what it asks, or what is still missing.
 * @param {{id: string, title: string, hint: string, status: string, href: string}} props
 */
const TaskRow = ({ id, title, hint, status, href }) => (
  <li class="task" data-status={status}>
    <div>
      {status === 'blocked' || status === 'locked' ? (
        <span class="task-name">{title}</span>
      ) : (
        <a class="task-name" href={href} aria-describedby={`${id}-hint ${id}-status`}>
          {title}
        </a>
      )}
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
    <p id={`${id}-status`}>
      <Tag tone={marks[status].tone} icon={marks[status].icon}>
        {t(`tasks.status.${status}`)}
      </Tag>
    </p>
  </li>
);

/** When a part of the form opens. @param {NonNullable<import('./model.js').Task['lock']>} lock */
export const lockWords = lock =>
  lock.after ? t('tasks.opens', { stage: lock.after }) : t('tasks.opensLater', { stage: lock.stage.title });

/** @param {import('./model.js').Task} task @param {Api.Procedure} procedure */
function hintOf({ section, status, faults, first, lock }, procedure) {
  if (lock) return lockWords(lock);
  if (first) return t('tasks.first', { field: first.field.label, task: first.section.title });
  const fields = fieldsOf(section, procedure);
  if (status !== 'progress') return fields.map(field => field.label).join(', ');
  const missing = fields.filter(field => faults.some(fault => fault.field === field.key));
  return t('tasks.missing', { fields: missing.map(field => field.label).join(', ') });
}

/** The form as a list of tasks, one page each, then all answers once more. @param {{x: Api.Exception, procedure: Api.Procedure}} props */
export function TaskList({ x, procedure }) {
  const open = useDraft(x);
  const { draft } = open;
  const state = draft.state.value;
  const { owed: second } = useOverlap(x, open.content);
  const kept = open.faults.filter(fault => fault.pointer !== second[0]?.pointer);
  const faults = faultWords([...kept, ...second], procedure);
  // nothing else is missing: the box above the tasks is open, and says so
  const onlySecond = faults.length > 0 && faults.every(fault => fault.id === 'overlap_reason');
  const blocked = onlySecond ? 'overlap.first' : 'tasks.checkFirst';
  const refused = state.phase === 'refused' ? faultWords(state.error?.errors ?? [], procedure) : [];
  const loose = faults.filter(fault => !fault.field && fault.id !== 'overlap_reason');
  const tasks = tasksOf(procedure, open.content, faults, x.form_stage);
  const next = tasks.find(task => task.status === 'todo' || task.status === 'progress');
  const started = tasks.some(task => task.status === 'done' || task.status === 'progress');
  return (
    <div class="request">
      <div class="request-main stack-lg">
        <ErrorSummary
          errors={refused.map(fault => ({
            ...fault,
            href: placeOf(x.number, procedure, fault.field, fault.id),
          }))}
        />
        <Notices x={x} procedure={procedure} open={open} errors={onlySecond ? byId(faults) : undefined} />
        {loose.length > 0 && (
          <Banner tone="warning" title={t('check.missing')} live={false}>
            {loose.map(fault => (
              <p key={fault.id}>{fault.text}</p>
            ))}
          </Banner>
        )}
        <section class="card" data-flush aria-labelledby="tasks-title">
          <div class="card-head">
            <h2 id="tasks-title">{t('tasks.title')}</h2>
            <p class="muted small">
              {t('tasks.count', {
                n: tasks.filter(task => task.status === 'done').length,
                of: tasks.filter(task => task.status !== 'optional' && task.status !== 'locked').length,
              })}
            </p>
          </div>
          <ol class="tasks">
            {tasks.map(task => (
              <TaskRow
                key={task.section.key}
                id={`task-${task.section.key}`}
                title={task.section.title}
                hint={hintOf(task, procedure)}
                status={task.status}
                href={to.task(x.number, task.section.key)}
              />
            ))}
            <TaskRow
              id="task-check"
              title={t('tasks.check')}
              hint={t(faults.length ? blocked : 'tasks.checkHint')}
              status={faults.length ? 'blocked' : 'todo'}
              href={to.check(x.number)}
            />
          </ol>
        </section>
        <Attachments number={x.number} />
        <div class="row">
          {next ? (
            <ButtonLink kind="primary" href={to.task(x.number, next.section.key)}>
              {t(started ? 'tasks.continue' : 'tasks.start', { title: next.section.title })}
            </ButtonLink>
          ) : (
            !faults.length && (
              <ButtonLink kind="primary" href={to.check(x.number)}>
                {t('request.continue')}
              </ButtonLink>
            )
          )}
          <ButtonLink href={to.home()} kind="quiet">
            {t('request.later')}
          </ButtonLink>
          <Discard x={x} flush={() => draft.flush()} etag={() => draft.etag} />
        </div>
      </div>
      <Aside x={x} state={state} />
    </div>
  );
}
