import { useLayoutEffect, useRef } from 'preact/hooks';
import { focusField } from '../lib/a11y.js';
import { t } from '../lib/i18n.js';
import { Icon } from './Icon.jsx';

/**
 * All errors of a form at once; takes the focus when it appears and each time `run` grows. An error with an `href` is on another page.
 * @param {{errors: {id: string, text: string, href?: string}[], title?: string, run?: number}} props
 */
export function ErrorSummary({ errors, title = t('ui.errorSummary'), run = 0 }) {
  const ref = useRef(/** @type {HTMLDivElement | null} */ (null));
  const count = errors.length;
  useLayoutEffect(() => {
    if (!count) return;
    ref.current?.focus();
    ref.current?.scrollIntoView({ block: 'nearest' });
    const before = document.title;
    document.title = `${t('ui.errorPrefix')} ${before.replace(`${t('ui.errorPrefix')} `, '')}`;
    return () => {
      document.title = before;
    };
  }, [count, run]);
  if (!count) return null;
  return (
    <div class="banner" data-tone="danger" role="alert" tabIndex={-1} ref={ref}>
      <Icon name="alert" size={20} />
      <div class="banner-body">
        <h2 class="banner-title">{title}</h2>
        <ul class="error-list">
          {errors.map(error => (
            <li key={error.id + error.text}>
              <a
                href={error.href ?? `#${error.id}`}
                onClick={event => {
                  if (error.href) return;
                  event.preventDefault();
                  focusField(error.id);
                }}
              >
                {error.text}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
