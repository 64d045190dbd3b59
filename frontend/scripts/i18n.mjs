// Finds messages that are asked for but missing, and messages that nobody asks for.
import { readdirSync, readFileSync } from 'node:fs';

const src = new URL('../src/', import.meta.url);
const en = (await import('../src/i18n/en.js')).default;
const files = readdirSync(src, { recursive: true }).filter(
  name => /\.jsx?$/.test(name) && !/\.test\.js$|i18n\/en\.js$/.test(name),
);
const code = files.map(name => readFileSync(new URL(name, src), 'utf8')).join('\n');

const isPlural = node =>
  node &&
  typeof node === 'object' &&
  typeof node.other === 'string' &&
  Object.keys(node).every(key => ['zero', 'one', 'two', 'few', 'many', 'other'].includes(key));
const keys = [];
const walk = (node, path) => {
  for (const [key, value] of Object.entries(node)) {
    const here = path ? `${path}.${key}` : key;
    if (typeof value === 'string' || isPlural(value)) keys.push(here);
    else walk(value, here);
  }
};
walk(en, '');
const known = new Set(keys);

// whole keys in quotes, and the fixed beginning of keys that are put together
const literals = new Set([...code.matchAll(/['"`]([a-z][\w-]*(?:\.[\w-]+)+)['"`]/gi)].map(hit => hit[1]));
const prefixes = [...code.matchAll(/`([a-z]\w*(?:\.\w+)*\.\w*)\$\{/gi)].map(hit => hit[1]);
const groups = [...code.matchAll(/(?:word|lookUp|options|levels)\(\s*['"]([\w.]+)['"]/g)].map(
  hit => `${hit[1]}.`,
);
const ternaries = [...code.matchAll(/'(\w+)'\s*:\s*'(\w+)'\)/g)].flatMap(hit => [`${hit[1]}.`, `${hit[2]}.`]);
const used = key =>
  literals.has(key) ||
  key === 'product' ||
  [...prefixes, ...groups, ...ternaries].some(prefix => key.startsWith(prefix)) ||
  key.startsWith('fields.') ||
  key.startsWith('problem.') ||
  key.startsWith('help.');

const asked = [...code.matchAll(/\bt\(\s*['"]([\w.-]+)['"]/g)].map(hit => hit[1]);
const missing = [...new Set(asked)].filter(key => !known.has(key));
const idle = keys.filter(key => !used(key));
for (const key of missing) console.log(`missing: ${key}`);
for (const key of idle) console.log(`nobody asks for: ${key}`);
console.log(`${keys.length} messages, ${missing.length} missing, ${idle.length} idle`);
process.exit(missing.length || idle.length ? 1 : 0);
