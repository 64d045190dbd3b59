// Builds public/icons.svg: one sprite of the Lucide icons that are used (ISC licence), and our own mark.
import { readFileSync, writeFileSync } from 'node:fs';

const here = new URL('..', import.meta.url);
const names = {
  alert: 'triangle-alert',
  arrow: 'arrow-right',
  back: 'arrow-left',
  ban: 'ban',
  bell: 'bell',
  building: 'building-2',
  calendar: 'calendar-clock',
  check: 'check',
  checks: 'circle-check',
  chevron: 'chevron-down',
  circle: 'circle',
  clock: 'clock',
  close: 'x',
  columns: 'columns-3',
  down: 'arrow-down',
  download: 'download',
  edit: 'pencil',
  eye: 'eye',
  eyeoff: 'eye-off',
  file: 'file-text',
  filter: 'sliders-horizontal',
  group: 'users',
  help: 'circle-question-mark',
  history: 'history',
  home: 'house',
  info: 'info',
  key: 'keyboard',
  link: 'external-link',
  lock: 'lock',
  menu: 'menu',
  message: 'message-circle-question-mark',
  next: 'chevron-right',
  pause: 'pause',
  plus: 'plus',
  prev: 'chevron-left',
  print: 'printer',
  queue: 'inbox',
  register: 'table-properties',
  search: 'search',
  server: 'server',
  shield: 'shield-check',
  signout: 'log-out',
  sort: 'chevrons-up-down',
  undo: 'undo-2',
  up: 'arrow-up',
  user: 'user-round',
  wait: 'hourglass',
};

const mark =
  '<symbol id="mark" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="currentColor"/>' +
  '<path class="mark-lines" d="M8 9.5h16M8 16h7M8 22.5h7" fill="none" stroke="var(--on-accent)" stroke-opacity=".65" stroke-width="2.6" stroke-linecap="round"/>' +
  '<path d="m18 19.4 2.7 2.8 5-5.6" fill="none" stroke="var(--on-accent)" stroke-width="2.8" stroke-linecap="round" stroke-linejoin="round"/></symbol>';

const symbols = Object.entries(names).map(([id, file]) => {
  const svg = readFileSync(new URL(`node_modules/lucide-static/icons/${file}.svg`, here), 'utf8');
  const inner = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'));
  const body = inner.replace(/\s*\n\s*/g, '').replace(/ \/>/g, '/>');
  return `<symbol id="${id}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${body}</symbol>`;
});

const licence = '<!-- Icons: Lucide, ISC licence, https://lucide.dev/license -->';
const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${licence}\n${mark}\n${symbols.join('\n')}\n</svg>\n`;
writeFileSync(new URL('public/icons.svg', here), sprite);
console.log(`${symbols.length + 1} icons, ${sprite.length} bytes`);
