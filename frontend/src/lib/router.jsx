// History router: plain links, lazy pages, focus on the new heading, scroll kept for each history entry.
import { signal } from '@preact/signals';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { focusOn } from './a11y.js';
import { find } from './route.js';

const read = () => ({ path: location.pathname, search: location.search, state: history.state ?? {} });
/** The address as a signal: path, search and the state of the history entry. */
export const place = signal(read());

/** @type {Map<string, number>} */
const scrolls = new Map();
let restore = 0;
const keyOf = () => history.state?.key ?? 'first';
const remember = () => scrolls.set(keyOf(), window.scrollY);

/** @param {string} href @param {{replace?: boolean, state?: Record<string, any>, keepScroll?: boolean}} [options] */
export function navigate(href, { replace = false, state = {}, keepScroll = false } = {}) {
  remember();
  const entry = { ...state, key: replace ? keyOf() : crypto.randomUUID() };
  history[replace ? 'replaceState' : 'pushState'](entry, '', href);
  restore = keepScroll ? window.scrollY : 0;
  place.value = read();
}

/** Another query on the same page. @param {string} search @param {{replace?: boolean, state?: Record<string, any>, keepScroll?: boolean}} [options] */
export const setQuery = (search, options) => navigate(location.pathname + search, options);

/** @param {MouseEvent} event */
function onClick(event) {
  const link = /** @type {HTMLElement} */ (event.target).closest('a');
  if (
    !link ||
    event.defaultPrevented ||
    event.button ||
    event.metaKey ||
    event.ctrlKey ||
    event.shiftKey ||
    event.altKey
  )
    return;
  if (link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
  if (link.pathname.startsWith('/api/')) return;
  if (link.pathname === location.pathname && link.search === location.search && link.hash) return;
  event.preventDefault();
  navigate(link.pathname + link.search + link.hash);
}

export function start() {
  history.scrollRestoration = 'manual';
  document.addEventListener('click', onClick);
  addEventListener('popstate', () => {
    restore = scrolls.get(keyOf()) ?? 0;
    place.value = read();
  });
  addEventListener('scroll', remember, { passive: true });
}

/** The name of the page in the tab. @param {string} text */
export function useTitle(text) {
  useEffect(() => {
    document.title = text;
  }, [text]);
}

/** An old tab may ask for a file of last week: load the page anew, once. @param {unknown} error */
function reloadOnce(error) {
  if (sessionStorage.getItem('reloaded') === location.href) throw error;
  sessionStorage.setItem('reloaded', location.href);
  location.reload();
}

/**
 * Shows the page of the current path. The old page stays until the code of the new one is there.
 * @param {{routes: import('./route.js').Route[], notFound: any, onLost: any}} props
 */
export function Router({ routes, notFound: NotFound, onLost: Lost }) {
  const { path, search, state } = place.value;
  const found = find(routes, path);
  const [shown, setShown] = useState(/** @type {any} */ (null));

  useEffect(() => {
    if (!found) {
      setShown({ path, Page: NotFound, params: {} });
      return;
    }
    let alive = true;
    found.route.load().then(
      module => {
        sessionStorage.removeItem('reloaded');
        if (alive) setShown({ path, Page: module.default, params: found.params });
      },
      error => {
        try {
          reloadOnce(error);
        } catch {
          if (alive) setShown({ path, Page: Lost, params: {} });
        }
      },
    );
    return () => {
      alive = false;
    };
  }, [path]);

  useLayoutEffect(() => {
    if (!shown) return;
    window.scrollTo(0, restore);
    if (shown.first !== false && place.peek().state.key) focusOn(document.querySelector('main h1'));
  }, [shown?.path]);

  const current = shown?.path === path ? search : shown?.search;
  useLayoutEffect(() => {
    if (shown?.path === path) window.scrollTo(0, restore);
  }, [current]);

  if (!shown) return null;
  const { Page, params } = shown;
  return <Page key={shown.path} params={params} search={shown.path === path ? search : ''} state={state} />;
}
