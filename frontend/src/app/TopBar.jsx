import { useEffect, useState } from 'preact/hooks';
import { num, t } from '../lib/i18n.js';
import { navigate, place } from '../lib/router.jsx';
import { me } from '../lib/session.js';
import { to } from '../paths.js';
import { navigation } from '../routes.js';
import { Icon } from '../ui/Icon.jsx';
import { UserMenu } from './UserMenu.jsx';

/** @param {string} path @param {string} here */
const isCurrent = (path, here) =>
  path === '/' ? here === '/' : here === path || here.startsWith(`${path}/`);

/** @param {{open: boolean}} props */
function Navigation({ open }) {
  const here = place.value.path;
  return (
    <nav id="nav" class="nav" aria-label={t('nav.label')} data-open={open || undefined}>
      <ul>
        {navigation().map(route => {
          const waiting = route.name === 'queue' ? (me.value?.queue_count ?? 0) : 0;
          return (
            <li key={route.path}>
              <a href={route.path} aria-current={isCurrent(route.path, here) ? 'page' : undefined}>
                {t(route.title)}
                {waiting > 0 && (
                  <span class="count">
                    {num(waiting)}
                    <span class="hidden"> {t('nav.waiting')}</span>
                  </span>
                )}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** Finds by number or by words, over all statuses. */
function Find() {
  return (
    <search class="find">
      <form
        onSubmit={event => {
          event.preventDefault();
          const input = /** @type {HTMLInputElement} */ (event.currentTarget.elements.namedItem('find'));
          const text = input.value.trim();
          if (!text) return;
          const number = /^ex-\d{4}-\d{5,}$/i.test(text);
          navigate(number ? to.exception(text.toUpperCase()) : to.register({ q: text, status: ['all'] }));
          input.value = '';
          input.blur();
        }}
      >
        <Icon name="search" />
        <input
          id="find"
          name="find"
          type="search"
          class="input"
          aria-label={t('nav.find')}
          placeholder={t('nav.findShort')}
          autocomplete="off"
        />
      </form>
    </search>
  );
}

/** @param {{onHelp: () => void}} props */
export function TopBar({ onHelp }) {
  const [open, setOpen] = useState(false);
  const path = place.value.path;
  useEffect(() => setOpen(false), [path]);
  return (
    <header class="topbar">
      <div class="topbar-row">
        <a class="brand" href={to.home()}>
          <Icon name="mark" size={26} />
          <span>{t('product')}</span>
        </a>
        <button
          type="button"
          class="icon-button nav-toggle"
          aria-label={t('nav.menu')}
          aria-expanded={open}
          aria-controls="nav"
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? 'close' : 'menu'} size={20} />
        </button>
        <Navigation open={open} />
        <div class="topbar-end">
          <Find />
          <button
            type="button"
            class="icon-button"
            aria-label={t('nav.help')}
            aria-keyshortcuts="?"
            onClick={onHelp}
          >
            <Icon name="help" size={20} />
          </button>
          <UserMenu />
        </div>
      </div>
    </header>
  );
}
