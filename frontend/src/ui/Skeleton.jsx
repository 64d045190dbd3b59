import { t } from '../lib/i18n.js';

/** Lines in the place of what is on its way; the style shows them only after 200 ms. @param {{lines?: number}} props */
export const Skeleton = ({ lines = 6 }) => (
  <div class="skeleton" role="status">
    <span class="hidden">{t('ui.loading')}</span>
    {Array.from({ length: lines }, (_, i) => (
      <span key={i} class="skeleton-line" data-width={(i * 7) % 4} />
    ))}
  </div>
);
