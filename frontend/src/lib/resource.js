// What was read from the API, by URL: shown again at once, read again in the background, forgotten by prefix.
import { signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { request } from './http.js';

/**
 * @template T
 * @typedef {{data: T | null, etag: string, error: import('./http.js').ApiError | null, loading: boolean}} State
 */
/** @typedef {{state: import('@preact/signals').Signal<State<any>>, run: number, pending: boolean, users: number}} Item */

/** @type {Map<string, Item>} */
const cache = new Map();
const most = 200;

/** @param {string} url @returns {Item} */
function itemOf(url) {
  const found = cache.get(url);
  if (found) return found;
  const item = {
    state: signal(/** @type {State<any>} */ ({ data: null, etag: '', error: null, loading: true })),
    run: 0,
    pending: false,
    users: 0,
  };
  cache.set(url, item);
  for (const [key, old] of cache) {
    if (cache.size <= most) break;
    if (!old.users && old !== item) cache.delete(key);
  }
  return item;
}

/** Reads the URL again and keeps what is shown until the answer is there. @param {string} url @param {Item} [item] */
export async function load(url, item = itemOf(url)) {
  if (item.pending) return;
  item.pending = true;
  const run = ++item.run;
  item.state.value = { ...item.state.peek(), loading: true };
  try {
    const { data, etag } = await request('GET', url);
    if (run === item.run) item.state.value = { data, etag, error: null, loading: false };
  } catch (error) {
    const failure = /** @type {import('./http.js').ApiError} */ (error);
    if (run === item.run) item.state.value = { ...item.state.peek(), error: failure, loading: false };
  }
  if (run === item.run) item.pending = false;
}

/** Puts an answer that came from a write where readers of the URL find it. @param {string} url @param {any} data @param {string} etag */
export function put(url, data, etag) {
  const item = itemOf(url);
  item.run++; // an answer still on its way is older than this one
  item.pending = false;
  item.state.value = { data, etag, error: null, loading: false };
}

/** Forgets everything under a prefix; what is on the screen is read again. @param {string} prefix */
export function invalidate(prefix) {
  for (const [url, item] of cache) {
    if (!url.startsWith(prefix)) continue;
    item.pending = false;
    if (item.users) load(url, item);
    else cache.delete(url);
  }
}

/** Forgets all: somebody else signed in. */
export const forgetAll = () => cache.clear();

/**
 * The state of one URL; null reads nothing. Old data stays while new data is on its way (`loading`).
 * @template T
 * @param {string | null} url
 * @returns {State<T> & {reload: () => Promise<void>}}
 */
export function useResource(url) {
  const item = useMemo(() => (url ? itemOf(url) : null), [url]);
  useEffect(() => {
    if (!url || !item) return;
    item.users++;
    load(url, item);
    return () => {
      item.users--;
    };
  }, [url, item]);
  const state = item ? item.state.value : { data: null, etag: '', error: null, loading: false };
  return { ...state, reload: async () => (url && item ? load(url, item) : undefined) };
}
