// One sentence that says where an exception stands and what comes next.
import { latestDecision } from '../../domain/events.js';
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
    decider: latestDecision(x.decisions)?.decider_name ?? '',
  };
  if (stage && x.decided_as) return t(`sentence.decided.${x.decided_as}`, values);
  if (stage?.kind === 'form')
    return t(x.mine ? 'sentence.form_mine' : 'sentence.form', { ...values, who: x.requester?.name ?? '' });
  if (x.status === 'in_review' && stage && who) return t('sentence.in_review_by', values);
  if (x.status === 'denied' && !values.decider) return t('sentence.denied_plain', values);
  if (x.status === 'expiring' && x.mine) return t('sentence.expiring_mine', values);
  return t(`sentence.${x.status}`, values);
}
