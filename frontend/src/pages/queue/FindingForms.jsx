import { useState } from 'preact/hooks';
import { allowed, refusal } from '../../domain/status.js';
import { newKey, request } from '../../lib/http.js';
import { lookUp, t } from '../../lib/i18n.js';
import { invalidate, put } from '../../lib/resource.js';
import { me } from '../../lib/session.js';
import { api } from '../../paths.js';
import { Button } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { Radios, TextArea } from '../../ui/fields.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Tag } from '../../ui/Tag.jsx';
import { FindingText } from '../exception/decisions.jsx';
import { sentence } from '../request/faults.js';
import { keep, recall } from './texts.js';

const judgements = () =>
  Object.entries(lookUp('judgementChoices')).map(([value, label]) => ({ value, label: String(label) }));

/** The visible words are short; a screen reader hears which finding. @param {{what: string}} props */
const Judgement = ({ what }) => (
  <>
    <span class="hidden">{what}: </span>
    {t('findings.judgement')}
  </>
);

/** @param {{x: Api.Exception, kind: Api.FindingKind, recorded?: Api.Finding, onDone: () => void, onStale: (error: any) => void}} props */
function FindingForm({ x, kind, recorded, onDone, onStale }) {
  const slot = `${x.number} finding ${kind.key}`;
  const [value, setValue] = useState(
    recall(slot, { judgement: recorded?.judgement ?? '', text: recorded?.text ?? '' }),
  );
  const [errors, setErrors] = useState(/** @type {Record<string, string>} */ ({}));
  const [failed, setFailed] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const [key, setKey] = useState(newKey);
  /** @param {string} name @param {string} next */
  const set = (name, next) => {
    const all = { ...value, [name]: next };
    setValue(all);
    keep(slot, all);
  };
  const send = async () => {
    const missing = {
      ...(!value.judgement && { judgement: t('findings.needJudgement') }),
      ...(!value.text.trim() && { text: t('findings.needText') }),
    };
    setErrors(missing);
    setFailed(null);
    const first = Object.keys(missing)[0];
    if (first) {
      const id = first === 'judgement' ? `${kind.key}-judgement-supports` : `${kind.key}-text`;
      return document.getElementById(id)?.focus();
    }
    setBusy(true);
    try {
      const body = {
        kind: kind.key,
        judgement: value.judgement,
        text: value.text,
        content_version: x.content_version,
      };
      const { data, etag } = await request('POST', `${api.exception(x.number)}/findings`, { body, key });
      keep(slot, {});
      put(api.exception(x.number), data, etag);
      invalidate('/queue');
      onDone();
    } catch (caught) {
      const error = /** @type {any} */ (caught);
      setKey(newKey());
      setErrors(
        Object.fromEntries(
          error.errors.map((/** @type {any} */ item) => {
            const name = item.pointer.slice(1);
            return [
              name,
              sentence(name === 'text' ? t('findings.why') : t('findings.judgement'), item.detail),
            ];
          }),
        ),
      );
      if (error.status === 412) onStale(error);
      else setFailed(error);
    }
    setBusy(false);
  };
  return (
    <div class="stack">
      {failed && !failed.errors.length && <Problem error={failed} what={kind.label} />}
      <Radios
        id={`${kind.key}-judgement`}
        label={<Judgement what={kind.label} />}
        inline
        error={errors.judgement}
        value={value.judgement}
        options={judgements()}
        onInput={next => set('judgement', next)}
      />
      <TextArea
        id={`${kind.key}-text`}
        label={t('findings.why')}
        hint={kind.hint ?? undefined}
        error={errors.text}
        rows={3}
        value={value.text}
        onInput={next => set('text', next)}
        onKeyDown={(/** @type {KeyboardEvent} */ event) => event.key === 'Enter' && event.ctrlKey && send()}
      />
      <div class="row">
        <Button busy={busy} onClick={send}>
          {t('findings.record')}
        </Button>
        {recorded && (
          <Button kind="quiet" onClick={onDone}>
            {t('ui.cancel')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** @param {{x: Api.Exception, kind: Api.FindingKind, onStale: (error: any) => void}} props */
function Finding({ x, kind, onStale }) {
  const recorded = x.findings?.find(item => item.kind === kind.key);
  const current = recorded && recorded.content_version === x.content_version;
  const [editing, setEditing] = useState(false);
  const mine = recorded?.author === me.value?.person.name;
  const mayFind = allowed(x, 'find');
  return (
    <section class="finding">
      <div class="finding-head">
        <h3>{kind.label}</h3>
        <Tag tone={current ? 'success' : 'warning'} icon={current ? 'check' : 'clock'}>
          {t(current ? 'findings.recorded' : 'findings.owed')}
        </Tag>
      </div>
      {recorded && !editing && <FindingText finding={recorded} stale={!current} />}
      {!mayFind && !current && <p class="muted small">{refusal(x, 'find') || t('findings.notYours')}</p>}
      {mayFind && (editing || !current) && (
        <FindingForm
          x={x}
          kind={kind}
          recorded={recorded}
          onDone={() => setEditing(false)}
          onStale={onStale}
        />
      )}
      {mayFind && current && mine && !editing && (
        <button type="button" class="link-button small" onClick={() => setEditing(true)}>
          {t('ui.change')}
          <span class="hidden"> {kind.label}</span>
        </button>
      )}
    </section>
  );
}

/** The judgements that the stage owes before a decision (V-12). @param {{x: Api.Exception, etag: string, onStale: (error: any) => void}} props */
export function FindingForms({ x, onStale }) {
  const kinds = (x.stage?.findings ?? []).map(item => ({
    key: item.finding,
    label: item.label,
    hint: item.hint,
  }));
  if (!kinds.length) return null;
  return (
    <Card title={t('findings.formTitle')}>
      <p class="hint">{t('findings.formHint', { n: kinds.length })}</p>
      <div class="findings findings-forms">
        {kinds.map(kind => (
          <Finding key={kind.key} x={x} kind={kind} onStale={onStale} />
        ))}
      </div>
    </Card>
  );
}
