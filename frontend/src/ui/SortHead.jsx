import { useMemo } from 'preact/hooks';
import { newId } from '../lib/a11y.js';
import { Tip } from './Button.jsx';
import { Icon } from './Icon.jsx';

/**
 * A column heading, with a button when the column can be sorted; a sort that is not offered says why.
 * @param {{label: string, numeric?: boolean, direction?: 'ascending' | 'descending' | null, onSort?: () => void, reason?: string | null}} props
 */
export function SortHead({ label, numeric, direction, onSort, reason }) {
  const id = useMemo(() => newId('sort'), []);
  const icon = direction === 'ascending' ? 'up' : direction === 'descending' ? 'down' : 'sort';
  return (
    <th scope="col" data-numeric={numeric || undefined} aria-sort={direction ?? undefined}>
      {onSort || reason ? (
        <span class="has-tip">
          <button
            type="button"
            class="sort-button"
            aria-disabled={reason ? true : undefined}
            aria-describedby={reason ? id : undefined}
            onClick={() => !reason && onSort?.()}
          >
            {label}
            <Icon name={icon} size={14} />
          </button>
          {reason && <Tip id={id}>{reason}</Tip>}
        </span>
      ) : (
        label
      )}
    </th>
  );
}
