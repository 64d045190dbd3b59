import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { createDraft } from '../../lib/draft.js';
import { request } from '../../lib/http.js';
import { invalidate } from '../../lib/resource.js';
import { api } from '../../paths.js';
import { clean, lastFaults } from './model.js';

/**
 * The draft of one exception: its content as typed, saved by itself.
 * @param {Api.Exception} x
 */
export function useDraft(x) {
  const content = useSignal(/** @type {Api.Content} */ (x.content ?? {}));
  const [faults, setFaults] = useState(lastFaults.get(x.number) ?? []);
  const draft = useMemo(
    () =>
      createDraft({
        etag: x.etag ?? '',
        save: async (next, etag, last) => {
          const { data, etag: fresh } = await request('PUT', `${api.exception(x.number)}/draft`, {
            body: { content: next },
            etag,
            keepalive: last,
          });
          lastFaults.set(x.number, data.faults ?? []);
          setFaults(data.faults ?? []);
          return { etag: data.etag ?? fresh, savedAt: data.saved_at };
        },
      }),
    [x.number],
  );
  useEffect(() => {
    const onHide = () => {
      if (document.visibilityState === 'hidden') draft.flush(true);
    };
    /** @param {BeforeUnloadEvent} event */
    const onUnload = event => {
      if (draft.unsaved) event.preventDefault();
    };
    document.addEventListener('visibilitychange', onHide);
    addEventListener('beforeunload', onUnload);
    return () => {
      document.removeEventListener('visibilitychange', onHide);
      removeEventListener('beforeunload', onUnload);
      draft.flush().then(() => invalidate(api.exception(x.number)));
      draft.stop();
    };
  }, [draft]);
  return {
    content: content.value,
    faults,
    draft,
    /** @param {string} key @param {any} value */
    set(key, value) {
      content.value = { ...content.value, [key]: value };
      draft.change(clean(content.value));
    },
    /** @param {Api.Content} next */
    replace(next) {
      content.value = next;
    },
  };
}
