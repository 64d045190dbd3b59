import { useRef } from 'preact/hooks';
import { t } from '../../lib/i18n.js';
import { Button } from '../../ui/Button.jsx';

/**
 * Rows that are added and taken away one by one; the focus goes to the new row, or to the Add button.
 * @param {{id: string, rows: any[], empty: any, name: string, onRows: (rows: any[]) => void, children: (row: any, set: (key: string, value: any) => void, i: number) => any}} props
 */
export function Rows({ id, rows, empty, name, onRows, children }) {
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const focus = /** @param {string} selector */ selector =>
    setTimeout(() => /** @type {HTMLElement | null} */ (box.current?.querySelector(selector))?.focus(), 0);
  const add = () => {
    onRows([...rows, { ...empty }]);
    focus(`#${id}-${rows.length} textarea`);
  };
  return (
    <div class="stack" ref={box}>
      {rows.map((row, i) => (
        <fieldset class="row-card" key={i} id={`${id}-${i}`}>
          <legend>{t(`form.${name}Number`, { n: i + 1 })}</legend>
          <div class="stack">
            {children(
              row,
              (key, value) => onRows(rows.map((item, j) => (j === i ? { ...item, [key]: value } : item))),
              i,
            )}
            <div>
              <button
                type="button"
                class="link-button small"
                onClick={() => {
                  onRows(rows.filter((_, j) => j !== i));
                  focus('.row-add');
                }}
              >
                {t(`form.${name}Remove`, { n: i + 1 })}
              </button>
            </div>
          </div>
        </fieldset>
      ))}
      <div>
        <Button icon="plus" class="button row-add" onClick={add}>
          {t(`form.${name}Add`)}
        </Button>
      </div>
    </div>
  );
}
