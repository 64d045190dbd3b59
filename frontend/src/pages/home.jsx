import { date, dateTime, relativeDay, t } from '../lib/i18n.js';
import { useResource } from '../lib/resource.js';
import { me } from '../lib/session.js';
import { api, to } from '../paths.js';
import { ButtonLink } from '../ui/Button.jsx';
import { Card } from '../ui/Card.jsx';
import { EmptyState } from '../ui/EmptyState.jsx';
import { Icon } from '../ui/Icon.jsx';
import { PageHead } from '../ui/PageHead.jsx';
import { Problem } from '../ui/Problem.jsx';
import { Skeleton } from '../ui/Skeleton.jsx';
import { QueueItem } from './queue/QueueItem.jsx';
import { Status } from './shared/Status.jsx';

/** The status of an own row; an older server tells only the state of the request. @param {Api.OwnRow} row */
const statusOf = row =>
  row.status ??
  (row.request_state === 'submitted' || row.request_state === 'in_stage'
    ? 'in_review'
    : (row.request_state ?? 'active'));

/** @param {{rows: Api.OwnRow[], ending?: boolean}} props */
const Mine = ({ rows, ending }) => (
  <ul class="item-list">
    {rows.map(row => (
      <li key={row.number} class="item">
        <div class="item-main">
          <a class="item-link" href={to.exception(row.number)}>
            {row.title || t('request.untitled')}
          </a>
          <p class="item-meta">
            <span class="mono">{row.number}</span>
            {ending && row.expires_on ? (
              <span>
                {t('home.ends', { date: date(row.expires_on), relative: relativeDay(row.expires_on) })}
              </span>
            ) : (
              <>
                {row.expires_on && (
                  <span>
                    {t('home.ends', { date: date(row.expires_on), relative: relativeDay(row.expires_on) })}
                  </span>
                )}
                {!row.expires_on && row.updated_at && (
                  <span>{t('home.changed', { at: dateTime(row.updated_at) })}</span>
                )}
              </>
            )}
          </p>
        </div>
        {!ending && <Status status={statusOf(row)} />}
      </li>
    ))}
  </ul>
);

/** @param {{drafts: Api.Home['drafts']}} props */
const Drafts = ({ drafts }) => (
  <ul class="item-list">
    {drafts.map(draft => (
      <li key={draft.number} class="item">
        <div class="item-main">
          <a class="item-link" href={to.request(draft.number)}>
            {draft.title || t('request.untitled')}
          </a>
          <p class="item-meta">
            <span class="mono">{draft.number}</span>
            <span>{t('home.changed', { at: dateTime(draft.updated_at) })}</span>
          </p>
        </div>
        <ButtonLink
          href={to.request(draft.number)}
          aria-label={t('home.goOf', {
            what: t(`home.go.${draft.request_state ?? 'draft'}`),
            title: draft.title || draft.number,
          })}
        >
          {t(`home.go.${draft.request_state ?? 'draft'}`)}
        </ButtonLink>
      </li>
    ))}
  </ul>
);

/** @param {{home: Api.Home}} props */
const Waiting = ({ home }) => (
  <Card
    title={t('home.waiting')}
    flush
    action={
      home.queue_count > 0 && (
        <a class="small" href={to.queue()}>
          {t('home.allWaiting', { n: home.queue_count })}
        </a>
      )
    }
  >
    {home.waiting_for_me.length ? (
      <ul class="queue-list">
        {home.waiting_for_me.map(row => (
          <QueueItem key={row.number} row={row} href={to.queue({ selected: row.number })} />
        ))}
      </ul>
    ) : (
      <EmptyState icon="checks" title={t('home.nothingWaits')} text={t('home.nothingWaitsText')} />
    )}
  </Card>
);

/** @param {{notices: Api.Home['notices']}} props */
const Notices = ({ notices }) => (
  <ul class="notice-list">
    {notices.map(notice => (
      <li key={notice.id}>
        <Icon name="bell" />
        <div>
          <p>
            {notice.text}{' '}
            {notice.number && (
              <a href={notice.kind === 'asked' ? to.questions() : to.notice(notice.number)} class="nowrap">
                {notice.number}
              </a>
            )}
          </p>
          <p class="muted small">{dateTime(notice.at)}</p>
        </div>
      </li>
    ))}
  </ul>
);

