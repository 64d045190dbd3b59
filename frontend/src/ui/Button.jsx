import { useMemo } from 'preact/hooks';
import { newId } from '../lib/a11y.js';
import { Icon } from './Icon.jsx';

/** Words that appear on hover and focus of what they explain. @param {{id: string, children: any}} props */
export const Tip = ({ id, children }) => (
  <span class="tip" role="tooltip" id={id}>
    {children}
  </span>
);

/**
 * A button. One that may not be used stays visible and says why; one that works takes no second click.
 * @param {{kind?: 'primary' | 'danger' | 'danger-solid' | 'quiet', type?: 'button' | 'submit', icon?: string, kbd?: string, busy?: boolean, reason?: string | null,
 *   onClick?: (event: any) => void, children: any, [rest: string]: any}} props
 */
export function Button({ kind, type = 'button', icon, kbd, busy, reason, onClick, children, ...rest }) {
  const id = useMemo(() => newId('tip'), []);
  const off = Boolean(busy || reason);
  const button = (
    <button
      type={type}
      class="button"
      data-kind={kind}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      aria-describedby={reason ? id : undefined}
      aria-keyshortcuts={kbd}
      onClick={event => (off ? event.preventDefault() : onClick?.(event))}
      {...rest}
    >
      {icon && <Icon name={icon} />}
      {children}
      {kbd && (
        <span class="key" aria-hidden="true">
          {kbd}
        </span>
      )}
    </button>
  );
  if (!reason) return button;
  return (
    <span class="has-tip">
      {button}
      <Tip id={id}>{reason}</Tip>
    </span>
  );
}

/** A link that looks like a button. @param {{href: string, kind?: string, icon?: string, children: any, [rest: string]: any}} props */
export const ButtonLink = ({ href, kind, icon, children, ...rest }) => (
  <a class="button" data-kind={kind} href={href} {...rest}>
    {icon && <Icon name={icon} />}
    {children}
  </a>
);
