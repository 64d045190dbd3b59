// A file as the body of a request, with progress: fetch cannot tell how much has gone out.
import { ApiError, base, hooks } from './http.js';

/** A file in transit is given up after so long without an answer; the server has what it has. */
const timeoutMs = 10 * 60_000;

/** @param {XMLHttpRequest} xhr */
function answerOf(xhr) {
  /** @type {any} */
  let data = null;
  try {
    data = JSON.parse(xhr.responseText);
  } catch {
    // not ours: the status says enough
  }
  if (xhr.status >= 200 && xhr.status < 300) return data;
  throw new ApiError(xhr.status, data ?? { type: 'http' }, Number(xhr.getResponseHeader('Retry-After')) || 0);
}

/** @param {string} path @param {Blob} file @param {Options} options @returns {Promise<any>} */
function once(path, file, { key, onProgress, signal }) {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    const stop = () => xhr.abort();
    /** @param {() => any} end */
    const settle = end => () => {
      signal?.removeEventListener('abort', stop);
      try {
        resolve(end());
      } catch (error) {
        reject(error);
      }
    };
    /** @param {string} type */
    const failed = type =>
      settle(() => {
        throw new ApiError(0, { type });
      });
    xhr.open('POST', base + path);
    xhr.timeout = timeoutMs;
    xhr.setRequestHeader('Accept', 'application/json, application/problem+json');
    xhr.setRequestHeader('Content-Type', 'application/octet-stream');
    xhr.setRequestHeader('Idempotency-Key', key);
    xhr.upload.onprogress = event => event.lengthComputable && onProgress(event.loaded / event.total);
    xhr.onload = settle(() => answerOf(xhr));
    xhr.onerror = failed('network');
    xhr.ontimeout = failed('timeout');
    xhr.onabort = failed('aborted');
    signal?.addEventListener('abort', stop);
    xhr.send(file);
  });
}

/** @typedef {{key: string, onProgress: (part: number) => void, signal?: AbortSignal}} Options */

/**
 * Sends a file. A 401 waits for a sign-in and then sends it again, with the same key. Failures are ApiErrors, as in http.js.
 * @param {string} path @param {Blob} file @param {Options} options
 */
export async function upload(path, file, options) {
  for (;;) {
    try {
      return await once(path, file, options);
    } catch (caught) {
      const error = /** @type {ApiError} */ (caught);
      if (error.status !== 401 || !hooks.signedOut || !(await hooks.signedOut())) throw error;
    }
  }
}
