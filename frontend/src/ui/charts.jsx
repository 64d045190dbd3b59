import { num } from '../lib/i18n.js';

/** A bar of a share; the number stands beside it as text. @param {{value: number, max: number, tone?: string}} props */
export const Bar = ({ value, max, tone }) => (
  <svg class="bar" width="100%" height="10" aria-hidden="true" data-tone={tone}>
    <rect class="bar-track" width="100%" height="10" rx="3" />
    {value > 0 && (
      <rect
        class="bar-fill"
        width={`${Math.max((value / Math.max(max, 1)) * 100, 1.5)}%`}
        height="10"
        rx="3"
      />
    )}
  </svg>
);

/** A big number that leads to the list it counts. @param {{label: string, value: number, href: string, note?: string, tone?: string, icon?: any}} props */
export const Tile = ({ label, value, href, note, tone, icon }) => (
  <a class="tile" href={href} data-tone={tone}>
    <span class="tile-head">
      {icon}
      <span class="tile-label">{label}</span>
    </span>
    <span class="tile-value">{num(value)}</span>
    {note && <span class="tile-note">{note}</span>}
  </a>
);
