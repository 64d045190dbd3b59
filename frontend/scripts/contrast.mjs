// Checks every pair of colour roles that stand on each other, in both themes, against WCAG: 4.5 for text, 3 for marks.
import { readFileSync } from 'node:fs';

const css = readFileSync(new URL('../src/styles/tokens.css', import.meta.url), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--([\w-]+):\s*light-dark\((#\w{6}),\s*(#\w{6})\)/g)].map(([, name, light, dark]) => [
    name,
    [light, dark],
  ]),
);

const channel = value => {
  const c = Number.parseInt(value, 16) / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
};
const luminance = hex =>
  0.2126 * channel(hex.slice(1, 3)) + 0.7152 * channel(hex.slice(3, 5)) + 0.0722 * channel(hex.slice(5, 7));
const ratio = (a, b) => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
};

const text = 4.5;
const mark = 3;
const pairs = [
  ...['bg', 'surface', 'sunken', 'accent-soft', 'neutral-soft'].map(on => ['text', on, text]),
  ...['bg', 'surface', 'sunken', 'accent-soft'].map(on => ['text-muted', on, text]),
  ...['bg', 'surface', 'sunken'].map(on => ['accent', on, text]),
  ...['bg', 'surface', 'sunken'].map(on => ['accent-hover', on, text]),
  ['on-accent', 'accent', text],
  ['on-accent', 'accent-hover', text],
  ['on-danger', 'danger', text],
  ['surface', 'text', text], // tips
  ['surface', 'success', mark], // the tick of a step that is done
  ...['danger', 'warning', 'success', 'info', 'neutral'].flatMap(tone => [
    [tone, `${tone}-soft`, text],
    [tone, 'surface', text],
  ]),
  ...['danger-soft', 'warning-soft', 'success-soft', 'info-soft'].flatMap(soft => [
    ['text', soft, text],
    ['text-muted', soft, text],
  ]),
  ['danger', 'accent-soft', text], // "3 days overdue" in the selected row
  ...['bg', 'surface', 'sunken'].flatMap(on => [
    ['border-strong', on, mark],
    ['focus', on, mark],
  ]),
  ...[1, 2, 3, 4, 5].map(n => [`heat-${n}-text`, `heat-${n}`, text]),
  ...[1, 2, 3, 4, 5, 6].map(n => [`chart-${n}`, 'surface', mark]),
];

let failures = 0;
for (const [front, back, need] of pairs) {
  for (const theme of [0, 1]) {
    const [a, b] = [tokens.get(front)?.[theme], tokens.get(back)?.[theme]];
    if (!a || !b) throw new Error(`no token ${a ? back : front}`);
    const value = ratio(a, b);
    if (value >= need) continue;
    failures++;
    console.log(`${theme ? 'dark ' : 'light'} ${front} on ${back}: ${value.toFixed(2)}, needs ${need}`);
  }
}
console.log(`${pairs.length} pairs in 2 themes, ${failures} failures`);
process.exit(failures ? 1 : 0);
