import { t } from '../../lib/i18n.js';
import { Path } from '../shared/Path.jsx';
import { DraftState } from './DraftState.jsx';

/** Beside the form: is it saved, what misses, and what happens after it is sent. @param {{x: Api.Exception, procedure: Api.Procedure, state: any, missing: number, saved: boolean}} props */
export const Aside = ({ x, procedure, state, missing, saved }) => (
  <aside class="request-aside" aria-label={t('request.aside')}>
    <div class="card stack">
      <DraftState state={state} />
      {saved && (
        <p class="small muted">{missing ? t('request.missing', { n: missing }) : t('request.complete')}</p>
      )}
      <nav aria-label={t('request.sections')}>
        <ol class="section-links">
          {procedure.form.sections.map((section, i) => (
            <li key={section.key}>
              <a href={`#section-${section.key}`}>
                {t('request.section', { n: i + 1, title: section.title })}
              </a>
            </li>
          ))}
        </ol>
      </nav>
    </div>
    <section class="card">
      <h2 class="aside-title">{t('request.next')}</h2>
      <Path exception={x} />
    </section>
  </aside>
);
