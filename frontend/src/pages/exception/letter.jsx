import { dateTime, t } from '../../lib/i18n.js';
import { useResource } from '../../lib/resource.js';
import { me } from '../../lib/session.js';
import { api, to } from '../../paths.js';
import { Button } from '../../ui/Button.jsx';
import { PageHead } from '../../ui/PageHead.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';
import { NotFound } from '../errors.jsx';

/** A letter as it went out, on a sheet of its own: to be read and printed, never changed (C-17). @param {{params: Record<string, string>}} props */
export default function LetterPage({ params }) {
  const { data, error, loading, reload } = useResource(api.exception(params.number));
  const x = /** @type {Api.Exception | null} */ (data);
  const letter = x?.letters?.find(item => item.number === params.letter && item.state === 'sent');
  if (error?.status === 404 || (x && !letter && !loading)) return <NotFound what={params.letter} />;
  return (
    <div class="narrow centered">
      <PageHead
        title={t('letter.pageTitle', { number: params.letter })}
        back={{ href: to.exception(params.number), label: params.number }}
        actions={
          <Button kind="primary" icon="print" onClick={() => print()}>
            {t('ui.print')}
          </Button>
        }
      />
      {error && <Problem error={error} what={params.letter} onRetry={reload} />}
      {!letter && !error && <Skeleton lines={12} />}
      {letter && (
        <article class="card letter-page">
          <p class="letter-from">
            <span>{me.value?.organisation.name}</span>
            <span>{dateTime(letter.sent_at)}</span>
          </p>
          <p>{t('letter.to', { who: letter.addressees ?? '' })}</p>
          <p class="mono small">
            {letter.number} · {params.number}
          </p>
          <h2>{letter.title}</h2>
          <p class="prose">{letter.body}</p>
          <p>{letter.sender}</p>
          <footer class="muted small letter-hash">
            <p>
              {[
                t('letter.by.written', { name: letter.drafter ?? '', at: dateTime(letter.drafted_at) }),
                t('letter.by.reviewed', { name: letter.reviewer ?? '', at: dateTime(letter.reviewed_at) }),
              ].join(' · ')}
            </p>
            <p>{t('letter.hash', { hash: letter.hash ?? '' })}</p>
          </footer>
        </article>
      )}
    </div>
  );
}
