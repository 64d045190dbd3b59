import { t } from '../lib/i18n.js';
import { Button } from './Button.jsx';

/** Back and forth over a list that only knows what comes next. @param {{label: string, text?: string, onPrevious?: () => void, onNext?: () => void, first?: boolean, children?: any}} props */
export function Pager({ label, text, onPrevious, onNext, first, children }) {
  return (
    <nav class="pager" aria-label={label}>
      <span class="pager-text">{text}</span>
      {children}
      <span class="pager-buttons">
        <Button icon="prev" onClick={onPrevious} reason={onPrevious ? null : t('ui.firstPage')}>
          {t(first ? 'ui.toFirst' : 'ui.previous')}
        </Button>
        <Button onClick={onNext} reason={onNext ? null : t('ui.lastPage')}>
          {t('ui.next')}
        </Button>
      </span>
    </nav>
  );
}
