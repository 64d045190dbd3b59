import { useState } from 'preact/hooks';
import { allowed } from '../../domain/status.js';
import { announce } from '../../lib/a11y.js';
import { newKey, request } from '../../lib/http.js';
import { t } from '../../lib/i18n.js';
import { invalidate } from '../../lib/resource.js';
import { navigate } from '../../lib/router.jsx';
import { refresh } from '../../lib/session.js';
import { api, to } from '../../paths.js';
import { Button } from '../../ui/Button.jsx';
import { Dialog } from '../../ui/Dialog.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { dropDraft } from './useDraft.js';

/** Gives a draft up. What is being saved is waited for, so that the newest version is named. @param {{x: Api.Exception, flush: () => Promise<any>, etag: () => string}} props */
export function Discard({ x, flush, etag }) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {any} */ (null));
  const [key] = useState(newKey);
  if (!allowed(x, 'discard')) return null;
  const send = async () => {
    setBusy(true);
    setError(null);
    try {
      await flush();
      await request('POST', `${api.exception(x.number)}/steps`, {
        body: { action: 'discard' },
        etag: etag(),
        key,
      });
      dropDraft(x.number);
      for (const prefix of ['/home', api.exception(x.number)]) invalidate(prefix);
      refresh(true);
      announce(t('discard.done', { number: x.number }));
      navigate(to.home());
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  };
  return (
    <>
      <Button kind="quiet" onClick={() => setOpen(true)}>
        {t('discard.button')}
      </Button>
      <Dialog open={open} title={t('discard.title', { number: x.number })} onClose={() => setOpen(false)}>
        {error && <Problem error={error} />}
        <p>{t('discard.text')}</p>
        <div class="dialog-actions">
          <Button kind="danger-solid" busy={busy} onClick={send}>
            {t('discard.button')}
          </Button>
          <Button onClick={() => setOpen(false)}>{t('discard.keep')}</Button>
        </div>
      </Dialog>
    </>
  );
}
