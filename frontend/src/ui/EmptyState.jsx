import { Icon } from './Icon.jsx';

/** What the place is for, and the one thing to do next. @param {{icon: string, title: string, text?: string, children?: any}} props */
export const EmptyState = ({ icon, title, text, children }) => (
  <div class="empty">
    <span class="empty-icon">
      <Icon name={icon} size={26} />
    </span>
    <p class="empty-title">{title}</p>
    {text && <p class="empty-text">{text}</p>}
    {children && <div class="empty-actions">{children}</div>}
  </div>
);
