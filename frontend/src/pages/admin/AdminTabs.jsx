import { t } from '../../lib/i18n.js';
import { place } from '../../lib/router.jsx';
import { to } from '../../paths.js';

/** The pages of the administration: roles, documents, procedures. */
export const AdminTabs = () => (
  <nav class="tabs" aria-label={t('groups.tabs')}>
    <ul>
      {[
        [to.groups(), t('groups.title')],
        [to.designations(), t('designations.title')],
        [to.testPerson(), t('access.title')],
        [to.documents(), t('documents.title')],
        [to.procedures(), t('procedures.title')],
      ].map(([href, label]) => (
        <li key={href}>
          <a href={href} aria-current={place.value.path === href ? 'page' : undefined}>
            {label}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);
