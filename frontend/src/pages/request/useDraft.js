import { signal } from '@preact/signals';
import { useLayoutEffect, useMemo } from 'preact/hooks';
import { createDraft } from '../../lib/draft.js';
import { request } from '../../lib/http.js';
import { invalidate } from '../../lib/resource.js';
import { api } from '../../paths.js';
import { clean } from './model.js';

/** @typedef {{pointer: string, detail: string}[]} Faults */
/**
 * A draft that is open: it lives here and not in a page, so that going from task to task loses nothing, not even what
 * the server has not taken yet.
 * @typedef {object} Held
 * @property {string} number
 * @property {import('@preact/signals').Signal<Api.Content>} content as typed
 * @property {import('@preact/signals').Signal<Faults>} faults what is still owed, as the server said last
 * @property {ReturnType<typeof createDraft>} draft
 * @property {number} users pages that show it
 */

/** @type {Map<string, Held>} */
const open = new Map();

/** @param {Api.Exception} x @returns {Held} */
function make(x) {
  const faults = signal(/** @type {Faults} */ (x.faults ?? []));
  const draft = createDraft({
    etag: x.etag ?? '',
    save: async (next, etag, last) => {
      const { data, etag: fresh } = await request('PUT', `${api.exception(x.number)}/draft`, {
        body: { content: next },
        etag,
        keepalive: last,
      });
      faults.value = data.faults ?? [];
      return { etag: data.etag ?? fresh, savedAt: data.saved_at };
    },
  });
  return { number: x.number, content: signal(x.content ?? {}), faults, draft, users: 0 };
}

/** The draft of that number when a page left it with something unsaved. @param {string} number */
export const heldDraft = number => open.get(number);

/** It was sent or discarded: nothing of it is saved any more. @param {string} number */
export function dropDraft(number) {
  open.get(number)?.draft.takeTheirs('');
  open.delete(number);
}

/** @param {Held} held */
function hold(held) {
  held.users++;
  open.set(held.number, held);
  return () => {
    held.users--;
    // the next page takes it over before this comes to an answer
    held.draft.flush().then(() => {
      if (held.users || held.draft.unsaved) return;
      if (open.get(held.number) === held) open.delete(held.number);
      invalidate(api.exception(held.number));
    });
  };
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') for (const { draft } of open.values()) draft.flush(true);
});
addEventListener('beforeunload', event => {
  if ([...open.values()].some(({ draft }) => draft.unsaved)) event.preventDefault();
});

/**
 * The draft of one exception: its content as typed, saved by itself.
 * @param {Api.Exception} x
 */
export function useDraft(x) {
  const held = useMemo(() => open.get(x.number) ?? make(x), [x.number]);
  useLayoutEffect(() => hold(held), [held]);
  const { content, faults, draft } = held;
  return {
    content: content.value,
    faults: faults.value,
    draft,
    /** Saves now and says what is still owed; null when it could not be saved. @returns {Promise<Faults | null>} */
    async settle() {
      await draft.flush();
      return draft.unsaved ? null : faults.peek();
    },
    /** @param {string} key @param {any} value */
    set(key, value) {
      content.value = { ...content.value, [key]: value };
      draft.change(clean(content.value));
    },
    /** The other tab's version instead of ours. @param {Api.Exception} theirs */
    take(theirs) {
      content.value = theirs.content ?? {};
      faults.value = theirs.faults ?? [];
      draft.takeTheirs(theirs.etag ?? '');
    },
  };
}
