import { useEffect, useState } from 'preact/hooks';
import { latestDecision } from '../../domain/events.js';
import { allowed, refusal } from '../../domain/status.js';
import { focusField } from '../../lib/a11y.js';
import { dateTime, t } from '../../lib/i18n.js';
import { useResource } from '../../lib/resource.js';
import { navigate } from '../../lib/router.jsx';
import { api, to } from '../../paths.js';
import { Banner } from '../../ui/Banner.jsx';
import { Button, ButtonLink } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { EmptyState } from '../../ui/EmptyState.jsx';
import { ErrorSummary } from '../../ui/ErrorSummary.jsx';
import { PageHead } from '../../ui/PageHead.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';
import { NotFound } from '../errors.jsx';
import { Aside } from './Aside.jsx';
import { Conflict } from './Conflict.jsx';
import { Discard } from './Discard.jsx';
import { FieldOf } from './FieldOf.jsx';
import { faultWords } from './faults.js';
import { byId, clean } from './model.js';
import { useDraft } from './useDraft.js';

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

/** @param {{x: Api.Exception, procedure: Api.Procedure}} props */
function Form({ x, procedure }) {
  const { content, set, replace, draft, faults } = useDraft(x);
  const { data } = useResource(content.document ? api.document(content.document) : null);
  const document = /** @type {Api.Document | null} */ (content.document ? data : null);
  const [tried, setTried] = useState(0);
  const [busy, setBusy] = useState(false);
  const state = draft.state.value;
  const refused = state.phase === 'refused' ? (state.error?.errors ?? []) : [];
  const shown = faultWords([...refused, ...(tried ? faults : [])], procedure);
  const form = { content, set, errors: byId(shown), procedure, document, exception: x };
  const keys = procedure.form.sections.flatMap(section => section.fields.map(field => field.key));

  useEffect(() => {
    if (location.hash.length > 1)
      setTimeout(() => focusField(decodeURIComponent(location.hash.slice(1))), 60);
  }, []);

  /** @param {Event} event */
  const next = async event => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    if (!draft.state.peek().savedAt) draft.change(clean(content));
    await draft.flush();
    setBusy(false);
    setTried(tried + 1);
    const phase = draft.state.peek().phase;
    if (phase === 'saved' || phase === 'clean') setWanted(true);
  };
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    if (!wanted) return;
    setWanted(false);
    if (!faults.length) navigate(to.check(x.number));
  }, [wanted, faults]);

  return (
    <form class="request" noValidate onSubmit={next}>
      <div class="request-main stack-lg">
        <ErrorSummary run={tried} errors={shown} />
        <Returned x={x} />
        {state.phase === 'conflict' && (
          <Conflict
            number={x.number}
            mine={content}
            error={state.error}
            procedure={procedure}
            onMine={etag => draft.keepMine(etag)}
            onTheirs={theirs => {
              replace(theirs.content ?? {});
              draft.takeTheirs(theirs.etag ?? '');
            }}
          />
        )}
        {procedure.form.sections.map((section, i) => (
          <Card
            key={section.key}
            id={`section-${section.key}`}
            title={t('request.section', { n: i + 1, title: section.title })}
          >
            <div class="stack-lg">
              {section.fields
                .filter(field => field.key !== 'controls_none_reason' || !keys.includes('controls'))
                .map(field => (
                  <FieldOf key={field.key} field={field} form={form} />
                ))}
            </div>
          </Card>
        ))}
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
      <Aside
        x={x}
        procedure={procedure}
        state={state}
        missing={faults.length}
        saved={Boolean(state.savedAt)}
      />
    </form>
  );
}

/** @param {{params: Record<string, string>}} props */
export default function RequestForm({ params }) {
  const got = useResource(api.exception(params.number));
  const x = /** @type {Api.Exception | null} */ (got.data);
  const { data, error, reload } = useResource(x ? api.procedure(x.procedure_key) : null);
  const procedure = /** @type {Api.Procedure | null} */ (data);
  const [first, setFirst] = useState(/** @type {Api.Exception | null} */ (null)); // later answers must not overwrite what is typed
  if (x && !first && !got.loading) setFirst({ ...x, etag: got.etag || x.etag });
  if (got.error?.status === 404) return <NotFound what={params.number} />;
  const open =
    first &&
    (first.status === 'draft' || first.status === 'returned') &&
    (first.allowed_actions?.length ? allowed(first, 'edit') : true);
  return (
    <div class="request-page">
      <PageHead
        title={procedure?.title ?? t('request.title')}
        over={<span class="mono">{params.number}</span>}
        sub={t('request.sub')}
        back={{ href: to.home(), label: t('nav.home') }}
      />
      {got.error && <Problem error={got.error} what={params.number} onRetry={got.reload} />}
      {error && <Problem error={error} what={t('request.title')} onRetry={reload} />}
      {first && !open && (
        <Card>
          <EmptyState
            icon="lock"
            title={t('request.closed')}
            text={refusal(first, 'edit') || t('request.closedText')}
          >
            <ButtonLink kind="primary" href={to.exception(params.number)}>
              {t('request.see', { number: params.number })}
            </ButtonLink>
          </EmptyState>
        </Card>
      )}
      {first && open && procedure && <Form x={first} procedure={procedure} />}
      {!got.error && !error && (!first || !procedure) && (
        <Card>
          <Skeleton lines={10} />
        </Card>
      )}
    </div>
  );
}
