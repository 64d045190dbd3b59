import { useState } from 'preact/hooks';
import { refusals } from '../../domain/stage.js';
import { allowed, refusal } from '../../domain/status.js';
import { newKey, request } from '../../lib/http.js';
import { list, t, word } from '../../lib/i18n.js';
import { invalidate, put } from '../../lib/resource.js';
import { isAny } from '../../lib/session.js';
import { api, to } from '../../paths.js';
import { Button, ButtonLink } from '../../ui/Button.jsx';
import { Dialog } from '../../ui/Dialog.jsx';
import { TextArea } from '../../ui/fields.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Copy } from './Copy.jsx';
import { Amend, Implement } from './Steps.jsx';

/** @param {{x: Api.Exception, open: boolean, onClose: () => void, reload: () => void}} props */
function Withdraw({ x, open, onClose, reload }) {
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {any} */ (null));
  const [key] = useState(newKey);
  const [missing, setMissing] = useState('');
  const send = async () => {
    setMissing(reason.trim() ? '' : t('withdraw.needReason'));
    if (!reason.trim()) return document.getElementById('withdraw-reason')?.focus();
    setBusy(true);
    setError(null);
    try {
      const body = { action: 'withdraw', reason };
      const { data, etag } = await request('POST', `${api.exception(x.number)}/steps`, {
        body,
        etag: x.etag,
        key,
      });
      put(api.exception(x.number), data, etag);
      invalidate('/home');
      onClose();
    } catch (caught) {
      setError(caught);
      if (/** @type {any} */ (caught).status === 412) reload();
    }
    setBusy(false);
  };
  return (
    <Dialog
      open={open}
      title={t('withdraw.title', { number: x.number })}
      onClose={onClose}
      focus="withdraw-reason"
    >
      {error && <Problem error={error} />}
      <p>{t('withdraw.text')}</p>
      <TextArea
        id="withdraw-reason"
        label={t('withdraw.reason')}
        hint={t('withdraw.hint')}
        error={missing}
        value={reason}
        onInput={setReason}
      />
      <div class="dialog-actions">
        <Button kind="danger-solid" busy={busy} onClick={send}>
          {t('withdraw.send')}
        </Button>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
      </div>
    </Dialog>
  );
}

/** The acts of this stage that are not open to this person, by the server's reason. @param {{x: Api.Exception}} props */
function Closed({ x }) {
  const refused = refusals(x);
  if (!refused.length) return null;
  return (
    <details class="refused">
      <summary>{t('exception.refused')}</summary>
      <dl class="pairs">
        {refused.map(({ reason, actions }) => (
          <div key={reason}>
            <dt>{list(actions.map(action => word('actions', action)))}</dt>
            <dd>{reason}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** What this person may do now. @param {{x: Api.Exception, reload: () => void, place: 'head' | 'foot'}} props */
export function Actions({ x, reload, place }) {
  const [open, setOpen] = useState(/** @type {'' | 'withdraw' | 'amend' | 'implement'} */ (''));
  if (place === 'foot') return <Closed x={x} />;
  const waits = x.status === 'in_review';
  const decides = waits && (x.stage?.kind ?? 'decide') === 'decide';
  const close = () => setOpen('');
  const mayReview = ['find', 'approve', 'deny', 'return'].some(action => allowed(x, action));
  return (
    <>
      <Button icon="print" onClick={() => print()}>
        {t('ui.print')}
      </Button>
      <Copy x={x} />
      {(allowed(x, 'withdraw') || (x.mine && waits)) && (
        <Button
          icon="undo"
          reason={allowed(x, 'withdraw') ? null : refusal(x, 'withdraw')}
          onClick={() => setOpen('withdraw')}
        >
          {t('actions.withdraw')}
        </Button>
      )}
      {allowed(x, 'amend') && (
        <Button icon="edit" onClick={() => setOpen('amend')}>
          {t('actions.amend')}
        </Button>
      )}
      {allowed(x, 'implement') && (
        <Button kind="primary" icon="checks" onClick={() => setOpen('implement')}>
          {t('actions.implement')}
        </Button>
      )}
      {allowed(x, 'edit') && (
        <ButtonLink href={to.request(x.number)} kind="primary" icon="edit">
          {t(waits ? 'stage.form' : x.status === 'returned' ? 'exception.answer' : 'home.continue')}
        </ButtonLink>
      )}
      {decides &&
        isAny('approver') &&
        (mayReview || refusal(x, 'approve')) &&
        (mayReview ? (
          <ButtonLink href={to.queue({ selected: x.number })} kind="primary" icon="shield">
            {t('exception.review')}
          </ButtonLink>
        ) : (
          <Button kind="primary" icon="shield" reason={refusal(x, 'approve')}>
            {t('exception.review')}
          </Button>
        ))}
      <Withdraw x={x} open={open === 'withdraw'} onClose={close} reload={reload} />
      {open === 'amend' && <Amend x={x} onClose={close} reload={reload} />}
      {open === 'implement' && <Implement x={x} onClose={close} reload={reload} />}
    </>
  );
}
