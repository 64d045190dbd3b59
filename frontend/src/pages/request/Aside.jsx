import { t } from '../../lib/i18n.js';
import { Comments } from '../exception/Comments.jsx';
import { Path } from '../shared/Path.jsx';
import { DraftState } from './DraftState.jsx';

/** The sections of a one-page form. @param {{procedure: Api.Procedure}} props */
export const Sections = ({ procedure }) => (
  <nav aria-label={t('request.sections')}>
    <ol class="section-links">
      {procedure.form.sections.map((section, i) => (
        <li key={section.key}>
          <a href={`#section-${section.key}`}>{t('request.section', { n: i + 1, title: section.title })}</a>
        </li>
      ))}
    </ol>
  </nav>
);

/** Beside the form: is it saved, what misses, and, with `x`, what happens after it is sent. @param {{x?: Api.Exception, state: any, children?: any}} props */
export const Aside = ({ x, state, children }) => (
  <aside class="request-aside" aria-label={t('request.aside')}>
    <div class="card stack">
      <DraftState state={state} />
      {children}
    </div>
    {x && (
      <section class="card">
        <h2 class="aside-title">{t('request.next')}</h2>
        <Path exception={x} />
      </section>
    )}
    {x && <Comments number={x.number} questions />}
  </aside>
);