/** What concerns the reader, until they say that they have taken note. @param {{items: Api.Home['to_acknowledge']}} props */
const ToAcknowledge = ({ items }) => (
  <Card title={t('home.toNote')} flush>
    <ul class="item-list">
      {items.map(item => (
        <li key={item.number} class="item">
          <div class="item-main">
            <a class="item-link" href={to.exception(item.number)}>
              {item.title}
            </a>
            <p class="item-meta">
              <span class="mono">{item.number}</span>
              <span>{t('home.namedBy', { name: item.added_by, at: dateTime(item.added_at) })}</span>
            </p>
          </div>
        </li>
      ))}
    </ul>
  </Card>
);

/** The oldest questions to a role of the reader; nothing when none waits. */
function OpenQuestions() {
  const { data, error, reload } = useResource(api.questions({ limit: 3 }));
  const list = /** @type {Api.QuestionList | null} */ (data);
  if (error && !list) return <Problem error={error} what={t('questions.title')} onRetry={reload} />;
  if (!list?.items.length) return null;
  return (
    <Card
      title={t('home.questions', { n: list.total })}
      flush
      action={
        <a class="small" href={to.questions()}>
          {t('home.allQuestions')}
        </a>
      }
    >
      <ul class="item-list">
        {list.items.map(item => (
          <li key={item.id} class="item">
            <div class="item-main">
              <p class="item-question">{item.text}</p>
              <p class="item-meta">
                <span class="mono">{item.number}</span>
                <span>{t('questions.by', { name: item.asked_by, at: dateTime(item.at) })}</span>
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** @param {{home: Api.Home}} props */
function Board({ home }) {
  const decides = me.value?.classes.includes('approver') || home.queue_count > 0;
  return (
    <div class="home">
      <div class="stack-lg">
        {home.to_acknowledge?.length > 0 && <ToAcknowledge items={home.to_acknowledge} />}
        {decides && <Waiting home={home} />}
        {decides && <OpenQuestions />}
        <Card
          title={t('home.mine')}
          flush
          action={
            <a class="small" href={to.register({ owner: 'me', status: ['all'] })}>
              {t('home.allMine')}
            </a>
          }
        >
          {home.mine_open.length ? (
            <Mine rows={home.mine_open} />
          ) : (
            <EmptyState icon="file" title={t('home.noneOpen')} text={t('home.noneOpenText')} />
          )}
        </Card>
      </div>
      <div class="stack-lg">
        {home.drafts.length > 0 && (
          <Card title={t('home.drafts')} flush>
            <Drafts drafts={home.drafts} />
          </Card>
        )}
        <Card title={t('home.ending')} flush={home.mine_ending.length > 0}>
          {home.mine_ending.length ? (
            <Mine rows={home.mine_ending} ending />
          ) : (
            <p class="muted small">{t('home.noneEnding')}</p>
          )}
        </Card>
        <Card title={t('home.notices')}>
          {home.notices.length ? (
            <Notices notices={home.notices} />
          ) : (
            <p class="muted small">{t('home.noNotices')}</p>
          )}
        </Card>
      </div>
    </div>
  );
}

export default function Home() {
  const { data, error, reload } = useResource(/** @type {string} */ ('/home'));
  const home = /** @type {Api.Home | null} */ (data);
  const person = me.value?.person;
  return (
    <>
      <PageHead
        title={t('home.title', { name: person?.name ?? '' })}
        tab={t('nav.home')}
        sub={me.value?.organisation.name}
        actions={
          (home?.may_request ?? true) && (
            <>
              <ButtonLink href={to.reportViolation()} icon="alert">
                {t('home.violation')}
              </ButtonLink>
              <ButtonLink href={to.newRequest()} kind="primary" icon="plus">
                {t('home.start')}
              </ButtonLink>
            </>
          )
        }
      />
      {error && <Problem error={error} what={t('home.what')} onRetry={reload} />}
      {home ? <Board home={home} /> : !error && <Skeleton lines={8} />}
    </>
  );
}
