import { useEffect, useState } from 'preact/hooks';
import { t } from '../../lib/i18n.js';
import { useResource } from '../../lib/resource.js';
import { navigate } from '../../lib/router.jsx';
import { api, to } from '../../paths.js';
import { Banner } from '../../ui/Banner.jsx';
import { Button, ButtonLink } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { ErrorSummary } from '../../ui/ErrorSummary.jsx';
import { Icon } from '../../ui/Icon.jsx';
import { NotFound } from '../errors.jsx';
import { Aside } from './Aside.jsx';
import { FieldOf } from './FieldOf.jsx';
import { Frame, useRequest } from './Frame.jsx';
import { faultWords } from './faults.js';
import { byId, fieldsOf, placeOf, tasksOf } from './model.js';
import { Notices } from './Notices.jsx';
import { lockWords, marks } from './TaskList.jsx';
import { useDraft } from './useDraft.js';
import { useHashField } from './useHashField.js';

/** All tasks, each with where it stands as an icon. @param {{number: string, tasks: import('./model.js').Task[], current: string}} props */
const Tasks = ({ number, tasks, current }) => (
  <nav aria-label={t('tasks.title')}>
    <ol class="section-links task-links">
      {tasks.map(({ section, status }) => (
        <li key={section.key} data-status={status}>
          <Icon name={marks[status].icon} size={14} />
          {status === 'blocked' || status === 'locked' ? (
            <span class="muted">{section.title}</span>
          ) : (
            <a
              href={to.task(number, section.key)}
              aria-current={section.key === current ? 'page' : undefined}
            >
              {section.title}
            </a>
          )}
          <span class="hidden">{t(`tasks.status.${status}`)}</span>
        </li>
      ))}
    </ol>
  </nav>
);

/** It needs an answer of another task to make sense. @param {{number: string, procedure: Api.Procedure, first: NonNullable<import('./model.js').Task['first']>}} props */
const Waits = ({ number, procedure, first }) => (
  <Banner tone="info" title={t('tasks.status.blocked')} live={false}>
    <p>{t('tasks.first', { field: first.field.label, task: first.section.title })}</p>
    <p>
      <a href={placeOf(number, procedure, first.field.key)}>
        {t('tasks.goFirst', { field: first.field.label })}
      </a>
    </p>
  </Banner>
);

/** This part of the form opens with a stage that has not come yet. @param {{lock: NonNullable<import('./model.js').Task['lock']>}} props */
const Locked = ({ lock }) => (
  <Banner tone="info" title={t('tasks.status.locked')} live={false}>
    <p>{lockWords(lock)}</p>
    <p>{lock.stage.what}</p>
  </Banner>
);

/** @param {{x: Api.Exception, procedure: Api.Procedure, section: Api.Section, fromCheck: boolean}} props */
function Task({ x, procedure, section, fromCheck }) {
  const open = useDraft(x);
  const { content, set, draft } = open;
  const { data } = useResource(content.document ? api.document(content.document) : null);
  const document = /** @type {Api.Document | null} */ (content.document ? data : null);
  const [tried, setTried] = useState(0);
  const [busy, setBusy] = useState(false);
  const state = draft.state.value;
  const owed = faultWords(open.faults, procedure);
  const tasks = tasksOf(procedure, content, owed, x.form_stage);
  const task = tasks.find(item => item.section === section);
  const refused = state.phase === 'refused' ? faultWords(state.error?.errors ?? [], procedure) : [];
  // an error that led here stands at its field at once; the summary waits until Save is tried
  const mine = tried || fromCheck ? (task?.faults ?? []) : [];
  const summary = [...refused, ...(tried ? mine : [])].map(fault => {
    const here = section.fields.some(field => field.key === fault.field);
    return here ? fault : { ...fault, href: placeOf(x.number, procedure, fault.field, fault.id) };
  });
  const form = {
    content,
    set,
    errors: byId([...refused, ...mine]),
    procedure,
    document,
    exception: x,
  };
  useHashField();

  /** @param {Event} event */
  const next = async event => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const left = await open.settle();
    setBusy(false);
    setTried(tried + 1);
    if (!left) return;
    const keys = section.fields.map(field => field.key);
    if (faultWords(left, procedure).some(fault => keys.includes(fault.field ?? ''))) return;
    navigate(fromCheck ? to.check(x.number) : to.request(x.number));
  };

  if (task?.lock) return <Locked lock={task.lock} />;
  if (task?.first) return <Waits number={x.number} procedure={procedure} first={task.first} />;
  return (
    <form class="request" noValidate onSubmit={next}>
      <div class="request-main stack-lg">
        <ErrorSummary run={tried} errors={summary} />
        <Notices x={x} procedure={procedure} open={open} />
        <Card>
          <div class="stack-lg">
            {fieldsOf(section, procedure).map(field => (
              <FieldOf key={field.key} field={field} form={form} />
            ))}
          </div>
        </Card>
        <div class="row">
          <Button type="submit" kind="primary" busy={busy}>
            {t(fromCheck ? 'tasks.saveCheck' : 'tasks.save')}
          </Button>
          <ButtonLink href={to.request(x.number)} kind="quiet">
            {t('tasks.later')}
          </ButtonLink>
        </div>
      </div>
      <Aside state={state}>
        <Tasks number={x.number} tasks={tasks} current={section.key} />
      </Aside>
    </form>
  );
}

/** One section of the form, on a page of its own. @param {{params: Record<string, string>, search: string}} props */
export default function TaskPage({ params, search }) {
  const { number } = params;
  const request = useRequest(number);
  const { procedure } = request;
  const sections = procedure?.form.sections ?? [];
  const at = sections.findIndex(item => item.key === params.task);
  const fromCheck = new URLSearchParams(search).get('from') === 'check';
  const isOnePage = procedure && procedure.layout !== 'task_list';
  useEffect(() => {
    if (isOnePage) navigate(`${to.request(number)}${location.hash}`, { replace: true });
  }, [isOnePage]);
  if (procedure && at < 0) return <NotFound what={params.task} />;
  return (
    <Frame
      request={request}
      title={sections[at]?.title}
      sub={sections[at] && t('tasks.at', { n: at + 1, of: sections.length })}
      back={
        fromCheck
          ? { href: to.check(number), label: t('check.title') }
          : { href: to.request(number), label: t('tasks.all') }
      }
    >
      {(x, form) => <Task x={x} procedure={form} section={sections[at]} fromCheck={fromCheck} />}
    </Frame>
  );
}
