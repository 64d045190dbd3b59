import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n.js';
import { useResource } from '../../lib/resource.js';
import { navigate } from '../../lib/router.jsx';
import { api, to } from '../../paths.js';
import { Button, ButtonLink } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { ErrorSummary } from '../../ui/ErrorSummary.jsx';
import { Attachments } from '../exception/Attachments.jsx';
import { Aside, Sections } from './Aside.jsx';
import { Discard } from './Discard.jsx';
import { FieldOf } from './FieldOf.jsx';
import { Frame, useRequest } from './Frame.jsx';
import { faultWords } from './faults.js';
import { byId, fieldsOf, lockOf } from './model.js';
import { Notices } from './Notices.jsx';
import { useOverlap } from './Overlap.jsx';
import { lockWords, TaskList } from './TaskList.jsx';
import { useDraft } from './useDraft.js';
import { useHashField } from './useHashField.js';

/** The whole form on one page. @param {{x: Api.Exception, procedure: Api.Procedure}} props */
function OnePage({ x, procedure }) {
  const open = useDraft(x);
  const { content, set, draft } = open;
  const { owed: second } = useOverlap(x, content);
  const faults = [...open.faults.filter(fault => fault.pointer !== second[0]?.pointer), ...second];
  const { data } = useResource(content.document ? api.document(content.document) : null);
  const document = /** @type {Api.Document | null} */ (content.document ? data : null);
  const [tried, setTried] = useState(0);
  const [busy, setBusy] = useState(false);
  const state = draft.state.value;
  const refused = state.phase === 'refused' ? (state.error?.errors ?? []) : [];
  const shown = faultWords([...refused, ...(tried ? faults : [])], procedure);
  const form = { content, set, errors: byId(shown), procedure, document, exception: x };
  useHashField();

  /** @param {Event} event */
  const next = async event => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const owed = await open.settle();
    setBusy(false);
    setTried(tried + 1);
    if (owed && !owed.length && !second.length) navigate(to.check(x.number));
  };

  return (
    <form class="request" noValidate onSubmit={next}>
      <div class="request-main stack-lg">
        <ErrorSummary run={tried} errors={shown} />
        <Notices x={x} procedure={procedure} open={open} errors={form.errors} />
        {procedure.form.sections.map((section, i) => {
          const lock = lockOf(section, procedure, x.form_stage);
          return (
            <Card
              key={section.key}
              id={`section-${section.key}`}
              title={t('request.section', { n: i + 1, title: section.title })}
            >
              {lock ? (
                <p class="hint">{lockWords(lock)}</p>
              ) : (
                <div class="stack-lg">
                  {fieldsOf(section, procedure).map(field => (
                    <FieldOf key={field.key} field={field} form={form} />
                  ))}
                </div>
              )}
            </Card>
          );
        })}
        <Attachments number={x.number} />
        <div class="row">
          <Button type="submit" kind="primary" busy={busy}>
            {t('request.continue')}
          </Button>
          <ButtonLink href={to.home()} kind="quiet">
            {t('request.later')}
          </ButtonLink>
          <Discard x={x} flush={() => draft.flush()} etag={() => draft.etag} />
        </div>
      </div>
      <Aside x={x} state={state}>
        {state.savedAt && (
          <p class="small muted">
            {faults.length ? t('request.missing', { n: faults.length }) : t('request.complete')}
          </p>
        )}
        <Sections procedure={procedure} />
      </Aside>
    </form>
  );
}

/** A request being written, in the layout its procedure asks for. @param {{params: Record<string, string>}} props */
export default function RequestForm({ params }) {
  const request = useRequest(params.number);
  const { procedure } = request;
  const Form = procedure?.layout === 'task_list' ? TaskList : OnePage;
  return (
    <Frame
      request={request}
      title={procedure?.title}
      sub={t(procedure?.layout === 'task_list' ? 'tasks.sub' : 'request.sub')}
      back={{ href: to.home(), label: t('nav.home') }}
    >
      {(x, form) => <Form x={x} procedure={form} />}
    </Frame>
  );
}
