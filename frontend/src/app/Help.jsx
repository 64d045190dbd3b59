import { registerStatuses } from '../domain/status.js';
import { lookUp, t } from '../lib/i18n.js';
import { enabled } from '../lib/keys.js';
import { find } from '../lib/route.js';
import { place } from '../lib/router.jsx';
import { Status } from '../pages/shared/Status.jsx';
import { routes } from '../routes.js';
import { Dialog } from '../ui/Dialog.jsx';

/** @param {{title: string, keys: Record<string, string>}} props */
const Keys = ({ title, keys }) => (
  <section>
    <h3>{title}</h3>
    <dl class="keys">
      {Object.entries(keys).map(([key, words]) => (
        <div key={key}>
          <dt>
            {key.split(' ').map(one => (
              <kbd class="key" key={one}>
                {one}
              </kbd>
            ))}
          </dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  </section>
);

/** Five lines on the page at hand, the keys, and what the words mean. @param {{open: boolean, onClose: () => void}} props */
export function Help({ open, onClose }) {
  const name = /** @type {any} */ (find(routes, place.value.path)?.route)?.name ?? 'home';
  const lines = /** @type {Record<string, string>} */ (lookUp(`help.${name}`) ?? lookUp('help.home'));
  return (
    <Dialog open={open} title={t('help.title')} onClose={onClose} wide>
      <ul class="help-lines">
        {Object.values(lines).map(line => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <div class="help-columns">
        <Keys title={t('help.keysAll')} keys={lookUp('keys.all')} />
        {name === 'queue' && <Keys title={t('help.keysQueue')} keys={lookUp('keys.queue')} />}
      </div>
      <p class="muted small">{t(enabled.value ? 'help.keysOn' : 'help.keysOff')}</p>
      <details>
        <summary>{t('help.words')}</summary>
        <dl class="meanings">
          {registerStatuses.map(status => (
            <div key={status}>
              <dt>
                <Status status={status} />
              </dt>
              <dd>{t(`meaning.${status}`)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </Dialog>
  );
}
