// The running program as a test sees it: an HTTP client that behaves like
// our pages, SQL on the private database, and the switches of its servers.
// scripts/test starts the program and sets EXREG_TEST_ORIGIN and
// EXREG_TEST_VAR; see stage_program in scripts/lib/stages.sh.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const origin = process.env.EXREG_TEST_ORIGIN ?? 'http://localhost:8470';
export const folder = process.env.EXREG_TEST_VAR ?? join(root, 'var');
export const password = 'harbour-demo';

/** One person's session. */
export class Client {
  cookie = '';

  /**
   * @param {string} method
   * @param {string} path below /api/v1
   * @param {{body?: unknown, headers?: Record<string, string>, signal?: AbortSignal}} [options]
   */
  async call(method, path, { body, headers = {}, signal } = {}) {
    const response = await fetch(`${origin}/api/v1${path}`, {
      method,
      redirect: 'manual',
      signal,
      headers: {
        origin,
        ...(this.cookie && { cookie: this.cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const set = response.headers.getSetCookie()[0];
    if (set) this.cookie = set.split(';')[0];
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    return {
      status: response.status,
      headers: response.headers,
      etag: response.headers.get('etag'),
      text,
      json: type.includes('json') && text ? JSON.parse(text) : undefined,
    };
  }

  get(path, options) {
    return this.call('GET', path, options);
  }

  post(path, body, headers = {}) {
    return this.call('POST', path, { body, headers: { 'idempotency-key': randomUUID(), ...headers } });
  }

  put(path, body, etag) {
    return this.call('PUT', path, { body, headers: { 'if-match': etag } });
  }

  /** The answer to signing in. */
  signIn(username, options = {}) {
    return this.call('POST', '/session', { body: { username, password, ...options.body }, ...options });
  }
}

/** A client that has signed in, or an error that says why not. */
export async function signedIn(username) {
  const client = new Client();
  const answer = await client.signIn(username);
  if (answer.status !== 201) throw new Error(`${username}: ${answer.status} ${answer.text}`);
  return client;
}

/** One server by itself: part('database', 'kill'). */
export function part(name, verb) {
  return execFileSync(join(root, 'scripts', 'demo'), ['part', name, verb], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  }).trim();
}

/** Children of a process. */
export function children(pid) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const fields = readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
        return fields[0] !== 'Z' && fields[1] === String(pid);
      } catch {
        return false; // it ended meanwhile
      }
    })
    .map(Number);
}

const client = ['--no-defaults', '--default-character-set=utf8mb4', `--socket=${folder}/run/db.sock`];

/** Rows of a statement as arrays of strings, run as the administrator. */
export function sql(text) {
  return execFileSync('mariadb', [...client, '-N', '-B', 'exreg', '-e', text], { encoding: 'utf8' })
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('\t'));
}

/** Arguments of a mariadb client on the private database. */
export const sqlClient = [...client, '-N', '-B', '--unbuffered', 'exreg'];

/**
 * Ask again until something is so; the event itself is what is waited for.
 * @template T
 * @param {() => T | Promise<T>} look a truthy value ends it
 * @param {string} what for the error
 */
export async function until(look, what, limitMs = 20000) {
  const end = Date.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`not within ${limitMs} ms: ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
