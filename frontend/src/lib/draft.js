// Autosave as a state machine: clean -> dirty -> saving -> saved, or retrying, or conflict. One save at a time; what is typed
// meanwhile goes with the next. It knows nothing of HTTP or of the screen: both are handed in.
import { signal } from '@preact/signals';

/** @typedef {'clean' | 'dirty' | 'saving' | 'saved' | 'retrying' | 'refused' | 'conflict'} Phase */
/** @typedef {{phase: Phase, savedAt: string, error: any}} DraftState */
/**
 * @typedef {object} Options
 * @property {string} etag of the version the content came from
 * @property {(content: any, etag: string, last: boolean) => Promise<{etag: string, savedAt: string}>} save `last`: the page is going away
 * @property {number} [delay] quiet time before a save
 * @property {number} [retry] first pause after a failure; doubled each time
 * @property {(fn: () => void, ms: number) => any} [setTimer]
 * @property {(timer: any) => void} [clearTimer]
 */

/** @param {Options} options */
export function createDraft({
  etag,
  save,
  delay = 1200,
  retry = 3000,
  setTimer = setTimeout,
  clearTimer = clearTimeout,
}) {
  const state = signal(/** @type {DraftState} */ ({ phase: 'clean', savedAt: '', error: null }));
  /** @type {any} */
  let waiting; // content not sent yet
  /** @type {any} */
  let timer;
  /** @type {Promise<void> | null} */
  let running = null;
  let failures = 0;
  let known = etag;

  /** @param {Phase} phase @param {Partial<DraftState>} [more] */
  const go = (phase, more = {}) => {
    state.value = { ...state.peek(), error: null, phase, ...more };
  };
  const stopTimer = () => {
    clearTimer(timer);
    timer = undefined;
  };
  /** @param {number} ms */
  const later = ms => {
    stopTimer();
    timer = setTimer(() => void run(false), ms);
  };

  /** @param {boolean} last @returns {Promise<void>} */
  function run(last) {
    stopTimer();
    if (running) return running.then(() => (waiting === undefined ? undefined : run(last)));
    if (waiting === undefined || state.peek().phase === 'conflict') return Promise.resolve();
    const content = waiting;
    waiting = undefined;
    go('saving');
    running = save(content, known, last).then(
      answer => {
        known = answer.etag;
        failures = 0;
        go(waiting === undefined ? 'saved' : 'dirty', { savedAt: answer.savedAt });
      },
      error => {
        if (waiting === undefined) waiting = content;
        if (error?.status === 412) return go('conflict', { error });
        if (error?.status >= 400 && error?.status < 500 && error.status !== 429)
          return go('refused', { error });
        failures++;
        go('retrying', { error });
        later(Math.min(retry * 2 ** (failures - 1), 60_000));
      },
    );
    return running.then(() => {
      running = null;
      if (waiting !== undefined && state.peek().phase === 'dirty') later(delay);
    });
  }

  return {
    state,
    /** The version the server holds now. */
    get etag() {
      return known;
    },
    get unsaved() {
      return waiting !== undefined || running !== null;
    },
    /** The user changed something. @param {any} content */
    change(content) {
      waiting = content;
      if (state.peek().phase === 'conflict') return;
      if (!running) go('dirty');
      if (!running) later(delay);
    },
    /** Sends what waits now. @param {boolean} [last] */
    flush: (last = false) => run(last),
    /** After a conflict: our content on top of the version the other tab wrote. @param {string} theirEtag */
    keepMine(theirEtag) {
      known = theirEtag;
      go('dirty');
      return run(false);
    },
    /** After a conflict: the other content; what we had is dropped. @param {string} theirEtag */
    takeTheirs(theirEtag) {
      known = theirEtag;
      waiting = undefined;
      stopTimer();
      go('clean');
    },
    stop: stopTimer,
  };
}
