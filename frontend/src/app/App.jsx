import { Component } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { spoken } from '../lib/a11y.js';
import { t } from '../lib/i18n.js';
import { useKeys } from '../lib/keys.js';
import { find } from '../lib/route.js';
import { navigate, place, Router } from '../lib/router.jsx';
import { failure, refresh, start, state } from '../lib/session.js';
import { Crash, Forbidden, Lost, NotFound, ServerAway } from '../pages/errors.jsx';
import SignIn from '../pages/sign-in.jsx';
import { to } from '../paths.js';
import { routes } from '../routes.js';
import { Skeleton } from '../ui/Skeleton.jsx';
import { Help } from './Help.jsx';
import { SessionDialog } from './SessionDialog.jsx';
import { TopBar } from './TopBar.jsx';

/** A page that breaks leaves the top bar and the other pages in place; going elsewhere mends it. */
class Boundary extends Component {
  constructor() {
    super();
    this.state = { error: null };
  }
  /** @param {unknown} error */
  static getDerivedStateFromError(error) {
    return { error };
  }
  /** @param {any} before */
  componentDidUpdate(before) {
    const { path } = /** @type {{path?: string}} */ (this.props);
    if (before.path !== path && /** @type {any} */ (this.state).error) this.setState({ error: null });
  }
  render() {
    const { error } = /** @type {{error?: unknown}} */ (this.state);
    return error ? <Crash error={error} /> : this.props.children;
  }
}

/** @param {{children: any}} props */
function Shell({ children }) {
  const [help, setHelp] = useState(false);
  const path = place.value.path;
  useKeys({
    '?': () => setHelp(true),
    '/': () => document.getElementById('find')?.focus(),
    'g h': () => navigate(to.home()),
    'g r': () => navigate(to.register()),
    'g q': () => navigate(to.queue()),
    'g d': () => navigate(to.dashboard()),
    'g n': () => navigate(to.newRequest()),
  });
  useEffect(() => {
    refresh();
  }, [path]);
  return (
    <>
      <a class="skip" href="#main">
        {t('ui.skip')}
      </a>
      <TopBar onHelp={() => setHelp(true)} />
      <main id="main" class="page" tabIndex={-1}>
        {children}
      </main>
      <Help open={help} onClose={() => setHelp(false)} />
    </>
  );
}

/** Until the server said who this is; the style shows the lines only after 200 ms. */
const Starting = () => (
  <main class="page">
    <h1 class="hidden">{t('product')}</h1>
    <Skeleton lines={8} />
  </main>
);

export function App() {
  if (state.value === 'unknown') return <Starting />;
  if (state.value === 'failed') return <ServerAway error={failure.value} onRetry={start} />;
  if (state.value === 'out') return <SignIn />;
  const found = find(routes, place.value.path);
  const route = /** @type {typeof routes[number] | undefined} */ (found?.route);
  const forbidden = route?.allow && !route.allow();
  return (
    <>
      <Shell>
        <Boundary {...{ path: place.value.path }}>
          {forbidden ? (
            <Forbidden need={route.need ?? ''} />
          ) : (
            <Router routes={routes} notFound={NotFound} onLost={Lost} />
          )}
        </Boundary>
      </Shell>
      <SessionDialog open={state.value === 'expired'} />
      <div class="hidden" role="status" aria-live="polite">
        {spoken.value}
      </div>
    </>
  );
}
