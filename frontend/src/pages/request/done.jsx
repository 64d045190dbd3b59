import { date, relativeDay, t } from '../../lib/i18n.js';
import { useResource } from '../../lib/resource.js';
import { useTitle } from '../../lib/router.jsx';
import { api, to } from '../../paths.js';
import { ButtonLink } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { Icon } from '../../ui/Icon.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { holders, names, Path } from '../shared/Path.jsx';

/** It is sent: the number, what happens next, and who decides. @param {{params: Record<string, string>}} props */
export default function Done({ params }) {
  const { data, error, reload } = useResource(api.exception(params.number));
  const x = /** @type {Api.Exception | null} */ (data);
  useTitle(t('ui.tab', { title: t('done.title') }));
  return (
    <div class="narrow centered stack-lg done">
      <div class="done-panel">
        <Icon name="checks" size={40} />
        <h1>{t('done.title')}</h1>
        <p>{t('done.number')}</p>
        <p class="done-number">{params.number}</p>
      </div>
      {error && <Problem error={error} what={params.number} onRetry={reload} />}
      {x && (
        <Card title={t('done.next')}>
          <div class="stack">
            {x.stage && (
              <p>
                {x.stage.kind !== 'decide'
                  ? t('done.first', { stage: x.stage.title, who: holders(x.stage) ?? '' })
                  : x.stage.holders?.length
                    ? t('done.decides', { role: x.stage.role_title ?? '', names: names(x.stage) })
                    : t('done.decidesRole', { role: x.stage.role_title ?? '' })}{' '}
                {x.stage.due_on &&
                  t(x.stage.kind === 'decide' ? 'done.due' : 'done.dueStep', {
                    date: date(x.stage.due_on),
                    relative: relativeDay(x.stage.due_on),
                  })}
              </p>
            )}
            <p>{t('done.notice')}</p>
            <p>{t('done.until')}</p>
            <Path exception={x} />
          </div>
        </Card>
      )}
      <div class="row">
        <ButtonLink kind="primary" href={to.exception(params.number)}>
          {t('request.see', { number: params.number })}
        </ButtonLink>
        <ButtonLink href={to.home()}>{t('errors.toHome')}</ButtonLink>
      </div>
    </div>
  );
}
