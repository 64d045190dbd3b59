// The scope of a mapping in words: where a role counts.
import { t, word } from '../../lib/i18n.js';

/** @param {{unit_name?: string | null, unit_code?: string | null, domain?: string | null, document_key?: string | null}} mapping */
export function scopeWords({ unit_name, unit_code, domain, document_key }) {
  const parts = [unit_name ?? unit_code, domain && word('domains', domain), document_key].filter(Boolean);
  return parts.length ? parts.join(' · ') : t('groups.everywhere');
}
