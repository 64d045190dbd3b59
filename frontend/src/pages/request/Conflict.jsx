import { useEffect, useState } from 'preact/hooks';
import { changes } from '../../lib/diff.js';
import { request } from '../../lib/http.js';
import { dateTime, t } from '../../lib/i18n.js';
import { api } from '../../paths.js';
import { Banner } from '../../ui/Banner.jsx';
import { Button } from '../../ui/Button.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { clean } from './model.js';

/** A value of a draft in a few words. @param {any} value */
const brief = value => {
  if (value === undefined || value === null || value === '') return t('ui.notGiven');
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 157)}…` : text;
};

/** The label of a path of the content. @param {string} path @param {Api.Procedure} procedure */
function labelOf(path, procedure) {
  const [key, ...rest] = path.split('.');
  const field = procedure.form.sections.flatMap(section => section.fields).find(item => item.key === key);
  return [field?.label ?? key, ...rest].join(' / ');
}

/**
 * Another tab saved this draft meanwhile: what differs, and which one to keep.
 * @param {{number: string, mine: Api.Content, error: any, procedure: Api.Procedure, onMine: (etag: string) => void, onTheirs: (x: Api.Exception) => void}} props
 */
export function Conflict({ number, mine, error, procedure, onMine, onTheirs }) {
  const [theirs, setTheirs] = useState(/** @type {Api.Exception | null} */ (null));
  const [failed, setFailed] = useState(/** @type {any} */ (null));
  const read = () => {
    setFailed(null);
    request('GET', api.exception(number)).then(
      answer => setTheirs({ ...answer.data, etag: answer.etag }),
      setFailed,
    );
  };
  useEffect(read, [number]);
  const found = theirs ? changes(clean(theirs.content), clean(mine)) : [];
  const { changed_by: by, changed_at: at } = error?.problem ?? {};
  return (
    <Banner tone="warning" title={t('conflict.title')}>
      <p>{t(by ? 'conflict.textBy' : 'conflict.text', { name: by ?? '', at: dateTime(at) })}</p>
      {failed && <Problem error={failed} what={t('conflict.what')} onRetry={read} />}
      {found.length > 0 && (
        <div class="table-wrap">
          <table class="table diff">
            <caption class="hidden">{t('conflict.caption')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('conflict.field')}</th>
                <th scope="col">{t('conflict.mine')}</th>
                <th scope="col">{t('conflict.theirs')}</th>
              </tr>
            </thead>
            <tbody>
              {found.map(change => (
                <tr key={change.path}>
                  <th scope="row">{labelOf(change.path, procedure)}</th>
                  <td>{brief(change.after)}</td>
                  <td>{brief(change.before)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div class="row">
        <Button kind="primary" busy={!theirs && !failed} onClick={() => theirs && onMine(theirs.etag ?? '')}>
          {t('conflict.keepMine')}
        </Button>
        <Button busy={!theirs && !failed} onClick={() => theirs && onTheirs(theirs)}>
          {t('conflict.takeTheirs')}
        </Button>
      </div>
    </Banner>
  );
}
