import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../lib/i18n.js';
import { describedBy, Field } from './fields.jsx';
import { Icon } from './Icon.jsx';

/** @typedef {{value: string, label: string, note?: string, data?: any}} Item */

/**
 * What the list shows for what is typed; answers that come late are dropped.
 * @param {(text: string) => Promise<Item[]>} search
 */
function useSearch(search) {
  const [found, setFound] = useState(
    /** @type {{items: Item[], state: 'idle' | 'busy' | 'done' | 'failed'}} */ ({ items: [], state: 'idle' }),
  );
  const run = useRef(0);
  const timer = useRef(/** @type {any} */ (0));
  useEffect(() => () => clearTimeout(timer.current), []);
  /** @param {string} text @param {number} wait */
  const ask = (text, wait) => {
    const mine = ++run.current;
    clearTimeout(timer.current);
    setFound(before => ({ ...before, state: 'busy' }));
    timer.current = setTimeout(async () => {
      try {
        const items = await search(text);
        if (mine === run.current) setFound({ items, state: 'done' });
      } catch {
        if (mine === run.current) setFound({ items: [], state: 'failed' });
      }
    }, wait);
  };
  return /** @type {const} */ ([found, ask]);
}

/** @param {{id: string, found: {items: Item[], state: string}, active: number, chosen?: string, onPick: (item: Item) => void}} props */
function Options({ id, found, active, chosen, onPick }) {
  const { items, state } = found;
  if (!items.length) {
    const words = {
      busy: 'ui.searching',
      failed: 'ui.searchFailed',
      done: 'ui.noMatch',
      idle: 'ui.searching',
    }[state];
    return (
      <div class="combo-list" id={`${id}-list`} role="listbox" tabIndex={-1} aria-label={t('ui.options')}>
        <div class="combo-note" role="option" aria-selected="false" aria-disabled="true" tabIndex={-1}>
          {t(words ?? 'ui.noMatch')}
        </div>
      </div>
    );
  }
  return (
    <div
      class="combo-list"
      id={`${id}-list`}
      role="listbox"
      tabIndex={-1}
      aria-label={t('ui.options')}
      data-busy={state === 'busy' || undefined}
    >
      {items.map((item, i) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the input, which keeps the focus
        <div
          key={item.value}
          id={`${id}-${i}`}
          class="combo-option"
          role="option"
          tabIndex={-1}
          aria-selected={i === active}
          data-chosen={item.value === chosen || undefined}
          onMouseDown={event => event.preventDefault()}
          onClick={() => onPick(item)}
        >
          <span>{item.label}</span>
          {item.note && <span class="combo-option-note">{item.note}</span>}
        </div>
      ))}
    </div>
  );
}

/**
 * One thing out of many, found by typing. The input keeps the focus; the list is told by aria-activedescendant.
 * @param {import('./fields.jsx').FieldProps & {name?: string, chosen: Item | null, search: (text: string) => Promise<Item[]>, onPick: (item: Item | null) => void,
 *   clearAfter?: boolean, placeholder?: string}} props `clearAfter`: the pick goes elsewhere and the input is ready for the next
 */
export function Combobox({
  id,
  label,
  hint,
  error,
  optional,
  name,
  chosen,
  search,
  onPick,
  clearAfter,
  placeholder,
}) {
  const [text, setText] = useState(/** @type {string | null} */ (null)); // null: shows what is chosen
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [found, ask] = useSearch(search);
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const shown = text ?? chosen?.label ?? '';

  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const begin = () => {
    if (open) return;
    setOpen(true);
    setActive(-1);
    ask(text ?? '', 0);
  };
  /** @param {Item | null} item */
  const pick = item => {
    onPick(item);
    setText(clearAfter ? '' : null);
    setOpen(false);
  };
  const leave = () => {
    setOpen(false);
    if (text === '' && chosen && !clearAfter) onPick(null);
    setText(null);
  };
  /** @param {KeyboardEvent} event */
  const onKeyDown = event => {
    const n = found.items.length;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) return begin();
      if (n) setActive(event.key === 'ArrowDown' ? (active + 1) % n : active <= 0 ? n - 1 : active - 1);
    } else if (event.key === 'Enter' && open && (active >= 0 || (n === 1 && text))) {
      event.preventDefault();
      pick(found.items[Math.max(active, 0)]);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
      setText(null);
    }
  };

  return (
    <Field id={id} label={label} hint={hint} error={error} optional={optional}>
      <div class="combo">
        <input
          ref={input}
          id={id}
          class="input"
          type="text"
          role="combobox"
          autocomplete="off"
          spellcheck={false}
          placeholder={placeholder}
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={open && active >= 0 ? `${id}-${active}` : undefined}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy({ id, label, hint, error })}
          value={shown}
          onFocus={event => event.currentTarget.select()}
          onClick={begin}
          onInput={event => {
            setText(event.currentTarget.value);
            setOpen(true);
            setActive(-1);
            ask(event.currentTarget.value, 180);
          }}
          onKeyDown={onKeyDown}
          onBlur={leave}
        />
        {name && <input type="hidden" name={name} value={chosen?.value ?? ''} />}
        {chosen && !clearAfter ? (
          <button
            type="button"
            class="combo-clear"
            aria-label={t('ui.clear', { label })}
            onClick={() => {
              pick(null);
              input.current?.focus();
            }}
          >
            <Icon name="close" size={14} />
          </button>
        ) : (
          <span class="combo-mark">
            <Icon name="search" size={14} />
          </span>
        )}
        {open && <Options id={id} found={found} active={active} chosen={chosen?.value} onPick={pick} />}
      </div>
    </Field>
  );
}
