import { useEffect } from 'preact/hooks';
import { focusField } from '../../lib/a11y.js';

/** The address may name a control: /requests/EX-2026-00042#risk-impact. The heading has the focus first. */
export function useHashField() {
  useEffect(() => {
    if (location.hash.length < 2) return;
    const timer = setTimeout(() => focusField(decodeURIComponent(location.hash.slice(1))), 60);
    return () => clearTimeout(timer);
  }, []);
}
