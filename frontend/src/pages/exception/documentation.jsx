import { useState } from 'preact/hooks';
import { newKey, request } from '../../lib/http.js';
import { date, t } from '../../lib/i18n.js';
import { invalidate, put, useResource } from '../../lib/resource.js';
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
import { FieldOf } from '../request/FieldOf.jsx';
import { useRequest } from '../request/Frame.jsx';
import { faultWords } from '../request/faults.js';
import { byId, clean, fieldsOf } from '../request/model.js';

/** The term is a fact of the record and is not asked. */
const kept = new Set(['requested_from', 'requested_until']);

/** @param {{x: Api.Exception, procedure: Api.Procedure}} props */
function Form({ x, procedure }) {
  const [content, setContent] = useState(/** @type {Api.Content} */ (x.content ?? {}));
  const [error, setError] = useState(/** @type {any} */ (null));
  const [run, setRun] = useState(0);
  const [busy, setBusy] = useState(false);
  const [key, setKey] = useState(newKey);
  const { data } = useResource(content.document ? api.document(content.document) : null);
  const document = /** @type {Api.Document | null} */ (content.document ? data : null);
  const faults = faultWords(error?.errors ?? [], procedure);
  const form = {
    content,
    set: (/** @type {string} */ name, /** @type {any} */ value) => setContent(c => ({ ...c, [name]: value })),
    errors: byId(faults),
    procedure,
    document,
    exception: x,
  };
  /** @param {Event} event */
  const save = async event => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      const { data: done, etag } = await request('POST', api.documentation(x.number), {
        body: { content: clean(content) },
        etag: x.etag,
        key,
      });
      put(api.exception(x.number), done, etag);
      for (const prefix of ['/exceptions?', '/exceptions/count', '/dashboard']) invalidate(prefix);
      navigate(to.exception(x.number), { replace: true });
    } catch (caught) {
      setError(caught);
      setKey(newKey());
      setRun(run + 1);
      setBusy(false);
    }
  };
  return (
    <form class="stack-lg" noValidate onSubmit={save}>
      <ErrorSummary run={run} errors={faults} />
      {error && !error.errors?.length && <Problem error={error} what={t('documentation.save')} />}
      <Banner tone="info" live={false} title={t('documentation.kept')}>
        <p>
          {x.effective_on && x.expires_on
            ? t('documentation.term', { from: date(x.effective_on), until: date(x.expires_on) })
            : t('documentation.outcome')}
        </p>
      </Banner>
      {procedure.form.sections.map(section => {
        const fields = fieldsOf(section, procedure).filter(field => !kept.has(field.key));
        return fields.length ? (
          <Card key={section.key} title={section.title}>
            <div class="stack-lg">
              {fields.map(field => (
                <FieldOf key={field.key} field={field} form={form} />
              ))}
            </div>
          </Card>
        ) : null;
      })}
      <div class="row">
        <Button type="submit" kind="primary" busy={busy}>
          {t('documentation.save')}
        </Button>
        <ButtonLink href={to.exception(x.number)} kind="quiet">
          {t('ui.cancel')}
        </ButtonLink>
      </div>
    </form>
  );
}

/** An imported exception gets what its procedure asks for (M-28). @param {{params: Record<string, string>}} props */
export default function Documentation({ params }) {
  const { number, x, procedure, got, form } = useRequest(params.number);
  const error = got.error ?? form.error;
  if (got.error?.status === 404) return <NotFound what={number} />;
  return (
    <div class="narrow">
      <PageHead
        title={t('documentation.title')}
        over={<span class="mono">{number}</span>}
        sub={x?.title}
        back={{ href: to.exception(number), label: t('documentation.back') }}
      />
      {error && <Problem error={error} what={number} onRetry={got.reload} />}
      {x && !x.may_document && (
        <Card>
          <EmptyState icon="lock" title={t('documentation.closed')} text={t('documentation.closedText')} />
        </Card>
      )}
      {x?.may_document && procedure && <Form x={x} procedure={procedure} />}
      {!error && (!x || !procedure) && <Skeleton lines={10} />}
    </div>
  );
}
