// What a screen reader is told, and where the focus goes.
import { signal } from '@preact/signals';

/** The text of the one polite live region. */
export const spoken = signal('');

/** Says it once; the same words twice are said twice. @param {string} text */
export function announce(text) {
  spoken.value = '';
  setTimeout(() => {
    spoken.value = text;
  }, 50);
}

/** Focus on something that is not in the tab order, such as a heading. @param {HTMLElement | null | undefined} element */
export function focusOn(element) {
  if (!element) return;
  if (!element.hasAttribute('tabindex')) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

/**
 * Follows a link of an error summary: the label or legend comes into view first, else the question is off the screen.
 * @param {string} id of the input
 */
export function focusField(id) {
  const input = document.getElementById(id);
  if (!input) return;
  const group = input.closest('fieldset');
  const label = group?.querySelector('legend') ?? document.querySelector(`label[for="${CSS.escape(id)}"]`);
  (label ?? input).scrollIntoView({ block: 'center' });
  const control = input.matches('input, select, textarea, button, [tabindex]')
    ? input
    : input.querySelector('input, select, textarea, button');
  if (control) /** @type {HTMLElement} */ (control).focus({ preventScroll: true });
  else focusOn(input); // a group that has nothing to choose from yet
}

let counter = 0;
/** An id that no other element has. @param {string} prefix */
export const newId = prefix => `${prefix}-${++counter}`;
