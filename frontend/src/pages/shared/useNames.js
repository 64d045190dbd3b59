import { useEffect, useState } from 'preact/hooks';

/**
 * The name behind a key that stands in the URL or in a draft, asked once.
 * @param {string | null | undefined} key @param {(key: string) => Promise<string>} ask @returns {string} the key itself until the name is there
 */
export function useName(key, ask) {
  const [known, setKnown] = useState(/** @type {{key: string, name: string} | null} */ (null));
  useEffect(() => {
    if (!key || known?.key === key) return;
    let alive = true;
    ask(key).then(
      name => alive && setKnown({ key, name }),
      () => {},
    );
    return () => {
      alive = false;
    };
  }, [key]);
  return known && known.key === key ? known.name : (key ?? '');
}
