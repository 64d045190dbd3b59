import { useState } from 'preact/hooks';
import { newKey, request } from '../../lib/http.js';
import { t } from '../../lib/i18n.js';
import { invalidate, put } from '../../lib/resource.js';
import { navigate } from '../../lib/router.jsx';
import { api, to } from '../../paths.js';
import { Button, ButtonLink } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { ErrorSummary } from '../../ui/ErrorSummary.jsx';
import { PageHead } from '../../ui/PageHead.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { bodyOf, Identity } from './DocumentRules.jsx';
import { clean, faultsOf, summaryOf } from './faults.js';
import { Text } from './Parts.jsx';

/** A new document begins as a draft: identity first, text and rules on its page. */
export default function AddDocument() {
  const [value, setValue] = useState(
    /** @type {any} */ ({ key: '', title: '', kind: '', domain: '', owner: null, exceptions_allowed: true }),
  );
  const [faults, setFaults] = useState(/** @type {Record<string, string>} */ ({}));
  const [failed, setFailed] = useState(/** @type {any} */ (null));
  const [run, setRun] = useState(0);
  const [busy, setBusy] = useState(false);
  const [key, setKey] = useState(newKey);
  const save = async () => {
    setBusy(true);
    setFailed(null);
    setFaults({});
    try {
      const { data, etag } = await request('POST', '/documents', { body: clean(bodyOf(value)), key });
      put(api.documentRecord(data.key), data, etag);
      invalidate('/document-records?');
      navigate(to.adminDocument(data.key), { replace: true, state: { done: t('documents.added') } });
    } catch (caught) {
      const error = /** @type {any} */ (caught);
      setKey(newKey());
      setFaults(faultsOf(error));
      if (!error.errors?.length) setFailed(error);
      setRun(run + 1);
      setBusy(false);
    }
  };
  const part = { value, set: setValue, faults, at: '' };
  return (
    <div class="narrow centered">
      <PageHead
        title={t('documents.add')}
        sub={t('documents.addSub')}
        back={{ href: to.documents(), label: t('documents.title') }}
      />
      <div class="stack">
        <ErrorSummary run={run} errors={summaryOf(faults)} />
        {failed && <Problem error={failed} what={t('documents.saving')} />}
        <Card>
          <div class="stack">
            <Text part={part} name="key" hint={t('documents.keyHint')} />
            <Identity part={part} />
          </div>
        </Card>
        <div class="row">
          <Button kind="primary" busy={busy} onClick={save}>
            {t('documents.make')}
          </Button>
          <ButtonLink href={to.documents()} kind="quiet">
            {t('ui.cancel')}
          </ButtonLink>
        </div>
      </div>
    </div>
  );
}
