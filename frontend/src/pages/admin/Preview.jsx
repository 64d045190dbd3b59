import { useEffect, useState } from 'preact/hooks';
import { request } from '../../lib/http.js';
import { t } from '../../lib/i18n.js';
import { Card } from '../../ui/Card.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';

/** @param {{preview: Api.MappingPreview}} props */
function Effect({ preview }) {
  const gains = preview.gains.length + preview.gains_more;
  const hidden = preview.members - preview.people.length;
  return (
    <div class="stack" role="status">
      <p class="preview-count">{t('preview.members', { n: preview.members })}</p>
      <p>
        {gains ? t('preview.gains', { n: gains }) : t('preview.gainsNone')}{' '}
        {preview.already > 0 && t('preview.already', { n: preview.already })}
      </p>
      {preview.people.length > 0 && (
        <div>
          <h3 class="preview-title">{t('preview.names')}</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it */}
          <ul class="people" tabIndex={0} aria-label={t('preview.names')}>
            {preview.people.map(person => (
              <li key={person.uid}>
                <span>
                  {person.name}
                  {preview.gains.includes(person.name) && <span class="new-mark">{t('preview.new')}</span>}
                </span>
                <span class="muted small">{[person.title, person.uid].filter(Boolean).join(' · ')}</span>
              </li>
            ))}
          </ul>
          {hidden > 0 && <p class="muted small">{t('preview.more', { n: hidden })}</p>}
        </div>
      )}
      <p class="mono small muted">{preview.group.dn}</p>
    </div>
  );
}

/** Whom the mapping would reach, read from the directory before anything is saved. @param {{body: Record<string, any>, ready: boolean}} props */
export function Preview({ body, ready }) {
  const [preview, setPreview] = useState(/** @type {Api.MappingPreview | null} */ (null));
  const [error, setError] = useState(/** @type {any} */ (null));
  const [again, setAgain] = useState(0);
  const wanted = JSON.stringify(body);
  useEffect(() => {
    setPreview(null);
    setError(null);
    if (!ready) return;
    const abort = new AbortController();
    request('POST', '/role-mappings/preview', { body, signal: abort.signal }).then(
      answer => setPreview(answer.data),
      caught => caught.kind !== 'aborted' && setError(caught),
    );
    return () => abort.abort();
  }, [wanted, ready, again]);
  return (
    <aside class="preview" aria-label={t('preview.title')}>
      <Card title={t('preview.title')}>
        {!ready && <p class="muted">{t('preview.choose')}</p>}
        {ready && !preview && !error && <Skeleton lines={6} />}
        {error && <Problem error={error} what={t('preview.title')} onRetry={() => setAgain(again + 1)} />}
        {preview && <Effect preview={preview} />}
      </Card>
    </aside>
  );
}
