import { useEffect, useState } from 'preact/hooks';
import { newKey, request } from '../../lib/http.js';
import { date, t, word } from '../../lib/i18n.js';
import { invalidate, put, useResource } from '../../lib/resource.js';
import { api, to } from '../../paths.js';
import { Banner } from '../../ui/Banner.jsx';
import { Button } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { Dialog } from '../../ui/Dialog.jsx';
import { ErrorSummary } from '../../ui/ErrorSummary.jsx';
import { PageHead } from '../../ui/PageHead.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';
import { NotFound } from '../errors.jsx';
import { bodyOf, ExceptionRules, Identity, rulesOf } from './DocumentRules.jsx';
import { Clauses, Writer } from './DocumentText.jsx';
import { State } from './documents.jsx';
import { faultsOf, summaryOf } from './faults.js';

/** Every act answers with the whole record. @param {string} key @param {any} answer */
function keep(key, answer) {
  put(api.documentRecord(key), answer.data, answer.etag);
  invalidate('/document-records?');
  invalidate('/documents');
}

/** @param {{d: any, onDone: (words: string) => void}} props */
function Rules({ d, onDone }) {
  const [rules, setRules] = useState(() => rulesOf(d));
  const [faults, setFaults] = useState(/** @type {Record<string, string>} */ ({}));
  const [failed, setFailed] = useState(/** @type {any} */ (null));
  const [run, setRun] = useState(0);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    setFailed(null);
    setFaults({});
    try {
      keep(d.key, await request('PUT', api.document(d.key), { body: bodyOf(rules), etag: d.etag }));
      onDone(t('documents.saved'));
    } catch (caught) {
      const error = /** @type {any} */ (caught);
      setFaults(faultsOf(error));
      if (!error.errors?.length) setFailed(error);
      setRun(run + 1);
    }
    setBusy(false);
  };
  const part = { value: rules, set: setRules, faults, at: '' };
  return (
    <div class="stack">
      <ErrorSummary run={run} errors={summaryOf(faults)} />
      {failed && <Problem error={failed} what={t('documents.saving')} />}
      <Card title={t('documents.identity')}>
        <div class="stack">
          <Identity part={part} />
        </div>
      </Card>
      <ExceptionRules part={part} kinds={d.kinds} />
      <div>
        <Button kind="primary" busy={busy} onClick={save}>
          {t('documents.save')}
        </Button>
      </div>
    </div>
  );
}

/** Publish or retire, asked once more. @param {{d: any, act: string, onClose: () => void, onDone: (words: string) => void}} props */
function Act({ d, act, onClose, onDone }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {any} */ (null));
  const [key] = useState(newKey);
  const version = d.draft?.text.version ?? d.version;
  const go = async () => {
    setBusy(true);
    setError(null);
    try {
      const answer = await request('POST', `${api.document(d.key)}/steps`, {
        body: { action: act },
        etag: d.etag,
        key,
      });
      keep(d.key, answer);
      onDone(t(act === 'publish' ? 'documents.published' : 'documents.retired', { version }));
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      title={t(act === 'publish' ? 'documents.publishTitle' : 'documents.retireTitle', { version })}
      onClose={onClose}
    >
      {error && <Problem error={error} />}
      <p>{t(act === 'publish' ? 'documents.publishText' : 'documents.retireText')}</p>
      <div class="dialog-actions">
        <Button kind={act === 'publish' ? 'primary' : 'danger-solid'} busy={busy} onClick={go}>
          {t(act === 'publish' ? 'documents.publish' : 'documents.retire')}
        </Button>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
      </div>
    </Dialog>
  );
}

/** @param {{d: any}} props */
const Versions = ({ d }) => (
  <Card title={t('documents.versions')}>
    <ul class="stack-sm">
      {d.versions.map((/** @type {any} */ item) => (
        <li key={item.version}>
          <strong>{item.version}</strong>{' '}
          <span class="muted">
            {[
              item.published_on && date(item.published_on),
              item.published_by,
              t('pickers.clauses', { n: item.clause_count }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </li>
      ))}
    </ul>
    <p class="hint">{t('documents.versionsHint')}</p>
  </Card>
);

/** What the buttons may do, with the reason when they may not. @param {any} d */
const refusals = d => ({
  publish: d.draft || d.state === 'retired' ? null : t('documents.nothingWritten'),
  retire: d.state === 'published' ? null : t('documents.notPublished'),
});

/** @param {{d: any, done: string, setDone: (words: string) => void}} props */
function Record({ d, done, setDone }) {
  const [writing, setWriting] = useState(false);
  const [act, setAct] = useState('');
  const may = refusals(d);
  useEffect(() => {
    if (writing) document.getElementById('writer')?.scrollIntoView({ block: 'start' });
  }, [writing]);
  /** @param {any} text */
  const write = async text => {
    const answer = await request('POST', `${api.document(d.key)}/versions`, {
      body: { text },
      etag: d.etag,
      key: newKey(),
    });
    keep(d.key, answer);
    setWriting(false);
    setDone(t('documents.textSaved', { version: text.version }));
  };
  return (
    <div class="stack">
      {done && (
        <Banner tone="success">
          <p>{done}</p>
        </Banner>
      )}
      <div class="row">
        <Button
          icon="edit"
          onClick={() => setWriting(true)}
          reason={writing ? t('documents.isWriting') : null}
        >
          {t(d.draft ? 'documents.goOn' : 'documents.write')}
        </Button>
        <Button kind="primary" onClick={() => setAct('publish')} reason={may.publish}>
          {d.draft
            ? t('documents.publishVersion', { version: d.draft.text.version })
            : t('documents.publish')}
        </Button>
        <Button kind="danger" onClick={() => setAct('retire')} reason={may.retire}>
          {t('documents.retire')}
        </Button>
      </div>
      {writing && <Writer d={d} onSave={write} onClose={() => setWriting(false)} />}
      {d.draft && !writing && (
        <Card title={t('documents.draftOf', { version: d.draft.text.version })}>
          <Clauses text={d.draft.text} />
        </Card>
      )}
      {d.text && (
        <Card title={t('documents.textOf', { version: d.version })}>
          <Clauses text={d.text} />
        </Card>
      )}
      <Rules key={d.etag} d={d} onDone={setDone} />
      {d.versions.length > 0 && <Versions d={d} />}
      {act && (
        <Act
          d={d}
          act={act}
          onClose={() => setAct('')}
          onDone={words => {
            setAct('');
            setDone(words);
          }}
        />
      )}
    </div>
  );
}

/** One document: its text, its versions, its rules. @param {{params: Record<string, string>, state: any}} props */
export default function DocumentPage({ params, state }) {
  const got = useResource(api.documentRecord(params.key));
  const d = /** @type {any} */ (got.data);
  const [done, setDone] = useState(/** @type {string} */ (state?.done ?? ''));
  if (got.error?.status === 404) return <NotFound what={params.key} />;
  return (
    <div class="narrow centered">
      <PageHead
        title={d?.title ?? params.key}
        over={<span class="mono">{params.key}</span>}
        sub={
          d && (
            <>
              <State state={d.state} /> {word('documentKinds', d.kind)} · {word('domains', d.domain)}
            </>
          )
        }
        back={{ href: to.documents(), label: t('documents.title') }}
      />
      {got.error && <Problem error={got.error} what={params.key} onRetry={got.reload} />}
      {d ? <Record d={d} done={done} setDone={setDone} /> : !got.error && <Skeleton lines={8} />}
    </div>
  );
}
