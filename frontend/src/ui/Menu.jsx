import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { newId } from '../lib/a11y.js';
import { Icon } from './Icon.jsx';

/**
 * A button that opens a panel below it; Escape, a click elsewhere or moving on closes it.
 * @param {{label?: string, icon?: string, text?: any, kind?: string, align?: 'start' | 'end', chevron?: boolean, children: (close: () => void) => any}} props
 */
export function Menu({ label, icon, text, kind, align = 'end', chevron = true, children }) {
  const [open, setOpen] = useState(false);
  const id = useMemo(() => newId('menu'), []);
  const ref = useRef(/** @type {HTMLDivElement | null} */ (null));
  const close = () => {
    setOpen(false);
    ref.current?.querySelector('button')?.focus();
  };
  useEffect(() => {
    if (!open) return;
    /** @param {Event} event */
    const away = event => {
      if (!ref.current?.contains(/** @type {Node} */ (event.target))) setOpen(false);
    };
    document.addEventListener('pointerdown', away);
    document.addEventListener('focusin', away);
    return () => {
      document.removeEventListener('pointerdown', away);
      document.removeEventListener('focusin', away);
    };
  }, [open]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape anywhere inside closes the panel
    <div
      class="menu"
      ref={ref}
      onKeyDown={event => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        close();
      }}
    >
      <button
        type="button"
        class="button"
        data-kind={kind}
        aria-label={label}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {icon && <Icon name={icon} />}
        {text}
        {chevron && <Icon name="chevron" size={14} />}
      </button>
      <div class="menu-panel" id={id} data-align={align} hidden={!open}>
        {open && children(close)}
      </div>
    </div>
  );
}
