import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { newId } from '../lib/a11y.js';
import { t } from '../lib/i18n.js';
import { Icon } from './Icon.jsx';

/**
 * A modal dialog. `onClose` undefined: it cannot be closed. `focus` is the id of what takes the focus, else the heading.
 * @param {{open: boolean, title: string, onClose?: () => void, wide?: boolean, focus?: string, children: any}} props
 */
export function Dialog({ open, title, onClose, wide, focus, children }) {
  const ref = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const id = useMemo(() => newId('dialog'), []);
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (open && !dialog.open) {
      dialog.showModal();
      document.getElementById(focus ?? id)?.focus();
    }
    if (!open && dialog.open) dialog.close();
  }, [open]);
  return (
    <dialog
      ref={ref}
      class="dialog"
      data-wide={wide || undefined}
      aria-labelledby={id}
      onCancel={event => {
        if (event.target !== ref.current) return;
        event.preventDefault();
        onClose?.();
      }}
      // close is queued by the browser: ignore the one of a dialog that was opened again meanwhile
      onClose={() => !ref.current?.open && open && onClose?.()}
    >
      {open && (
        <div class="dialog-body">
          <div class="dialog-head">
            <h2 id={id} tabIndex={-1}>
              {title}
            </h2>
            {onClose && (
              <button type="button" class="icon-button" aria-label={t('ui.close')} onClick={onClose}>
                <Icon name="close" size={18} />
              </button>
            )}
          </div>
          {children}
        </div>
      )}
    </dialog>
  );
}
