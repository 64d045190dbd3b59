import { useEffect, useState } from 'preact/hooks';
import { allowed } from '../../domain/status.js';
import { newKey, request } from '../../lib/http.js';
import { t } from '../../lib/i18n.js';
import { invalidate, put, useResource } from '../../lib/resource.js';
import { navigate } from '../../lib/router.jsx';
import { refresh } from '../../lib/session.js';
import { api, to } from '../../paths.js';
import { Banner } from '../../ui/Banner.jsx';
import { Button, ButtonLink } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { ErrorSummary } from '../../ui/ErrorSummary.jsx';
import { PageHead } from '../../ui/PageHead.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';
import { SummaryList } from '../../ui/SummaryList.jsx';
import { NotFound } from '../errors.jsx';
import { Attachments } from '../exception/Attachments.jsx';
import { useUnitNames } from '../exception/FormAnswers.jsx';
import { answer } from '../shared/answers.jsx';
import { Closed } from './Frame.jsx';
import { faultWords } from './faults.js';
import { byId, errorsUnder, fieldsOf, lockOf, placeOf } from './model.js';
import { dropDraft, heldDraft } from './useDraft.js';

/** @param {Api.Exception} x @param {Api.Procedure} procedure @param {Api.Document | null} document @param {Record<string, string>} unitNames */
const namesOf = (x, procedure, document, unitNames) => ({
  criteria: procedure.qualification,
  document: document?.title ?? x.document_title ?? undefined,
  clauses: document?.clauses.filter(clause => x.content?.clauses?.includes(clause.ref)) ?? x.clauses,
  asset: x.asset_name ?? undefined,
  unit: x.unit_name ?? unitNames[x.content?.unit ?? ''],
  unitNames,
  beneficiary: x.beneficiary,
});

/** @param {{x: Api.Exception, procedure: Api.Procedure}} props */
function Check({ x, procedure }) {
  const { data } = useResource(x.content?.document ? api.document(x.content.document) : null);
  const unitNames = useUnitNames([x.content?.unit ?? '', ...(x.content?.units ?? [])].filter(Boolean));
  const known = namesOf(x, procedure, /** @type {Api.Document | null} */ (data), unitNames);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {any} */ (null));
  const [run, setRun] = useState(0);
  const [key, setKey] = useState(newKey);
  const faults = faultWords(error?.errors?.length ? error.errors : x.faults, procedure);
  const errors = byId(faults);
  const unsaved = Boolean(heldDraft(x.number)?.draft.unsaved);
  const send = async () => {
    setBusy(true);
    setError(null);
    try {
      const action = x.request_state === 'returned' ? 'resubmit' : 'submit';
      const { data: sent, etag } = await request('POST', `${api.exception(x.number)}/steps`, {
        body: { action, declaration: true },
        etag: x.etag,
        key,
      });
      put(api.exception(x.number), sent, etag);
      dropDraft(x.number);
      for (const prefix of ['/home', '/exceptions?', '/exceptions/count']) invalidate(prefix);
      refresh(true);
      navigate(to.sent(x.number), { replace: true });
    } catch (caught) {
      setError(caught);
      setRun(run + 1);
      setKey(newKey());
      setBusy(false);
    }
  };
  return (
    <div class="stack-lg">
      <ErrorSummary
        run={run}
        title={t('check.missing')}
        errors={faults.map(fault => ({
          ...fault,
          href: placeOf(x.number, procedure, fault.field, fault.id, 'check'),
        }))}
      />
      {unsaved && (
        <Banner tone="warning" title={t('check.unsaved')}>
          <p>{t('check.unsavedText')}</p>
        </Banner>
      )}
      {error && !error.errors?.length && <Problem error={error} what={t('check.send')} />}
      {procedure.form.sections
        .filter(section => !lockOf(section, procedure, x.form_stage))
        .map(section => (
          <Card key={section.key} title={section.title}>
            <SummaryList
              rows={fieldsOf(section, procedure).map(field => {
                const mine = errorsUnder(errors, field.key);
                return {
                  key: field.key,
                  label: field.label,
                  value: answer(field, x.content ?? {}, known),
                  wide: field.kind === 'risk',
                  href: placeOf(x.number, procedure, field.key, mine[0], 'check'),
                  missing: mine.map(id => errors[id]).join(' '),
                };
              })}
            />
          </Card>
        ))}
      <Attachments number={x.number} listOnly />
      {x.content?.overlap_reason && (
        <Card title={t('overlap.second')}>
          <p class="prose">{x.content.overlap_reason}</p>
        </Card>
      )}
      <Card title={t('check.declaration')}>
        <p class="prose">{procedure.declaration}</p>
        <div class="row declaration-send">
          <Button kind="primary" busy={busy} reason={unsaved ? t('check.unsaved') : null} onClick={send}>
            {t(busy ? 'check.sending' : 'check.send')}
          </Button>
          <ButtonLink href={to.request(x.number)} kind="quiet">
            {t(procedure.layout === 'task_list' ? 'tasks.all' : 'check.back')}
          </ButtonLink>
        </div>
      </Card>
    </div>
  );
}

/** All answers once more, each with a way back to it, then Send. @param {{params: Record<string, string>}} props */
export default function CheckAnswers({ params }) {
  const got = useResource(api.exception(params.number));
  const x = /** @type {Api.Exception | null} */ (got.data);
  const { data, error } = useResource(x ? api.procedure(x.procedure_key, x.procedure_version) : null);
  const procedure = /** @type {Api.Procedure | null} */ (data);
  const open = x && allowed(x, 'edit');
  const phase = heldDraft(params.number)?.draft.state.value.phase;
  useEffect(() => {
    if (phase === 'saved') got.reload(); // what was still on its way has arrived
  }, [phase]);
  if (got.error?.status === 404) return <NotFound what={params.number} />;
  return (
    <div class="narrow centered">
      <PageHead
        title={t('check.title')}
        over={<span class="mono">{params.number}</span>}
        sub={t(x?.stage ? 'check.subPart' : 'check.sub')}
        back={{
          href: to.request(params.number),
          label: t(procedure?.layout === 'task_list' ? 'tasks.all' : 'check.back'),
        }}
      />
      {(got.error || error) && (
        <Problem error={got.error ?? error} what={params.number} onRetry={got.reload} />
      )}
      {x && !open && <Closed x={x} />}
      {x && open && procedure && !got.loading && (
        <Check x={{ ...x, etag: got.etag || x.etag }} procedure={procedure} />
      )}
      {!got.error && (!x || (open && (!procedure || got.loading))) && <Skeleton lines={12} />}
    </div>
  );
}
