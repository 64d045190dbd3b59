import { useState } from 'preact/hooks';
import { request } from '../lib/http.js';
import { dateTime, t } from '../lib/i18n.js';
import { useResource } from '../lib/resource.js';
import { api, to } from '../paths.js';
import { Button } from '../ui/Button.jsx';
import { Card } from '../ui/Card.jsx';
import { EmptyState } from '../ui/EmptyState.jsx';
import { PageHead } from '../ui/PageHead.jsx';
import { Problem } from '../ui/Problem.jsx';
import { Skeleton } from '../ui/Skeleton.jsx';
import { Tag } from '../ui/Tag.jsx';
import { Answer } from './exception/Comments.jsx';

/** One question with all that is known of a draft, and a place for the answer. @param {{question: Api.Question, onDone: () => void}} props */
const Question = ({ question, onDone }) => (
  <Card title={question.title || t('request.untitled')}>
    <div class="stack">
      <p class="item-meta">
        {question.draft ? (
          <span class="mono">{question.number}</span>
        ) : (
          <a class="mono" href={to.exception(question.number)}>
            {question.number}
          </a>
        )}
        <span>
          {t('questions.procedure', {
            number: question.procedure_number ?? '',
            title: question.procedure_title ?? '',
          })}
        </span>
        {question.draft && (
          <Tag tone="neutral" icon="file">
            {t('questions.draft')}
          </Tag>
        )}
      </p>
      <p class="talk-text">{question.text}</p>
      <p class="muted small">{t('questions.by', { name: question.asked_by, at: dateTime(question.at) })}</p>
      <Answer question={question} onDone={onDone} />
    </div>
  </Card>
);

/** Questions to a role of the reader, oldest first. */
export default function Questions() {
  const { data, error, reload } = useResource(api.questions());
  const list = /** @type {Api.QuestionList | null} */ (data);
  const [more, setMore] = useState(/** @type {Api.QuestionList | null} */ (null));
  const [failed, setFailed] = useState(/** @type {any} */ (null));
  const items = [...(list?.items ?? []), ...(more?.items ?? [])];
  const next = more ? more.next_cursor : list?.next_cursor;
  const loadMore = async () => {
    setFailed(null);
    try {
      const { data: page } = await request('GET', api.questions({ cursor: next ?? '' }));
      setMore({ ...page, items: [...(more?.items ?? []), ...page.items] });
    } catch (caught) {
      setFailed(caught);
    }
  };
  const again = () => {
    setMore(null);
    reload();
  };
  return (
    <>
      <PageHead
        title={t('questions.title')}
        sub={t('questions.sub')}
        back={{ href: to.home(), label: t('nav.home') }}
      />
      <div class="stack-lg narrow">
        {error && <Problem error={error} what={t('questions.title')} onRetry={reload} />}
        {!list && !error && <Skeleton lines={6} />}
        {list && !items.length && (
          <Card>
            <EmptyState icon="checks" title={t('questions.none')} text={t('questions.noneText')} />
          </Card>
        )}
        {items.map(question => (
          <Question key={question.id} question={question} onDone={again} />
        ))}
        {failed && <Problem error={failed} what={t('questions.title')} onRetry={loadMore} />}
        {next && !failed && (
          <div class="more">
            <Button onClick={loadMore}>{t('questions.more')}</Button>
          </div>
        )}
      </div>
    </>
  );
}
