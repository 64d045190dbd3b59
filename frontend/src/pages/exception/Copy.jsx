import { useState } from 'preact/hooks';
import { newKey, request } from '../../lib/http.js';
import { t } from '../../lib/i18n.js';
import { invalidate, put } from '../../lib/resource.js';
import { navigate } from '../../lib/router.jsx';
import { may } from '../../lib/session.js';
import { api, to } from '../../paths.js';
import { Button } from '../../ui/Button.jsx';
import { Dialog } from '../../ui/Dialog.jsx';
import { Problem } from '../../ui/Problem.jsx';

/** Starts a request with what this one says, without its days. @param {{x: Api.Exception}} props */
export function Copy({ x }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {any} */ (null));
  const [key, setKey] = useState(newKey);
  if (!may('request')) return null;
  const send = async () => {
    setBusy(true);
    try {
      const { data: made, etag } = await request('POST', '/exceptions', {
        body: { procedure: x.procedure_key, copy_of: x.number },
        key,
      });
      put(api.exception(made.number), made, etag);
      invalidate('/home');
      navigate(to.request(made.number));
    } catch (caught) {
      setError(caught);
      setKey(newKey());
      setBusy(false);
    }
  };
  return (
    <>
      <Button icon="file" busy={busy} onClick={send}>
        {t('copy.button')}
      </Button>
      <Dialog open={Boolean(error)} title={t('copy.failed')} onClose={() => setError(null)}>
        {error && <Problem error={error} what={t('copy.failed')} />}
        <div class="dialog-actions">
          <Button onClick={() => setError(null)}>{t('ui.close')}</Button>
        </div>
      </Dialog>
    </>
  );
}
