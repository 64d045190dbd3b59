// The register statuses and what they look like: icon, word and tone, never colour alone.

/** @type {Record<string, {tone: string, icon: string}>} */
const looks = {
  draft: { tone: 'neutral', icon: 'file' },
  in_review: { tone: 'info', icon: 'clock' },
  returned: { tone: 'warning', icon: 'message' },
  scheduled: { tone: 'info', icon: 'calendar' },
  active: { tone: 'success', icon: 'check' },
  expiring: { tone: 'warning', icon: 'calendar' },
  suspended: { tone: 'warning', icon: 'pause' },
  expired: { tone: 'danger', icon: 'alert' },
  revoked: { tone: 'danger', icon: 'ban' },
  closed: { tone: 'neutral', icon: 'checks' },
  consumed: { tone: 'neutral', icon: 'checks' },
  superseded: { tone: 'neutral', icon: 'history' },
  denied: { tone: 'neutral', icon: 'close' },
  withdrawn: { tone: 'neutral', icon: 'undo' },
  alternative_accepted: { tone: 'neutral', icon: 'checks' },
};

/** @param {string} status */
export const look = status => looks[status] ?? { tone: 'neutral', icon: 'circle' };

/** The statuses that a filter of the register offers, in the order of a life. */
export const registerStatuses = Object.keys(looks).filter(status => status !== 'draft');

/** The views over the register: a name and the statuses behind it. */
export const views = [
  { key: 'active', status: ['active'] },
  { key: 'ending', status: ['expiring'] },
  { key: 'waiting', status: ['in_review', 'returned'] },
  { key: 'expired', status: ['expired'] },
  { key: 'refused', status: ['denied', 'withdrawn', 'revoked'] },
  { key: 'all', status: ['all'] },
];

/** @param {string[]} status */
export const viewOf = status => views.find(view => view.status.join() === status.join())?.key ?? '';

/** The sentence below the title: what holds now and what comes next. @param {Api.Exception} x @returns {[string, 'until' | 'since' | 'from' | '']} */
export function sentenceKey(x) {
  if (x.status === 'active' || x.status === 'expiring') return [`sentence.${x.status}`, 'until'];
  if (x.status === 'in_review') return [x.stage ? 'sentence.in_review' : 'sentence.in_review_no_stage', ''];
  return [`sentence.${x.status}`, ''];
}

/** @param {Api.Exception} x @param {string} action */
export const actionOf = (x, action) => x.allowed_actions?.find(item => item.action === action);
/** @param {Api.Exception} x @param {string} action */
export const allowed = (x, action) => actionOf(x, action)?.allowed ?? false;
/** @param {Api.Exception} x @param {string} action */
export const refusal = (x, action) => actionOf(x, action)?.reason ?? '';
