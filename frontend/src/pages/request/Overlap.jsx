import { useEffect, useRef, useState } from 'preact/hooks';
import { focusField } from '../../lib/a11y.js';
import { date, t } from '../../lib/i18n.js';
import { useResource } from '../../lib/resource.js';
import { api, to } from '../../paths.js';
import { Banner } from '../../ui/Banner.jsx';
import { Button, ButtonLink } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { TextArea } from '../../ui/fields.jsx';
import { Status } from '../shared/Status.jsx';

const FIELD = 'overlap_reason';

/** What is asked about: only the answers that make it cover the same; the server knows the unit of who names none. @param {string} number @param {Api.Content} content */
const question = (number, content) =>
  content.document && content.clauses?.length
    ? api.overlaps({
        exception: number,
        document: content.document,
        clauses: content.clauses.join(','),
        asset: content.asset_id,
        unit: content.unit,
      })
    : null;

/** "EX-2026-00042 already covers this until 30 Sep 2026". @param {Api.Overlap} item */
const sentence = item =>
  t(item.may_join ? 'overlap.covers' : 'overlap.waits', { number: item.number, date: date(item.until) });

/**
 * What covers it already, and what is owed for a second one beside it.
 * @param {Api.Exception} x @param {Api.Content} content
 * @returns {{found: Api.Overlaps | null, owed: {pointer: string, detail: string}[]}}
 */
export function useOverlap(x, content) {
  const { data } = useResource(question(x.number, content));
  const found = /** @type {Api.Overlaps | null} */ (data);
  const item = content[FIELD] ? undefined : found?.items.find(other => other.owes_reason);
  const detail = item && t('overlap.owed', { number: item.number, date: date(item.until) });
  return { found, owed: detail ? [{ pointer: `/content/${FIELD}`, detail }] : [] };
}

/** Others beside the first one. @param {{items: Api.Overlap[]}} props */
const Others = ({ items }) =>
  items.length > 0 && (
    <ul class="overlap-list">
      {items.map(item => (
        <li key={item.number}>
          <a href={to.exception(item.number)}>
            <span class="mono">{item.number}</span> {item.title}
          </a>
          <Status status={item.status} />
          {item.until && <span class="muted small">{t('decisions.until', { date: date(item.until) })}</span>}
        </li>
      ))}
    </ul>
  );

/** One's own that ask for the same. @param {{items: Api.OwnRequest[]}} props */
const Twins = ({ items }) => (
  <Banner tone="info" title={t('overlap.asked')}>
    <ul class="overlap-list">
      {items.map(item => (
        <li key={item.number}>
          <a href={item.request_state === 'draft' ? to.request(item.number) : to.exception(item.number)}>
            <span class="mono">{item.number}</span> {item.title || t('request.untitled')}
          </a>
          <span class="muted small">{t(`overlap.state.${item.request_state}`)}</span>
        </li>
      ))}
    </ul>
  </Banner>
);

/** Why a second one is needed all the same. @param {{value: string, error: string | undefined, onInput: (next: string) => void}} props */
const Reason = ({ value, error, onInput }) => (
  <TextArea
    id={FIELD}
    label={t('overlap.reason')}
    hint={t('overlap.reasonHint')}
    error={error}
    rows={2}
    value={value}
    onInput={onInput}
  />
);

/**
 * What already covers what is being asked for: open it, or go on and say why.
 * @param {{x: Api.Exception, content: Api.Content, set: (key: string, value: any) => void, error?: string}} props
 */
export function Overlap({ x, content, set, error }) {
  const { found } = useOverlap(x, content);
  const asked = location.hash === `#${FIELD}`;
  const [open, setOpen] = useState(asked);
  const wanted = useRef(asked);
  const [first, ...others] = found?.items ?? [];
  const shown = open || Boolean(error) || Boolean(content[FIELD]);
  const field = shown && (
    <Reason value={content[FIELD] ?? ''} error={error} onInput={next => set(FIELD, next)} />
  );
  useEffect(() => {
    if (!shown || !first || !wanted.current) return;
    wanted.current = false;
    focusField(FIELD);
  }, [shown, first]);
  return (
    <>
      {found && found.own.length > 0 && <Twins items={found.own} />}
      {first && (
        <Banner tone={found?.reason_owed ? 'warning' : 'info'} title={sentence(first)}>
          <p>{first.title}</p>
          <Others items={others} />
          <div class="row">
            <ButtonLink href={to.exception(first.number)}>
              {t('overlap.open', { number: first.number })}
            </ButtonLink>
            {!shown && found?.reason_owed && (
              <Button
                onClick={() => {
                  wanted.current = true;
                  setOpen(true);
                }}
              >
                {t('overlap.goOn')}
              </Button>
            )}
          </div>
          {field}
        </Banner>
      )}
      {!first && (content[FIELD] || error) && <Card>{field}</Card>}
    </>
  );
}
