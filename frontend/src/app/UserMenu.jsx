import { useState } from 'preact/hooks';
import { t } from '../lib/i18n.js';
import { enabled, setEnabled } from '../lib/keys.js';
import { may, me, signOut } from '../lib/session.js';
import { to } from '../paths.js';
import { Button, ButtonLink } from '../ui/Button.jsx';
import { Choice } from '../ui/fields.jsx';
import { Menu } from '../ui/Menu.jsx';
import { Problem } from '../ui/Problem.jsx';

/** @param {string} name */
const initials = name => {
  const words = name.split(/\s+/).filter(Boolean);
  return ((words[0]?.[0] ?? '') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : '')).toUpperCase();
};

function Theme() {
  const [theme, setTheme] = useState(document.documentElement.dataset.theme ?? '');
  /** @param {string} next */
  const choose = next => {
    setTheme(next);
    if (next) document.documentElement.dataset.theme = next;
    else delete document.documentElement.dataset.theme;
    if (next) localStorage.setItem('theme', next);
    else localStorage.removeItem('theme');
  };
  return (
    <fieldset class="field">
      <legend>{t('user.theme')}</legend>
      <div class="segmented">
        {['', 'light', 'dark'].map(value => (
          <label key={value}>
            <input
              type="radio"
              name="theme"
              value={value}
              checked={theme === value}
              onChange={() => choose(value)}
            />
            {t(`user.themes.${value || 'system'}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Who is signed in, theme, keys, and the two ways out. */
export function UserMenu() {
  const [error, setError] = useState(/** @type {any} */ (null));
  const person = me.value?.person;
  if (!person) return null;
  const leave = /** @param {boolean} everywhere */ everywhere => signOut(everywhere).catch(setError);
  const roles = [
    ...new Set(
      (me.value?.roles ?? []).map(role =>
        role.on_behalf_of ? t('user.roleFor', { role: role.title, name: role.on_behalf_of }) : role.title,
      ),
    ),
  ];
  return (
    <Menu
      kind="quiet"
      text={
        <>
          <span class="avatar" aria-hidden="true">
            {initials(person.name)}
          </span>
          <span class="user-name">{person.name}</span>
          <span class="hidden">{t('user.menu')}</span>
        </>
      }
    >
      {() => (
        <div class="stack">
          <div>
            <p class="user-title">{person.name}</p>
            <p class="muted small">{[person.title, person.unit?.name].filter(Boolean).join(' · ')}</p>
            <p class="muted small">{roles.length ? roles.join(', ') : t('user.staff')}</p>
          </div>
          {may('decide') && (
            <ButtonLink href={to.delegations()} icon="user">
              {t('user.delegations')}
            </ButtonLink>
          )}
          <ButtonLink href={to.violations()} icon="alert">
            {t('violations.title')}
          </ButtonLink>
          <Theme />
          <Choice
            id="keys-on"
            type="checkbox"
            name="keys"
            label={t('user.keys')}
            checked={enabled.value}
            onInput={setEnabled}
          />
          {error && <Problem error={error} what={t('user.signOut')} />}
          <div class="stack menu-actions">
            <Button icon="signout" onClick={() => leave(false)}>
              {t('user.signOut')}
            </Button>
            <Button kind="quiet" onClick={() => leave(true)}>
              {t('user.signOutAll')}
            </Button>
          </div>
        </div>
      )}
    </Menu>
  );
}
