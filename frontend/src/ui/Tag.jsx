import { Icon } from './Icon.jsx';

/** A short word with icon and tone. @param {{tone: string, icon?: string, children: any}} props */
export function Tag({ tone, icon, children }) {
  return (
    <span class="tag" data-tone={tone}>
      {icon && <Icon name={icon} size={14} />}
      {children}
    </span>
  );
}
