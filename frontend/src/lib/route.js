// Matching of paths, without a browser: /exceptions/:number and its values.

/** @typedef {{path: string, load: () => Promise<any>, title: string, allow?: () => boolean}} Route */

/** @param {string} pattern @param {string} path @returns {Record<string, string> | null} */
export function match(pattern, path) {
  const want = pattern.split('/');
  const have = path.replace(/(.)\/+$/, '$1').split('/');
  if (want.length !== have.length) return null;
  /** @type {Record<string, string>} */
  const params = {};
  for (let i = 0; i < want.length; i++) {
    if (want[i].startsWith(':')) {
      try {
        params[want[i].slice(1)] = decodeURIComponent(have[i]);
      } catch {
        return null;
      }
      if (!have[i]) return null;
    } else if (want[i] !== have[i]) return null;
  }
  return params;
}

/** The first route that fits. @param {Route[]} routes @param {string} path */
export function find(routes, path) {
  for (const route of routes) {
    const params = match(route.path, path);
    if (params) return { route, params };
  }
  return null;
}

/** Where paging stands: the cursors walked through so far, so that Previous works although the server only goes forward. */
/** @param {string[]} stack @param {string} current */
export const forward = (stack, current) => [...stack, current];
/** @param {string[]} stack @returns {{cursor: string, stack: string[]} | null} */
export const back = stack =>
  stack.length ? { cursor: stack[stack.length - 1], stack: stack.slice(0, -1) } : null;
