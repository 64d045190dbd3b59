import { useState } from 'preact/hooks';
import { focusField } from '../../lib/a11y.js';
import { newKey, request } from '../../lib/http.js';
import { clock, date, t, word } from '../../lib/i18n.js';
import { Button } from '../../ui/Button.jsx';
import { Dialog } from '../../ui/Dialog.jsx';
import { Group, TextArea, TextField } from '../../ui/fields.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { sentence } from '../request/faults.js';
import { Risk } from '../shared/Risk.jsx';
import { Rows } from '../shared/Rows.jsx';
import { settle } from '../stage/useAct.js';
import { usePrecedents } from './Precedents.jsx';
import { keep, recall } from './texts.js';

/** What is decided on, in four lines. @param {{x: Api.Exception}} props */
const Summary = ({ x }) => (
  <dl class="pairs decision-facts">
    {[
      ['request', x.title],
      [
        'document',
        [x.document_title, x.clauses?.map(clause => clause.ref).join(', ')].filter(Boolean).join(' · '),
      ],
      ['risk', <Risk key="risk" score={x.risk ?? x.risk_before} />],
      [
        'findings',
        x.findings
          ?.map(finding => `${finding.label ?? finding.kind}: ${word('judgements', finding.judgement)}`)
          .join(' · ') || t('findings.none'),
      ],
    ].map(([key, value]) => (
      <div key={String(key)}>
        <dt>{t(`facts.${key}`)}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

/** The hint below the expiry date, what was asked and what is allowed; and the last day one may give. @param {Api.Exception} x */
function dateHint(x) {
  const limit = x.latest_until;
  const asked = t('decide.asked', { date: date(x.requested_until) });
  const last =
    limit && x.requested_until && limit < x.requested_until ? limit : (x.requested_until ?? limit ?? '');
  return {
    hint: limit ? `${asked} ${t('decide.limit', { n: x.max_days ?? 0, date: date(limit) })}` : asked,
    last,
  };
}

/**
 * What the approval asks for, each with who sees to it (M-18).
 * @param {{rows: Api.Condition[], owner: string, last: string, errors: Record<string, string>, onRows: (rows: Api.Condition[]) => void}} props
 */
const ConditionsField = ({ rows, owner, last, errors, onRows }) => (
  <Group
    id="decide-conditions"
    kind="group"
    label={t('decide.conditions')}
    hint={t('decide.conditionsHint')}
    error={errors.conditions}
    optional
  >
    <div class="sub">
      <Rows
        id="decide-conditions"
        name="condition"
        rows={rows}
        empty={{ text: '', owner, due_on: null }}
        onRows={onRows}
      >
        {(row, set, i) => (
          <>
            <TextArea
              id={`decide-conditions-${i}-text`}
              label={t('decide.condition.text')}
              error={errors[`conditions-${i}-text`]}
              rows={2}
              value={row.text}
              onInput={next => set('text', next)}
            />
            <div class="two">
              <TextField
                id={`decide-conditions-${i}-owner`}
                label={t('decide.condition.owner')}
                error={errors[`conditions-${i}-owner`]}
                value={row.owner}
                onInput={next => set('owner', next)}
                autocomplete="off"
              />
              <TextField
                id={`decide-conditions-${i}-due_on`}
                type="date"
                label={t('decide.condition.due_on')}
                hint={t('decide.conditionDueHint')}
                error={errors[`conditions-${i}-due_on`]}
                value={row.due_on ?? ''}
                min={clock.today}
                max={last || undefined}
                onInput={next => set('due_on', next || null)}
              />
            </div>
          </>
        )}
      </Rows>
    </div>
  </Group>
);

/** What a fault of the server is about: reason, expires_on, conditions-0-text. @param {string} name */
function labelOf(name) {
  const [, row, part] = name.split('-');
  if (part)
    return t('form.rowPart', {
      row: t('form.conditionNumber', { n: Number(row) + 1 }),
      part: t(`decide.condition.${part}`),
    });
  if (name === 'precedent_reason') return t('decide.precedent');
  return t(
    name === 'reason' ? 'print.reason' : name === 'conditions' ? 'decide.conditions' : 'decide.expires',
  );
}

/**
 * Approve, deny or return, or answer a recommended alternative: the facts, the date where it matters, and the reason that stays in the record.
 * @param {{x: Api.Exception, etag: string, verdict: string, words?: string, onClose: () => void, onDecided: (x: Api.Exception, verdict: string) => void, onStale: (error: any) => void}} props
 */
export function DecisionDialog({ x, etag, verdict, words = verdict, onClose, onDecided, onStale }) {
  const { hint, last } = dateHint(x);
  const slot = `${x.number} decision`;
  const [reason, setReason] = useState(recall(slot, { reason: '' }).reason);
  const { data: precedents } = usePrecedents(x.number);
  const [departure, setDeparture] = useState(recall(`${slot} departure`, { text: '' }).text);
  const [conditions, setConditions] = useState(
    /** @type {Api.Condition[]} */ (recall(`${slot} conditions`, { rows: [] }).rows),
  );
  const [day, setDay] = useState(/** @type {string | null} */ (null));
  const [errors, setErrors] = useState(/** @type {Record<string, string>} */ ({}));
  const [failed, setFailed] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const [key, setKey] = useState(newKey);
  const until = day ?? last;
  const departs =
    Boolean(verdict) && (precedents?.departs_if === verdict || Boolean(errors.precedent_reason));
  const close = () => {
    setErrors({});
    setFailed(null);
    onClose();
  };
  const check = () => {
    /** @type {Record<string, string>} */
    const found = {};
    if (verdict === 'approve' && !until) found.expires_on = t('decide.needDate');
    if (verdict === 'approve' && until && until < clock.today) found.expires_on = t('decide.past');
    if (!reason.trim()) found.reason = t(`decide.needReason.${words}`);
    if (departs && !departure.trim()) found.precedent_reason = t('decide.needPrecedent');
    conditions.forEach((row, i) => {
      for (const part of /** @type {const} */ (['text', 'owner']))
        if (verdict === 'approve' && !row[part]?.trim())
          found[`conditions-${i}-${part}`] = sentence(labelOf(`conditions-${i}-${part}`), 'is missing');
    });
    return found;
  };
  /** @param {Event} [event] */
  const send = async event => {
    event?.preventDefault();
    if (busy) return;
    const found = check();
    setErrors(found);
    setFailed(null);
    if (Object.keys(found).length) return focusField(`decide-${Object.keys(found)[0]}`);
    setBusy(true);
    try {
      const body = {
        exception: x.number,
        content_version: x.content_version,
        content_hash: x.content_hash,
        stage: x.stage?.stage,
        verdict,
        reason,
        ...(departs && { precedent_reason: departure }),
        ...(verdict === 'approve' && { expires_on: until, conditions }),
      };
      const { data, etag: fresh } = await request('POST', '/decisions', { body, etag, key });
      settle(x.number, { data, etag: fresh });
      setBusy(false);
      onDecided(data, verdict);
    } catch (caught) {
      const error = /** @type {any} */ (caught);
      setKey(newKey());
      setBusy(false);
      if (error.status === 412) return onStale(error);
      const own = Object.fromEntries(
        error.errors.map((/** @type {any} */ item) => {
          const name = item.pointer.slice(1).replaceAll('/', '-');
          return [name, sentence(labelOf(name), item.detail)];
        }),
      );
      setErrors(own);
      const first = Object.keys(own).find(name =>
        /^(reason|precedent_reason|expires_on|conditions)/.test(name),
      );
      if (first) focusField(`decide-${first}`);
      else setFailed(error);
    }
  };
  return (
    <Dialog
      open={Boolean(verdict)}
      title={t(`decide.title.${words || 'approve'}`, { number: x.number })}
      onClose={close}
      focus="decide-reason"
    >
      <form class="stack" noValidate onSubmit={send}>
        {failed && <Problem error={failed} what={t('decide.what')} />}
        <Summary x={x} />
        {x.acting_for && <p>{t('decide.actingFor', { name: x.acting_for })}</p>}
        {verdict === 'approve' && (
          <TextField
            id="decide-expires_on"
            type="date"
            narrow
            label={t('decide.expires')}
            hint={hint}
            error={errors.expires_on}
            value={until}
            min={clock.today}
            max={last || undefined}
            onInput={setDay}
          />
        )}
        <TextArea
          id="decide-reason"
          label={t(`decide.reason.${words || 'approve'}`)}
          hint={t('decide.reasonHint')}
          error={errors.reason}
          rows={4}
          value={reason}
          onInput={next => {
            setReason(next);
            keep(slot, { reason: next });
          }}
          onKeyDown={(/** @type {KeyboardEvent} */ event) => event.key === 'Enter' && event.ctrlKey && send()}
        />
        {departs && (
          <TextField
            id="decide-precedent_reason"
            label={t('decide.precedent')}
            hint={t(`precedents.departs.${verdict}`)}
            error={errors.precedent_reason}
            value={departure}
            onInput={next => {
              setDeparture(next);
              keep(`${slot} departure`, { text: next });
            }}
            autocomplete="off"
          />
        )}
        {verdict === 'approve' && (
          <ConditionsField
            rows={conditions}
            owner={x.owner?.name ?? ''}
            last={until}
            errors={errors}
            onRows={next => {
              setConditions(next);
              setErrors(({ reason: why, expires_on: end }) => ({
                ...(why && { reason: why }),
                ...(end && { expires_on: end }),
              }));
              keep(`${slot} conditions`, { rows: next });
            }}
          />
        )}
        <p class="muted small">{t('decide.final')}</p>
        <div class="dialog-actions">
          <Button type="submit" kind={verdict === 'deny' ? 'danger-solid' : 'primary'} busy={busy}>
            {t(busy ? 'decide.sending' : `decide.send.${words || 'approve'}`)}
          </Button>
          <Button onClick={close}>{t('ui.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
