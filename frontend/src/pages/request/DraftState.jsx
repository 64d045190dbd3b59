import { t, time } from '../../lib/i18n.js';
import { Icon } from '../../ui/Icon.jsx';
import { wordsOf } from '../../ui/Problem.jsx';

/** Whether what is typed is kept: always in the same place, never in the way. @param {{state: import('../../lib/draft.js').DraftState}} props */
export function DraftState({ state }) {
  const { phase, savedAt, error } = state;
  const failed = phase === 'retrying' || phase === 'refused' || phase === 'conflict';
  const at = savedAt ? time(savedAt) : '';
  const words =
    phase === 'retrying'
      ? t('draft.retrying')
      : phase === 'refused'
        ? t('draft.refused', { why: wordsOf(error).text })
        : phase === 'conflict'
          ? t('draft.conflict')
          : phase === 'saving' || phase === 'dirty'
            ? t('draft.saving')
            : at
              ? t('draft.saved', { at })
              : t('draft.clean');
  return (
    <p class="draft-state" data-failed={failed || undefined} role="status">
      <Icon name={failed ? 'alert' : phase === 'saving' || phase === 'dirty' ? 'clock' : 'check'} size={14} />
      {words}
    </p>
  );
}
