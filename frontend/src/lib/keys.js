// Single-key shortcuts and two-key sequences ("g r"). Never inside inputs or dialogs, and they can be switched off (WCAG 2.1.4).
import { signal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';

export const enabled = signal(localStorage.getItem('keys') !== 'off');

/** @param {boolean} on */
export function setEnabled(on) {
  enabled.value = on;
  localStorage.setItem('keys', on ? 'on' : 'off');
}

/** @type {Map<string, (event: KeyboardEvent) => void>[]} */
const layers = [];
let first = '';
/** @type {any} */
let timer;

/** @param {EventTarget | null} target */
function isEditable(target) {
  const element = /** @type {HTMLElement | null} */ (target);
  return Boolean(element?.closest?.('input, textarea, select, [contenteditable], [role="listbox"], dialog'));
}

/** @param {string} combination */
function find(combination) {
  for (let i = layers.length - 1; i >= 0; i--) {
    const handler = layers[i].get(combination);
    if (handler) return handler;
  }
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (
    !enabled.value ||
    event.defaultPrevented ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    event.isComposing
  )
    return;
  if (isEditable(event.target) || document.querySelector('dialog[open]')) return;
  if (event.key === 'Enter' && /** @type {HTMLElement} */ (event.target)?.closest?.('a, button, summary'))
    return;
  const sequence = first ? `${first} ${event.key}` : event.key;
  first = '';
  clearTimeout(timer);
  const handler = find(sequence) ?? find(event.key);
  if (handler) {
    event.preventDefault();
    handler(event);
  } else if (event.key === 'g') {
    first = 'g';
    timer = setTimeout(() => {
      first = '';
    }, 1000);
  }
}
if (typeof document !== 'undefined') document.addEventListener('keydown', onKey);

/** Keys that work while the component is on the screen; the last mounted wins. @param {Record<string, (event: KeyboardEvent) => void>} map */
export function useKeys(map) {
  // layout: a key pressed right after the page changed must meet the new page
  useLayoutEffect(() => {
    const layer = new Map(Object.entries(map));
    layers.push(layer);
    return () => void layers.splice(layers.indexOf(layer), 1);
  });
}
