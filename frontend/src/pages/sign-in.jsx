import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../lib/i18n.js';
import { useTitle } from '../lib/router.jsx';
import { signIn } from '../lib/session.js';
import { Banner } from '../ui/Banner.jsx';
import { Button } from '../ui/Button.jsx';
import { Field, TextField } from '../ui/fields.jsx';
import { Icon } from '../ui/Icon.jsx';
import { wordsOf } from '../ui/Problem.jsx';

/** @param {{error?: string}} props */
function Password({ error }) {
  const [shown, setShown] = useState(false);
  const [caps, setCaps] = useState(false);
  /** @param {KeyboardEvent} event */
  const look = event => setCaps(event.getModifierState?.('CapsLock') ?? false);
  return (
    <Field id="password" label={t('signIn.password')} error={error}>
      <div class="password">
        <input
          id="password"
          name="password"
          class="input"
          type={/** @type {'password'} */ (shown ? 'text' : 'password')}
          autocomplete="current-password"
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? 'password-error' : caps ? 'caps' : undefined}
          onKeyDown={look}
          onKeyUp={look}
        />
        <button
          type="button"
          class="password-show"
          aria-pressed={shown}
          aria-label={t('signIn.show')}
          onClick={() => setShown(!shown)}
        >
          <Icon name={shown ? 'eyeoff' : 'eye'} size={18} />
        </button>
      </div>
      <p class="hint" id="caps" role="status">
        {caps && t('signIn.caps')}
      </p>
    </Field>
  );
}

/** Name and password; used by the page and by the dialog of an ended session. @param {{username?: string}} props */
export function SignInForm({ username = '' }) {
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const [busy, setBusy] = useState(false);
  const [faults, setFaults] = useState(/** @type {Record<string, string>} */ ({}));
  const [error, setError] = useState(/** @type {any} */ (null));
  /** @param {string} name */
  const input = name => /** @type {HTMLInputElement} */ (form.current?.elements.namedItem(name));
  useEffect(() => input(username ? 'password' : 'username')?.focus(), []);

  /** @param {Event} event */
  const send = async event => {
    event.preventDefault();
    if (busy) return;
    const name = input('username').value.trim();
    const password = input('password').value;
    const missing = {
      ...(!name && { username: t('signIn.needName') }),
      ...(!password && { password: t('signIn.needPassword') }),
    };
    setFaults(missing);
    setError(null);
    const first = Object.keys(missing)[0];
    if (first) return input(first).focus();
    setBusy(true);
    try {
      await signIn(name, password);
    } catch (caught) {
      setError(caught);
      input('password').value = '';
      input('password').focus();
    }
    setBusy(false);
  };
  return (
    <form class="stack" ref={form} noValidate onSubmit={send} aria-label={t('signIn.title')}>
      {error && (
        <Banner tone="danger" title={error.status === 401 ? t('signIn.refused') : wordsOf(error).title}>
          <p>{error.status === 401 ? t('signIn.refusedText') : wordsOf(error).text}</p>
        </Banner>
      )}
      <TextField
        id="username"
        label={t('signIn.name')}
        error={faults.username}
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        value={username}
      />
      <Password error={faults.password} />
      <Button type="submit" kind="primary" busy={busy}>
        {t(busy ? 'signIn.busy' : 'signIn.send')}
      </Button>
    </form>
  );
}

export default function SignIn() {
  useTitle(t('ui.tab', { title: t('signIn.title') }));
  return (
    <main class="sign-in">
      <div class="sign-in-box">
        <div class="sign-in-brand">
          <Icon name="mark" size={44} />
          <p>{t('product')}</p>
        </div>
        <section class="card">
          <h1>{t('signIn.title')}</h1>
          <p class="hint">{t('signIn.hint')}</p>
          <SignInForm />
        </section>
        <p class="sign-in-foot">{t('signIn.foot')}</p>
      </div>
    </main>
  );
}
