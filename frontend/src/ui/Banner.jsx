import { Icon } from './Icon.jsx';

const icons = /** @type {Record<string, string>} */ ({
  info: 'info',
  success: 'checks',
  warning: 'alert',
  danger: 'alert',
});

/**
 * A message in the place it is about. Success and warnings are told politely, danger at once.
 * @param {{tone: 'info' | 'success' | 'warning' | 'danger', title?: string, children?: any, live?: boolean}} props
 */
export function Banner({ tone, title, children, live = true }) {
  const role = live ? (tone === 'danger' ? 'alert' : 'status') : undefined;
  return (
    <div class="banner" data-tone={tone} role={role}>
      <Icon name={icons[tone]} size={20} />
      <div class="banner-body">
        {title && <p class="banner-title">{title}</p>}
        {children}
      </div>
    </div>
  );
}
