import { t, word } from '../lib/i18n.js';
import { to } from '../paths.js';
import { Button, ButtonLink } from '../ui/Button.jsx';
import { EmptyState } from '../ui/EmptyState.jsx';
import { PageHead } from '../ui/PageHead.jsx';
import { Problem } from '../ui/Problem.jsx';

/** @param {{what?: string}} props */
export const NotFound = ({ what }) => (
  <>
    <PageHead title={what ? t('errors.notFoundOf', { what }) : t('errors.notFound')} />
    <section class="card">
      <EmptyState icon="search" title={t('errors.notFoundTitle')} text={t('errors.notFoundText')}>
        <ButtonLink href={to.register({ status: ['all'] })} kind="primary">
          {t('errors.toRegister')}
        </ButtonLink>
        <ButtonLink href={to.home()}>{t('errors.toHome')}</ButtonLink>
      </EmptyState>
    </section>
  </>
);

/** @param {{need: string}} props the permission class that opens the page */
export const Forbidden = ({ need }) => (
  <>
    <PageHead title={t('errors.forbidden')} />
    <section class="card">
      <EmptyState
        icon="lock"
        title={t('errors.forbiddenTitle', { role: word('classes', need) })}
        text={t('errors.forbiddenText')}
      >
        <ButtonLink href={to.home()}>{t('errors.toHome')}</ButtonLink>
      </EmptyState>
    </section>
  </>
);

export const Lost = () => (
  <>
    <PageHead title={t('errors.lost')} />
    <section class="card">
      <EmptyState icon="server" title={t('errors.lostTitle')} text={t('errors.lostText')}>
        <Button kind="primary" onClick={() => location.reload()}>
          {t('errors.reload')}
        </Button>
      </EmptyState>
    </section>
  </>
);

/** @param {{error: any}} props */
export const Crash = ({ error }) => (
  <>
    <PageHead title={t('errors.crash')} />
    <section class="card">
      <EmptyState
        icon="alert"
        title={t('errors.crashTitle')}
        text={t('errors.crashText', { what: String(error?.message ?? error) })}
      >
        <Button kind="primary" onClick={() => location.reload()}>
          {t('errors.reload')}
        </Button>
      </EmptyState>
    </section>
  </>
);

/** @param {{error: any, onRetry: () => void}} props */
export const ServerAway = ({ error, onRetry }) => (
  <main class="sign-in">
    <div class="sign-in-box">
      <h1>{t('product')}</h1>
      <Problem error={error} what={t('errors.start')} onRetry={onRetry} />
    </div>
  </main>
);
