import { t } from '../lib/i18n.js';
import { useTitle } from '../lib/router.jsx';
import { Icon } from './Icon.jsx';

/**
 * The heading of a page: where one came from, the name, one line below, and what can be done.
 * @param {{title: string, tab?: string, over?: any, sub?: any, back?: {href: string, label: string}, actions?: any}} props
 */
export function PageHead({ title, tab, over, sub, back, actions }) {
  useTitle(t('ui.tab', { title: tab ?? title }));
  return (
    <div class="page-head">
      {back && (
        <a class="back-link" href={back.href}>
          <Icon name="back" size={14} />
          {back.label}
        </a>
      )}
      <div class="page-head-row">
        <div class="page-head-words">
          {over && <div class="page-over">{over}</div>}
          <h1>{title}</h1>
          {sub && <div class="page-sub">{sub}</div>}
        </div>
        {actions && <div class="page-actions">{actions}</div>}
      </div>
    </div>
  );
}
