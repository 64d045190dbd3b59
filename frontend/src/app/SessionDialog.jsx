import { t } from '../lib/i18n.js';
import { leave, me } from '../lib/session.js';
import { SignInForm } from '../pages/sign-in.jsx';
import { Dialog } from '../ui/Dialog.jsx';

/** The session ended while somebody worked: sign in here, and what waited goes on. @param {{open: boolean}} props */
export const SessionDialog = ({ open }) => (
  <Dialog open={open} title={t('session.title')} focus="password">
    <p>{t('session.text')}</p>
    <SignInForm username={me.value?.person.uid ?? ''} />
    <p class="small">
      <button type="button" class="link-button" onClick={leave}>
        {t('session.other')}
      </button>
    </p>
  </Dialog>
);
