import { useState } from 'preact/hooks';
import { newKey, request } from '../../lib/http.js';
import { list, lookUp, t, word } from '../../lib/i18n.js';
import { invalidate, put, useResource } from '../../lib/resource.js';
import { navigate } from '../../lib/router.jsx';
import { api, to } from '../../paths.js';
import { Button } from '../../ui/Button.jsx';
import { EmptyState } from '../../ui/EmptyState.jsx';
import { Radios } from '../../ui/fields.jsx';
import { Icon } from '../../ui/Icon.jsx';
import { PageHead } from '../../ui/PageHead.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';

const icons = /** @type {Record<string, string>} */ ({
  vulnerability_sla: 'shield',
  policy_deviation: 'file',
});

/** @param {{item: Api.ProcedureSummary, busy: boolean, onStart: () => void}} props */
const ProcedureCard = ({ item, busy, onStart }) => (
  <li class="card choose">
    <span class="choose-icon">
      <Icon name={icons[item.type] ?? 'file'} size={22} />
    </span>
    <div class="choose-words">
      <h3>{item.title}</h3>
      <p>
        <span class="hidden">{t('request.when')} </span>
        {item.summary}
      </p>
      <p class="item-meta">
        <span class="mono">{item.number ?? item.key}</span>
        <span>{list(item.domains.map(domain => word('domains', domain)))}</span>
        <span>{t('request.steps', { n: item.step_count })}</span>
        <a href={to.procedure(item.key)}>
          {t('procedure.read')}
          <span class="hidden"> {item.title}</span>
        </a>
      </p>
    </div>
    <Button
      kind="primary"
      busy={busy}
      onClick={onStart}
      aria-label={t('request.startOf', { title: item.title })}
    >
      {t('request.start')}
    </Button>
  </li>
);

/** A procedure for one subject fits better than one for everything, so it stands first. @param {Api.ProcedureSummary[]} items */
const groupsOf = items => {
  const special = items.filter(item => item.type === 'vulnerability_sla' || item.domains.length === 1);
  return [
    { key: 'special', items: special },
    { key: 'general', items: items.filter(item => !special.includes(item)) },
  ].filter(group => group.items.length);
};

/** Which way the request goes; choosing one makes the draft. */
export default function NewRequest() {
  const { data, error, reload } = useResource(/** @type {string} */ ('/procedures?asking=true'));
  const items = /** @type {Api.List<Api.ProcedureSummary> | null} */ (data)?.items;
  const [domain, setDomain] = useState('');
  const fitting = items?.filter(item => !domain || item.domains.includes(domain)) ?? [];
  const [busy, setBusy] = useState('');
  const [failed, setFailed] = useState(/** @type {any} */ (null));
  const [keys] = useState(() => new Map());
  /** @param {string} procedure */
  const start = async procedure => {
    setBusy(procedure);
    setFailed(null);
    if (!keys.has(procedure)) keys.set(procedure, newKey());
    try {
      const { data: made, etag } = await request('POST', '/exceptions', {
        body: { procedure },
        key: keys.get(procedure),
      });
      put(api.exception(made.number), made, etag);
      invalidate('/home');
      navigate(to.request(made.number), { replace: true });
    } catch (caught) {
      setFailed(caught);
      setBusy('');
    }
  };
  return (
    <div class="narrow centered">
      <PageHead
        title={t('request.newTitle')}
        sub={t('request.newSub')}
        back={{ href: to.home(), label: t('nav.home') }}
      />
      <div class="stack">
        {error && <Problem error={error} what={t('request.procedures')} onRetry={reload} />}
        {failed && <Problem error={failed} what={t('request.starting')} />}
        {!items && !error && <Skeleton />}
        {items && !items.length && (
          <EmptyState icon="file" title={t('request.noProcedures')} text={t('request.noProceduresText')} />
        )}
        {items && items.length > 3 && (
          <Radios
            id="domain"
            label={t('request.about')}
            inline
            value={domain}
            options={[
              { value: '', label: t('request.anything') },
              ...Object.entries(lookUp('domains')).map(([value, label]) => ({
                value,
                label: String(label),
              })),
            ]}
            onInput={setDomain}
          />
        )}
        {groupsOf(fitting).map(group => (
          <section key={group.key} class="stack-sm choose-group">
            <h2>{t(`request.groups.${group.key}`)}</h2>
            <p class="hint">{t(`request.groupHints.${group.key}`)}</p>
            <ul class="stack">
              {group.items.map(item => (
                <ProcedureCard
                  key={item.key}
                  item={item}
                  busy={busy === item.key}
                  onStart={() => !busy && start(item.key)}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  );
}
