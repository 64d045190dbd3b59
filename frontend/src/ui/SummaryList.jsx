import { t } from '../lib/i18n.js';

/**
 * Questions and answers. A row without an answer says so.
 * @param {{rows: {key: string, label: string, value: any, href?: string, missing?: string, wide?: boolean}[]}} props `href` adds a Change link, `wide` puts the answer below
 */
export const SummaryList = ({ rows }) => (
  <dl class="summary">
    {rows.map(row => (
      <div
        class="summary-row"
        key={row.key}
        id={row.href && `row-${row.key}`}
        data-missing={row.missing ? true : undefined}
        data-wide={row.wide || undefined}
      >
        <dt>{row.label}</dt>
        <dd>
          {row.value || <span class="muted">{t('ui.notGiven')}</span>}
          {row.missing && <p class="field-error">{row.missing}</p>}
        </dd>
        {row.href && (
          <dd class="summary-change">
            <a href={row.href}>
              {t('ui.change')}
              <span class="hidden"> {row.label}</span>
            </a>
          </dd>
        )}
      </div>
    ))}
  </dl>
);
