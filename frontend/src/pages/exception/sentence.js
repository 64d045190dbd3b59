// One sentence that says where an exception stands and what comes next.
import { date, list, relativeDay, t } from '../../lib/i18n.js';

/** @param {Api.Exception} x @param {string} today */
export function sentence(x, today) {
  const stage = x.stage;
  const who = (stage?.holders?.length ? list(stage.holders) : stage?.role_title) ?? '';
  const values = {
    until: date(x.expires_on),
    from: date(x.effective_on),
    relative: relativeDay(x.expires_on, today),
    stage: stage?.title ?? '',
    who,
    decider: x.decisions?.at(-1)?.decider_name ?? '',
  };
  if (x.status === 'in_review' && stage && who) return t('sentence.in_review_by', values);
  if (x.status === 'denied' && !values.decider) return t('sentence.denied_plain', values);
  return t(`sentence.${x.status}`, values);
}
