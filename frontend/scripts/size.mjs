// Fails when what a browser loads outgrows its budget: gzip bytes of dist/.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url);
const kb = 1024;
const size = name => gzipSync(readFileSync(new URL(name, dist)), { level: 9 }).length;
const files = readdirSync(new URL('assets/', dist)).map(name => ({ name, bytes: size(`assets/${name}`) }));
const js = files.filter(file => file.name.endsWith('.js'));
const css = files.filter(file => file.name.endsWith('.css'));
const html = readFileSync(new URL('index.html', dist), 'utf8');
const first = js.filter(file => html.includes(file.name));
const pages = js.filter(file => !html.includes(file.name));
const sum = list => list.reduce((total, file) => total + file.bytes, 0);
const largest = pages.reduce((a, b) => (b.bytes > a.bytes ? b : a));
const register = pages.find(file => file.name.startsWith('register'));

const checks = [
  ['JS of the first load (register)', sum(first) + (register?.bytes ?? 0), 60 * kb],
  ['all CSS', sum(css), 15 * kb],
  [`largest page chunk (${largest.name})`, largest.bytes, 12 * kb],
  ['all JS', sum(js), 150 * kb],
  ['icons.svg', size('icons.svg'), 6 * kb],
];
let failed = false;
for (const [what, bytes, budget] of checks) {
  const over = bytes > budget;
  failed ||= over;
  console.log(
    `${over ? 'OVER' : 'ok  '} ${String(bytes).padStart(7)} of ${String(budget).padStart(7)} bytes  ${what}`,
  );
}
process.exit(failed ? 1 : 0);
