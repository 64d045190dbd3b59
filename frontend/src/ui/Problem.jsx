import { useEffect, useState } from 'preact/hooks';
import { has, t, word } from '../lib/i18n.js';
import { Banner } from './Banner.jsx';
import { Button } from './Button.jsx';

/** The words for a failure: the server's own first, ours when it sent none. @param {any} error */
export function wordsOf(error) {
  const own = [error.kind, `s${error.status}`, error.status >= 500 ? 's5xx' : 'other'].find(key =>
    has(`problem.${key}.title`),
  );
  return {
    title: t(`problem.${own}.title`),
    text: error.detail || t(`problem.${own}.text`, { n: error.retryAfter || 30 }),
    reference: error.requestId,
  };
}

/** The filters that the server refused, each with its reason: nothing to try again, something to correct. @param {{errors: {pointer: string, detail: string}[]}} props */
const Filters = ({ errors }) => (
  <Banner tone="warning" title={t('problem.filters')}>
    <ul class="fault-list">
      {errors.map(({ pointer, detail }) => (
        <li key={pointer}>{t('problem.fault', { label: word('filters', pointer.slice(1)), detail })}</li>
      ))}
    </ul>
  </Banner>
);

/**
 * What went wrong, what to do, and the reference for the people who help.
 * @param {{error: any, what?: string, onRetry?: () => void, tone?: 'danger' | 'warning'}} props `what` names what failed
 */
export function Problem({ error, what, onRetry, tone = 'danger' }) {
  const { title, text, reference } = wordsOf(error);
  const [left, setLeft] = useState(error.status === 429 ? error.retryAfter || 30 : 0);
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  if (error.errors?.length && error.errors.every((/** @type {any} */ item) => item.pointer.startsWith('?'))) {
    return <Filters errors={error.errors} />;
  }
  return (
    <Banner tone={tone} title={what ? t('problem.failed', { what }) : title}>
      {what && <p>{title}.</p>}
      <p>{text}</p>
      {reference && <p class="reference">{t('problem.reference', { id: reference })}</p>}
      {onRetry && (
        <Button onClick={onRetry} reason={left > 0 ? t('problem.wait', { n: left }) : null}>
          {left > 0 ? t('problem.retryIn', { n: left }) : t('ui.retry')}
        </Button>
      )}
    </Banner>
  );
}
