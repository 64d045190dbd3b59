import { useEffect, useState } from 'preact/hooks';
import { request } from '../../lib/http.js';
import { t } from '../../lib/i18n.js';
import { Card } from '../../ui/Card.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';

/** @param {{label: string, names: string[]}} props */
const Names = ({ label, names }) => (
  <div>
    <h3 class="preview-title">{label}</h3>
    <ul class="name-list">
      {names.map(name => (
        <li key={name}>{name}</li>
      ))}
    </ul>
  </div>
);

/** @param {{preview: Api.MappingPreview}} props */
const Effect = ({ preview }) => (
  <div class="stack" role="status">
    <p class="preview-count">{t('preview.members', { n: preview.members })}</p>
    <p>
      {preview.gains.length ? t('preview.gains', { n: preview.gains.length }) : t('preview.gainsNone')}{' '}
      {preview.already > 0 && t('preview.already', { n: preview.already })}
    </p>
    <div>
      <h3 class="preview-title">{t('preview.names')}</h3>
      <ul class="people">
        {preview.names.map(person => (
          <li key={person.uid}>
            <span>{person.name}</span>
            <span class="muted small">{[person.title, person.uid].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
      </ul>
      {preview.members > preview.names.length && (
        <p class="muted small">{t('preview.more', { n: preview.members - preview.names.length })}</p>
      )}
    </div>
    {preview.gains.length > 0 && <Names label={t('preview.gainsTitle')} names={preview.gains} />}
    {preview.nested.length > 0 && <Names label={t('preview.nested')} names={preview.nested} />}
    <p class="mono small muted">{preview.group.dn}</p>
  </div>
);

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
