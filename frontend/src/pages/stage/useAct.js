import { useState } from 'preact/hooks';
import { newKey, request } from '../../lib/http.js';
import { invalidate, put } from '../../lib/resource.js';
import { refresh } from '../../lib/session.js';
import { api } from '../../paths.js';

/** A change went through: its answer is shown, and what depends on it is read again. @param {string} number @param {{data: any, etag: string}} answer */
export function settle(number, { data, etag }) {
  put(api.exception(number), data, etag);
  for (const prefix of ['/queue', '/home', '/dashboard', '/exceptions?', '/exceptions/count'])
    invalidate(prefix);
  refresh(true);
}

/**
 * One act on an exception: sent once, its answer shown, its refusal kept for the screen.
 * @param {string} number @param {{onStale?: (error: any) => void}} [options] `onStale`: somebody changed it meanwhile
 */
export function useAct(number, { onStale } = {}) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {any} */ (null));
  const [key, setKey] = useState(newKey);
  return {
    busy,
    error,
    clear: () => setError(null),
    /** The exception as it is now, or null when it was refused. @param {string} path @param {any} body @param {string | null} [etag] @returns {Promise<Api.Exception | null>} */
    async send(path, body, etag) {
      if (busy) return null;
      setBusy(true);
      setError(null);
      try {
        const answer = await request('POST', path, { body, etag, key });
        settle(number, answer);
        return answer.data;
      } catch (caught) {
        const failed = /** @type {any} */ (caught);
        if (failed.status === 412 && onStale) onStale(failed);
        else setError(failed);
        return null;
      } finally {
        setKey(newKey());
        setBusy(false);
      }
    },
  };
}

/** @typedef {ReturnType<typeof useAct>} Act */

/** Faults of the server by field: /on_day is on_day, /topics/0 is topics. @param {any} error @param {string[]} fields @param {(name: string) => string} label @param {(label: string, detail: string) => string} sentence @returns {Record<string, string>} */
export function faultsOf(error, fields, label, sentence) {
  const found = (error?.errors ?? []).map((/** @type {any} */ item) => [
    item.pointer.split('/')[1],
    item.detail,
  ]);
  return Object.fromEntries(
    found
      .filter((/** @type {string[]} */ [name]) => fields.includes(name))
      .map((/** @type {string[]} */ [name, detail]) => [name, sentence(label(name), detail)]),
  );
}
