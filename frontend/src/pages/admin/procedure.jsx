import { useRef, useState } from 'preact/hooks';
import { newKey, request } from '../../lib/http.js';
import { t } from '../../lib/i18n.js';
import { invalidate, useResource } from '../../lib/resource.js';
import { navigate } from '../../lib/router.jsx';
import { api, to } from '../../paths.js';
import { Banner } from '../../ui/Banner.jsx';
import { Button, ButtonLink } from '../../ui/Button.jsx';
import { ErrorSummary } from '../../ui/ErrorSummary.jsx';
import { PageHead } from '../../ui/PageHead.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';
import { NotFound } from '../errors.jsx';
import { clean, faultsOf, summaryOf } from './faults.js';
import { FormPart, FrameworksPart, IdentityPart, TermPart } from './ProcedureParts.jsx';
import { AsJson, Compare, TryIt, Versions } from './ProcedureTools.jsx';
import { StagesPart } from './StagesPart.jsx';

const views = ['edit', 'try', 'compare', 'json'];

/** @param {{view: string, onView: (view: string) => void}} props */
const Views = ({ view, onView }) => (
  <nav class="row" aria-label={t('procedures.views')}>
    {views.map(name => (
      <Button key={name} aria-pressed={view === name} onClick={() => onView(name)}>
        {t(`procedures.view.${name}`)}
      </Button>
    ))}
  </nav>
);

/** @param {{first: any, versions: any[], roles: any[], told: string, onPublished: (key: string, words: string) => Promise<void>}} props */
function Editor({ first, versions, roles, told, onPublished }) {
  const [procedure, setProcedure] = useState(first);
  const [faults, setFaults] = useState(/** @type {Record<string, string>} */ ({}));
  const [failed, setFailed] = useState(/** @type {any} */ (null));
  const [done, setDone] = useState(told);
  const [run, setRun] = useState(0);
  const [busy, setBusy] = useState('');
  const [view, setView] = useState('edit');
  // a new key begins at its first version
  const isNew = procedure.key !== first.key;
  const version = isNew ? 1 : versions[0].version + 1;
  /** @param {Record<string, string>} found */
  const show = found => {
    setFaults(found);
    setRun(before => before + 1);
    if (Object.keys(found).length) setView('edit');
  };
  /** @param {'check' | 'publish'} act */
  const send = async act => {
    setBusy(act);
    setFailed(null);
    setDone('');
    try {
      await request('POST', act === 'check' ? '/procedures/check' : '/procedures', {
        body: clean({ ...procedure, version }),
        ...(act === 'publish' && { key: newKey() }),
      });
      show({});
      const words = t(act === 'check' ? 'procedures.faultless' : 'procedures.published', { n: version });
      if (act === 'publish') await onPublished(procedure.key, words);
      setDone(words);
    } catch (caught) {
      const error = /** @type {any} */ (caught);
      if (error.errors?.length) show(faultsOf(error));
      else setFailed(error);
    }
    setBusy('');
  };
  /** @param {any} next */
  const change = next => {
    setProcedure(next);
    setDone(''); // it spoke of what was there before
  };
  const part = { value: procedure, set: change, faults, at: '' };
  return (
    <div class="stack">
      <ErrorSummary run={run} errors={summaryOf(faults)} />
      {failed && <Problem error={failed} what={t('procedures.notPublished')} />}
      {done && (
        <Banner tone="success">
          <p>{done}</p>
        </Banner>
      )}
      <Views view={view} onView={setView} />
      {view === 'edit' && (
        <>
          <IdentityPart part={part} roles={roles} />
          <FormPart part={part} />
          <StagesPart part={part} roles={roles} />
          <TermPart part={part} />
          <FrameworksPart part={part} />
        </>
      )}
      {view === 'try' && <TryIt procedure={procedure} roles={roles} onFaults={show} />}
      {view === 'compare' && <Compare procedure={procedure} versions={versions} />}
      {view === 'json' && (
        <AsJson
          procedure={procedure}
          onChange={next => {
            change(next);
            setView('edit');
          }}
        />
      )}
      <div class="row editor-acts">
        <Button busy={busy === 'check'} onClick={() => send('check')}>
          {t('procedures.check')}
        </Button>
        <Button kind="primary" busy={busy === 'publish'} onClick={() => send('publish')}>
          {t('procedures.publish', { n: version })}
        </Button>
      </div>
      <Versions versions={versions} />
    </div>
  );
}

/** A procedure as data: edited here, checked by the server, published as the next version. @param {{params: Record<string, string>, state: any}} props */
export default function ProcedureEditor({ params, state }) {
  const got = useResource(api.procedureVersions(params.key));
  const roles = useResource(/** @type {string} */ ('/roles'));
  const versions = /** @type {{items: any[]} | null} */ (got.data)?.items;
  const whole = useResource(versions ? api.procedureVersion(params.key, versions[0].version) : null);
  const held = useRef(/** @type {any} */ (null));
  // read once: what is typed stays when the next version is published
  held.current ??= /** @type {any} */ (whole.data)?.procedure ?? null;
  const first = held.current;
  const roleItems = /** @type {{items: any[]} | null} */ (roles.data)?.items;
  const error = got.error ?? whole.error ?? roles.error;
  if (got.error?.status === 404) return <NotFound what={params.key} />;
  return (
    <div class="narrow centered">
      <PageHead
        title={first?.title ?? params.key}
        over={<span class="mono">{params.key}</span>}
        sub={versions && t('procedures.inForce', { n: versions[0].version })}
        back={{ href: to.procedures(), label: t('procedures.title') }}
        actions={<ButtonLink href={to.procedure(params.key)}>{t('procedures.see')}</ButtonLink>}
      />
      {error && <Problem error={error} what={t('procedures.what')} onRetry={got.reload} />}
      {first && versions && roleItems ? (
        <Editor
          key={params.key}
          first={first}
          versions={versions}
          roles={roleItems}
          told={state?.done ?? ''}
          onPublished={async (key, words) => {
            invalidate('/procedures');
            if (key === params.key) await got.reload();
            else navigate(to.adminProcedure(key), { replace: true, state: { done: words } });
          }}
        />
      ) : (
        !error && <Skeleton lines={10} />
      )}
    </div>
  );
}
