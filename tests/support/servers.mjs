// The servers behind the running program: switches for each, SQL on the
// private database. scripts/test starts them and sets EXREG_TEST_VAR; see
// stage_program in scripts/lib/stages.sh. The API itself is in api.mjs.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const folder = process.env.EXREG_TEST_VAR ?? join(root, 'var');

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

/** Hold a table so that nobody writes it, until release() or the test ends. */
export async function hold(t, table) {
  const client = spawn('mariadb', sqlClient, { stdio: ['pipe', 'pipe', 'inherit'] });
  client.stdin.write(`LOCK TABLES ${table} READ; SELECT 'held';\n`);
  await once(client.stdout, 'data');
  t.after(() => client.kill());
  return async () => {
    client.stdin.end('UNLOCK TABLES;\n');
    await once(client, 'exit');
  };
}

/** The messages that the mail server took so far. */
export function mails() {
  return readdirSync(join(folder, 'mail'))
    .filter((name) => name.endsWith('.eml'))
    .map((name) => readFileSync(join(folder, 'mail', name), 'utf8'));
}

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
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Change entries of the directory, as LDIF. */
export function changeDirectory(ldif) {
  const [, uri] = /^EXREG_TEST_LDAP_URI_LDAPI=(.*)$/m.exec(readFileSync(join(folder, 'ldap', 'env'), 'utf8'));
  execFileSync('ldapmodify', ['-Q', '-Y', 'EXTERNAL', '-H', uri], { input: ldif, stdio: ['pipe', 'pipe', 'inherit'] });
}
