import { list, t, word } from '../../lib/i18n.js';
import { useResource } from '../../lib/resource.js';
import { to } from '../../paths.js';
import { PageHead } from '../../ui/PageHead.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';
import { AdminTabs } from './AdminTabs.jsx';

/** All procedures, each with the version in force. */
export default function Procedures() {
  const got = useResource(/** @type {string} */ ('/procedures'));
  const items = /** @type {Api.List<Api.ProcedureSummary> | null} */ (got.data)?.items;
  return (
    <>
      <PageHead title={t('procedures.title')} sub={t('procedures.sub')} />
      <div class="stack">
        <AdminTabs />
        {got.error && <Problem error={got.error} what={t('procedures.what')} onRetry={got.reload} />}
        {!items && !got.error && <Skeleton lines={8} />}
        {items && (
          <section class="card" data-flush>
            <div class="table-wrap">
              <table class="table" data-reflow>
                <caption class="hidden">{t('procedures.title')}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t('procedures.procedure')}</th>
                    <th scope="col">{t('editor.field.domains')}</th>
                    <th scope="col">{t('editor.field.type')}</th>
                    <th scope="col" data-numeric>
                      {t('procedures.version')}
                    </th>
                    <th scope="col">
                      <span class="hidden">{t('procedures.act')}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {items.map(item => (
                    <tr key={item.key}>
                      <th scope="row">
                        <a href={to.procedure(item.key)}>{item.title}</a>
                        <span class="cell-sub mono">{item.key}</span>
                      </th>
                      <td data-label={t('editor.field.domains')}>
                        {list(item.domains.map(domain => word('domains', domain)))}
                      </td>
                      <td data-label={t('editor.field.type')}>{word('exceptionTypes', item.type)}</td>
                      <td data-label={t('procedures.version')} data-numeric>
                        {item.version}
                      </td>
                      <td class="cell-act">
                        <a class="button" href={to.adminProcedure(item.key)}>
                          {t('procedures.edit')}
                          <span class="hidden"> {item.title}</span>
                        </a>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </section>
        )}
      </div>
    </>
  );
}
