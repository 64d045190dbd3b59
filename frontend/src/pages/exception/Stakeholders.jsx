import { useState } from 'preact/hooks';
import { announce } from '../../lib/a11y.js';
import { newKey, request } from '../../lib/http.js';
import { dateTime, t } from '../../lib/i18n.js';
import { invalidate, put, useResource } from '../../lib/resource.js';
import { api } from '../../paths.js';
import { Banner } from '../../ui/Banner.jsx';
import { Button } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { Combobox } from '../../ui/Combobox.jsx';
import { Radios } from '../../ui/fields.jsx';
import { Icon } from '../../ui/Icon.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';
import { Tag } from '../../ui/Tag.jsx';
import { sentence } from '../request/faults.js';
import { colleagues, units } from '../shared/pickers.js';

const few = 8;

/** @param {{number: string, onDone: (list: Api.StakeholderList) => void}} props */
function TakeNote({ number, onDone }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {any} */ (null));
  const [key] = useState(newKey);
  const send = async () => {
    setBusy(true);
    setError(null);
    try {
      const { data } = await request('POST', api.acknowledgement(number), { key });
      invalidate('/home');
      announce(t('stakeholders.noted'));
      onDone(data);
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  };
  return (
    <Banner tone="info" title={t('stakeholders.yours')} live={false}>
      <p>{t('stakeholders.yoursText')}</p>
      {error && <Problem error={error} />}
      <Button kind="primary" busy={busy} onClick={send}>
        {t('stakeholders.note')}
      </Button>
    </Banner>
  );
}

/** Whether they have taken note, when it is the reader's to know. @param {{item: Api.Participant, list: Api.StakeholderList}} props */
function Noted({ item, list }) {
  if (item.part === 'expert')
    return (
      <Tag tone="info" icon="user">
        {t('talk.expert')}
      </Tag>
    );
  if (item.acknowledged_at)
    return (
      <Tag tone="success" icon="check">
        {t('stakeholders.notedAt', { at: dateTime(item.acknowledged_at) })}
      </Tag>
    );
  return (
    list.shows_acknowledgements && (
      <Tag tone="warning" icon="clock">
        {t('stakeholders.notYet')}
      </Tag>
    )
  );
}

