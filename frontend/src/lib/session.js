// Who is signed in, what they may, and everybody who waits for a sign-in after the session ended.
import { signal } from '@preact/signals';
import { hooks, request } from './http.js';
import { clock } from './i18n.js';
import { forgetAll } from './resource.js';

/** @type {import('@preact/signals').Signal<Api.Me | null>} */
export const me = signal(null);
/** unknown: not asked yet; out: sign-in page; in; expired: sign-in dialog over the page; failed: the server is away */
export const state = signal(/** @type {'unknown' | 'out' | 'in' | 'expired' | 'failed'} */ ('unknown'));
/** @type {import('@preact/signals').Signal<import('./http.js').ApiError | null>} */
export const failure = signal(null);

/** @type {((back: boolean) => void)[]} */
let waiters = [];

let asked = 0;
/** @param {Api.Me} answer */
function enter(answer) {
  asked = Date.now();
  clock.zone = answer.organisation.zone;
  clock.today = answer.organisation.today;
  me.value = answer;
  state.value = 'in';
}

hooks.signedOut = () => {
  if (!me.peek()) {
    state.value = 'out';
    return Promise.resolve(false);
  }
  state.value = 'expired';
  return new Promise(resolve => waiters.push(resolve));
};

/** Asks the server who this is. */
export async function start() {
  try {
    enter((await request('GET', '/me', { anonymous: true })).data);
  } catch (error) {
    const problem = /** @type {import('./http.js').ApiError} */ (error);
    failure.value = problem;
    state.value = problem.status === 401 ? 'out' : 'failed';
  }
}

/** Reads the counts again; a failure leaves the old ones. @param {boolean} [now] even if they are only seconds old */
export async function refresh(now = false) {
  if (state.peek() !== 'in' || (!now && Date.now() - asked < 10_000)) return;
  try {
    enter((await request('GET', '/me')).data);
  } catch {}
}

/**
 * Signs in. After an expiry the same person goes on where they were; another person starts anew.
 * @param {string} username @param {string} password
 */
export async function signIn(username, password) {
  const { data } = await request('POST', '/session', { body: { username, password }, anonymous: true });
  const before = me.peek();
  if (before && before.person.id !== data.person.id) {
    location.assign('/');
    return;
  }
  enter(data);
  const waiting = waiters;
  waiters = [];
  for (const resolve of waiting) resolve(true);
}

/** @param {boolean} everywhere every browser of this person, not only this one */
export async function signOut(everywhere) {
  await request('DELETE', everywhere ? '/me/sessions' : '/me/session', { anonymous: true }).catch(error => {
    if (error.status !== 401) throw error;
  });
  leave();
}

/** Back to the sign-in page; nothing of this person stays in memory. */
export function leave() {
  me.value = null;
  forgetAll();
  location.assign('/');
}

/** @param {string} permission */
export const may = permission => me.value?.permissions.includes(permission) ?? false;
/** @param {...string} classes */
export const isAny = (...classes) => classes.some(name => me.value?.classes.includes(name));
