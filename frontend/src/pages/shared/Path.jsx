import { date, dayOf, list, relativeDay, t } from '../../lib/i18n.js';
import { Steps } from '../../ui/Steps.jsx';

/** @typedef {NonNullable<Api.Exception['stage']>} Stage */

/** The names of those who hold the stage now. @param {Stage} stage */
export const names = stage =>
  list(stage.holders_more ? [...stage.holders, t('path.more', { n: stage.holders_more })] : stage.holders);

/** Role and names. @param {Stage} stage */
export const holders = stage =>
  stage.holders?.length
    ? t('path.holders', { role: stage.role_title ?? '', names: names(stage) })
    : stage.role_title;

/** Since when, and until when. @param {Stage} stage */
const whenOf = stage =>
  [
    stage.entered_at && t('path.since', { date: dayOf(stage.entered_at) }),
    stage.due_on && t('path.due', { date: date(stage.due_on), relative: relativeDay(stage.due_on) }),
  ]
    .filter(Boolean)
    .join(' · ');

/** The steps of the procedure: done, now and next, and who acts in each (V-23). @param {{exception: Api.Exception}} props */
export function Path({ exception: x }) {
  const at = x.path?.find(step => step.state === 'now')?.index ?? Infinity;
  const steps = (x.path ?? []).map(step => {
    const now = step.state === 'now' && x.stage ? x.stage : null;
    // a step that is only taken after one decision or the other, and nothing is decided yet
    const maybe = step.state === 'skipped' && step.index > at && !x.decided_as;
    return {
      key: String(step.index),
      index: step.index,
      title: step.title,
      state: step.state,
      stateWord: t(`path.${maybe ? 'maybe' : step.state}`),
      what: step.state === 'now' ? step.what : undefined,
      who: now ? holders(now) || step.who : step.state === 'next' || maybe ? step.who : null,
      when:
        step.state === 'done'
          ? [step.by ?? step.who, dayOf(step.at)].filter(Boolean).join(', ')
          : now
            ? whenOf(now)
            : undefined,
    };
  });
  return <Steps label={t('path.label')} steps={steps} />;
}
