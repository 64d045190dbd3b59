// The only caller of fetch. Every failure, whatever its kind, becomes one ApiError.

export const base = '/api/v1';
const timeoutMs = 20_000;
const retriable = new Set([0, 502, 503, 504]);

/** What the session does with a 401: it shows the sign-in dialog and resolves when somebody is back. */
export const hooks = {
  /** @type {null | (() => Promise<boolean>)} */
  signedOut: null,
  /** @param {number} ms @returns {Promise<void>} */
  wait: ms => new Promise(resolve => setTimeout(resolve, ms)),
};

export class ApiError extends Error {
  /** @param {number} status @param {Record<string, any>} problem @param {number} [retryAfter] */
  constructor(status, problem, retryAfter = 0) {
    super(problem.detail || problem.title || `HTTP ${status}`);
    this.name = 'ApiError';
    this.status = status;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
  /** The slug of the problem, such as "stale-version"; "network" and "timeout" are ours. */
  get kind() {
    return String(this.problem.type ?? '').replace(/^.*\/problems\//, '') || 'http';
  }
  get title() {
    return this.problem.title ?? '';
  }
  get detail() {
    return this.problem.detail ?? '';
  }
  get requestId() {
    return this.problem.instance ?? '';
  }
  /** @returns {{pointer: string, detail: string}[]} */
  get errors() {
    return Array.isArray(this.problem.errors) ? this.problem.errors : [];
  }
}

/** A key for one act of the user: sent again when the same act is repeated. */
export const newKey = () => crypto.randomUUID().replaceAll('-', '');

/**
 * @typedef {object} Options
 * @property {unknown} [body] sent as JSON
 * @property {string | null} [etag] If-Match
 * @property {string} [key] Idempotency-Key; also what allows a write to be retried
 * @property {AbortSignal} [signal]
 * @property {boolean} [keepalive] the page is going away: no waiting for a sign-in
 * @property {number} [timeoutMs] how long an answer may take
 * @property {boolean} [anonymous] a 401 is an answer, not the end of the session
 */

/** @param {string} method @param {Options} options */
function headersOf(method, { body, etag, key }) {
  /** @type {Record<string, string>} */
  const headers = { Accept: 'application/json, application/problem+json', 'X-Requested-With': 'fetch' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (etag && method !== 'GET') headers['If-Match'] = etag.startsWith('"') ? etag : `"${etag}"`;
  if (key) headers['Idempotency-Key'] = key;
  return headers;
}

/** @param {Response} response */
async function read(response) {
  const text = response.status === 204 ? '' : await response.text();
  const json = /[/+]json\b/.test(response.headers.get('Content-Type') ?? '');
  /** @type {any} */
  let data = null;
  try {
    data = text && json ? JSON.parse(text) : null;
  } catch {
    throw new ApiError(response.status, { type: 'bad-answer' });
  }
  if (!response.ok) {
    const seconds = Number(response.headers.get('Retry-After')) || 0;
    throw new ApiError(response.status, data ?? { type: 'http' }, seconds);
  }
  return { data, etag: response.headers.get('ETag') ?? data?.etag ?? '', status: response.status };
}

/** @param {string} method @param {string} path @param {Options} options */
async function once(method, path, options) {
  const limit = AbortSignal.timeout(options.timeoutMs ?? timeoutMs);
  const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit;
  try {
    const response = await fetch(base + path, {
      method,
      headers: headersOf(method, options),
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      credentials: 'same-origin',
      keepalive: options.keepalive,
      signal,
    });
    return await read(response);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    if (options.signal?.aborted) throw new ApiError(0, { type: 'aborted' });
    throw new ApiError(0, { type: limit.aborted ? 'timeout' : 'network' });
  }
}

/**
 * One request to the API. GET is repeated twice when the server or the network is away for a moment; a write only when it
 * carries an Idempotency-Key. A 401 waits for a sign-in and then repeats, so nothing typed is lost.
 * @param {string} method @param {string} path @param {Options} [options]
 * @returns {Promise<{data: any, etag: string, status: number}>}
 */
export async function request(method, path, options = {}) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await once(method, path, options);
    } catch (caught) {
      const error = /** @type {ApiError} */ (caught);
      if (error.status === 401 && !options.anonymous && !options.keepalive && hooks.signedOut) {
        if (await hooks.signedOut()) continue;
        throw error;
      }
      const mayRepeat =
        (method === 'GET' || options.key) && retriable.has(error.status) && error.kind !== 'aborted';
      if (!mayRepeat || attempt >= 2 || error.retryAfter > 5 || error.kind === 'timeout') throw error;
      await hooks.wait(error.retryAfter * 1000 || 300 * 2 ** attempt * (0.5 + Math.random()));
    }
  }
}
