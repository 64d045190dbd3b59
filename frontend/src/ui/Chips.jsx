import { Icon } from './Icon.jsx';

/**
 * Things that are chosen and can be taken away one by one.
 * @param {{label: string, items: {key: string, text: string, remove: string, onRemove: () => void}[], children?: any}} props
 */
export function Chips({ label, items, children }) {
  if (!items.length) return null;
  return (
    <div class="chips">
      <ul class="chip-list" aria-label={label}>
        {items.map(item => (
          <li key={item.key} class="chip">
            <span>{item.text}</span>
            <button type="button" class="chip-remove" aria-label={item.remove} onClick={item.onRemove}>
              <Icon name="close" size={14} />
            </button>
          </li>
        ))}
      </ul>
      {children}
    </div>
  );
}