/** @param {{number: string, item: Api.Participant, list: Api.StakeholderList, onDone: () => void}} props */
function Person({ number, item, list, onDone }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {any} */ (null));
  const remove = async () => {
    setBusy(true);
    setError(null);
    try {
      await request('DELETE', api.stakeholder(number, item.uid));
      announce(t('stakeholders.removed', { name: item.name }));
      onDone();
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  };
  return (
    <li class="stakeholder">
      <div class="item-main">
        <p>{item.name}</p>
        <p class="muted small">
          {[item.title, item.via_name ? t('stakeholders.via', { unit: item.via_name }) : item.unit]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <Noted item={item} list={list} />
      </div>
      {list.may_add && (
        <button
          type="button"
          class="icon-button"
          aria-disabled={busy || undefined}
          aria-label={t('stakeholders.remove', { name: item.name })}
          onClick={() => busy || remove()}
        >
          <Icon name="close" />
        </button>
      )}
      {error && <Problem error={error} />}
    </li>
  );
}

/** @typedef {'person' | 'unit' | 'expert'} Kind */

/** @param {Kind} kind @param {string} value */
const bodyOf = (kind, value) =>
  kind === 'unit' ? { unit: value } : { uid: value, ...(kind === 'expert' && { part: 'expert' }) };

/** @param {{number: string, list: Api.StakeholderList, onDone: (list: Api.StakeholderList) => void}} props */
function Add({ number, list, onDone }) {
  const [kind, setKind] = useState(/** @type {Kind} */ ('person'));
  const [chosen, setChosen] = useState(/** @type {import('../../ui/Combobox.jsx').Item | null} */ (null));
  const [fault, setFault] = useState('');
  const [failed, setFailed] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const [key, setKey] = useState(newKey);
  const kinds = /** @type {Kind[]} */ (['person', 'unit', ...(list.may_add_expert ? ['expert'] : [])]);
  const label = t(`stakeholders.who.${kind}`);
  const send = async () => {
    setFailed(null);
    setFault(chosen ? '' : t('stakeholders.needWho'));
    if (!chosen) return document.getElementById('stakeholder-who')?.focus();
    setBusy(true);
    try {
      const { data } = await request('POST', api.stakeholders(number), {
        body: bodyOf(kind, chosen.value),
        key,
      });
      setChosen(null);
      announce(t('stakeholders.added', { name: chosen.label }));
      onDone(data);
    } catch (caught) {
      const error = /** @type {any} */ (caught);
      setFault(error.errors.map((/** @type {any} */ item) => sentence(chosen.label, item.detail)).join(' '));
      if (!error.errors.length) setFailed(error);
    }
    setKey(newKey());
    setBusy(false);
  };
  return (
    <div class="stack screen-only">
      {failed && <Problem error={failed} />}
      <Radios
        id="stakeholder-kind"
        label={t('stakeholders.add')}
        hint={t('stakeholders.addHint')}
        inline
        value={kind}
        options={kinds.map(value => ({ value, label: t(`stakeholders.kind.${value}`) }))}
        onInput={value => {
          setKind(/** @type {Kind} */ (value));
          setChosen(null);
          setFault('');
        }}
      />
      <Combobox
        key={kind}
        id="stakeholder-who"
        label={label}
        error={fault}
        chosen={chosen}
        search={kind === 'unit' ? units : colleagues}
        onPick={setChosen}
      />
      <div class="row">
        <Button busy={busy} onClick={send}>
          {t(kind === 'expert' ? 'stakeholders.sendExpert' : 'stakeholders.send')}
        </Button>
      </div>
    </div>
  );
}

/** Who waits stands first. @param {Api.StakeholderList} list */
const inOrder = list =>
  list.shows_acknowledgements
    ? [...list.items].sort((a, b) => Number(!!a.acknowledged_at) - Number(!!b.acknowledged_at))
    : list.items;

/** Who is affected and who was asked, and have they taken note (P-08). @param {{x: Api.Exception}} props */
export function Stakeholders({ x }) {
  const url = api.stakeholders(x.number);
  const { data, error, reload } = useResource(x.content_version > 0 ? url : null);
  const list = /** @type {Api.StakeholderList | null} */ (data);
  const [all, setAll] = useState(false);
  if (x.content_version === 0) return null;
  const items = list ? inOrder(list) : [];
  /** @param {Api.StakeholderList} answer */
  const done = answer => {
    put(url, answer, '');
    invalidate(api.history(x.number));
  };
  return (
    <Card title={t('stakeholders.title')}>
      <div class="stack">
        {error && !list && <Problem error={error} what={t('stakeholders.title')} onRetry={reload} />}
        {!list && !error && <Skeleton lines={3} />}
        {list?.to_acknowledge && <TakeNote number={x.number} onDone={done} />}
        {list && !items.length && <p class="muted small">{t('stakeholders.none')}</p>}
        {list && (list.waiting ?? 0) > 0 && (
          <p class="small">{t('stakeholders.waiting', { n: list.waiting ?? 0 })}</p>
        )}
        {items.length > 0 && (
          <ul class="stakeholders">
            {(all ? items : items.slice(0, few)).map(item => (
              <Person
                key={`${item.uid} ${item.part}`}
                number={x.number}
                item={item}
                list={/** @type {Api.StakeholderList} */ (list)}
                onDone={reload}
              />
            ))}
          </ul>
        )}
        {items.length > few && (
          <div class="more">
            <Button onClick={() => setAll(!all)}>
              {all ? t('stakeholders.fewer') : t('stakeholders.all', { n: items.length })}
            </Button>
          </div>
        )}
        {list?.may_add && <Add number={x.number} list={list} onDone={done} />}
      </div>
    </Card>
  );
}
