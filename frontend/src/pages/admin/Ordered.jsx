import { useRef } from 'preact/hooks';
import { announce } from '../../lib/a11y.js';
import { t } from '../../lib/i18n.js';
import { Button } from '../../ui/Button.jsx';
import { moved } from './faults.js';

/**
 * Rows in an order that matters: added, taken away, moved up and down with buttons. The focus stays with the row that moved.
 * @param {{id: string, rows: any[], add: string, empty: () => any, name: (row: any, i: number) => string, fold?: (row: any, i: number) => boolean,
 *   fixed?: boolean, onRows: (rows: any[]) => void, children: (row: any, set: (next: any) => void, i: number) => any}} props
 *   `fold` makes each row a part that opens; true opens it now. `fixed`: the order says nothing.
 */
export function Ordered({ id, rows, add, empty, name, fold, fixed, onRows, children }) {
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  /** @param {string} selector */
  const focus = selector =>
    setTimeout(() => /** @type {HTMLElement | null} */ (box.current?.querySelector(selector))?.focus(), 0);
  /** @param {number} i @param {-1 | 1} by */
  const move = (i, by) => {
    const to = i + by;
    onRows(moved(rows, i, by));
    announce(t('editor.moved', { name: name(rows[i], to), n: to + 1 }));
    const edge = by < 0 ? to === 0 : to === rows.length - 1;
    focus(`#${id}-${to}-${(by < 0) === edge ? 'down' : 'up'}`);
  };
  /** @param {any} row @param {number} i */
  const acts = (row, i) => (
    <div class="row ordered-acts">
      {!fixed && (
        <>
          <Button
            id={`${id}-${i}-up`}
            icon="up"
            reason={i === 0 ? t('editor.isFirst') : null}
            onClick={() => move(i, -1)}
          >
            {t('editor.up')}
            <span class="hidden"> {name(row, i)}</span>
          </Button>
          <Button
            id={`${id}-${i}-down`}
            icon="down"
            reason={i === rows.length - 1 ? t('editor.isLast') : null}
            onClick={() => move(i, 1)}
          >
            {t('editor.down')}
            <span class="hidden"> {name(row, i)}</span>
          </Button>
        </>
      )}
      <Button
        kind="quiet"
        onClick={() => {
          onRows(rows.filter((_, j) => j !== i));
          focus(`#${id}-add`);
        }}
      >
        {t('editor.remove')}
        <span class="hidden"> {name(row, i)}</span>
      </Button>
    </div>
  );
  /** @param {any} row @param {number} i */
  const inside = (row, i) => (
    <div class="stack">
      {children(row, next => onRows(rows.map((item, j) => (j === i ? next : item))), i)}
    </div>
  );
  return (
    <div class="stack" id={id} ref={box} tabIndex={-1}>
      {rows.map((row, i) =>
        fold ? (
          <section class="row-card ordered" key={i} id={`${id}-${i}`} aria-label={name(row, i)}>
            <details open={fold(row, i) || undefined}>
              <summary>{name(row, i)}</summary>
              {inside(row, i)}
            </details>
            {acts(row, i)}
          </section>
        ) : (
          <fieldset class="row-card" key={i} id={`${id}-${i}`}>
            <legend>{name(row, i)}</legend>
            {inside(row, i)}
            {acts(row, i)}
          </fieldset>
        ),
      )}
      <div>
        <Button icon="plus" id={`${id}-add`} onClick={() => onRows([...rows, empty()])}>
          {add}
        </Button>
      </div>
    </div>
  );
}
