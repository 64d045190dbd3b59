import { useState } from 'preact/hooks';
import { announce } from '../../lib/a11y.js';
import { request } from '../../lib/http.js';
import { t } from '../../lib/i18n.js';
import { api } from '../../paths.js';
import { Button } from '../../ui/Button.jsx';
import { Problem } from '../../ui/Problem.jsx';

/** Be told of decisions and comments; who asked is told anyway. @param {{x: Api.Exception, reload: () => Promise<void>}} props */
export function Watch({ x, reload }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {any} */ (null));
  if (x.mine) return null;
  const turn = async () => {
    setBusy(true);
    setError(null);
    try {
      await request(x.watching ? 'DELETE' : 'POST', api.watch(x.number));
      await reload();
      announce(t(x.watching ? 'watch.stopped' : 'watch.started'));
    } catch (caught) {
      setError(caught);
    }
    setBusy(false);
  };
  return (
    <>
      <Button icon={x.watching ? 'eyeoff' : 'eye'} busy={busy} onClick={turn}>
        {t(x.watching ? 'watch.stop' : 'watch.start')}
      </Button>
      {error && <Problem error={error} />}
    </>
  );
}
