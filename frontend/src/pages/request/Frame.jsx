import { useRef } from 'preact/hooks';
import { allowed, refusal } from '../../domain/status.js';
import { t } from '../../lib/i18n.js';
import { useResource } from '../../lib/resource.js';
import { api, to } from '../../paths.js';
import { ButtonLink } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { EmptyState } from '../../ui/EmptyState.jsx';
import { PageHead } from '../../ui/PageHead.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';
import { NotFound } from '../errors.jsx';

/** A draft, what came back, or the next part of the form. @param {Api.Exception} x */
const isOpen = x => allowed(x, 'edit');

/** A request and its procedure. What the form begins with is read once: later answers must not overwrite what is typed. @param {string} number */
export function useRequest(number) {
  const got = useResource(api.exception(number));
  const x = /** @type {Api.Exception | null} */ (got.data);
  const form = useResource(x ? api.procedure(x.procedure_key, x.procedure_version) : null);
  const first = useRef(/** @type {Api.Exception | null} */ (null));
  // in this very render: the draft that the page before held goes over to this one
  if (x && !first.current && !got.loading) first.current = { ...x, etag: got.etag || x.etag };
  return { number, x: first.current, procedure: /** @type {Api.Procedure | null} */ (form.data), got, form };
}

/** It was sent meanwhile, or it belongs to somebody else. @param {{x: Api.Exception}} props */
export const Closed = ({ x }) => (
  <Card>
    <EmptyState icon="lock" title={t('request.closed')} text={refusal(x, 'edit') || t('request.closedText')}>
      <ButtonLink kind="primary" href={to.exception(x.number)}>
        {t('request.see', { number: x.number })}
      </ButtonLink>
    </EmptyState>
  </Card>
);

/**
 * The page around a request that is being written: its heading, what failed, and the form once both are there.
 * @param {{request: ReturnType<typeof useRequest>, title?: string, sub?: any, back: {href: string, label: string},
 *   children: (x: Api.Exception, procedure: Api.Procedure) => any}} props
 */
export function Frame({ request, title = t('request.title'), sub, back, children }) {
  const { number, x, procedure, got, form } = request;
  if (got.error?.status === 404) return <NotFound what={number} />;
  return (
    <div class="request-page">
      <PageHead title={title} over={<span class="mono">{number}</span>} sub={sub} back={back} />
      {got.error && <Problem error={got.error} what={number} onRetry={got.reload} />}
      {form.error && <Problem error={form.error} what={t('request.title')} onRetry={form.reload} />}
      {x && !isOpen(x) && <Closed x={x} />}
      {x && isOpen(x) && procedure && children(x, procedure)}
      {!got.error && !form.error && (!x || !procedure) && (
        <Card>
          <Skeleton lines={10} />
        </Card>
      )}
    </div>
  );
}
