import { t } from '../../lib/i18n.js';
import { invalidate, useResource } from '../../lib/resource.js';
import { navigate } from '../../lib/router.jsx';
import { to } from '../../paths.js';
import { ButtonLink } from '../../ui/Button.jsx';
import { PageHead } from '../../ui/PageHead.jsx';
import { periodWords } from '../shared/acts.jsx';
import { DelegationForm } from '../shared/DelegationForm.jsx';
import { people } from '../shared/pickers.js';

/** For somebody who cannot name their delegate themselves. */
export default function AddDelegation() {
  const got = useResource(/** @type {string} */ ('/roles'));
  const roles = /** @type {Api.List<Api.Role> | null} */ (got.data)?.items ?? [];
  return (
    <>
      <PageHead
        title={t('delegations.addTitle')}
        sub={t('delegations.addSub')}
        back={{ href: to.designations(), label: t('designations.title') }}
      />
      <div class="narrow">
        <DelegationForm
          path="/delegations"
          search={people}
          away
          roles={roles
            .filter(role => role.role_class === 'approver')
            .map(role => ({ value: role.role, label: role.title }))}
          cancel={
            <ButtonLink href={to.designations()} kind="quiet">
              {t('ui.cancel')}
            </ButtonLink>
          }
          onDone={made => {
            invalidate('/delegations');
            navigate(to.designations(), {
              state: {
                done: t('delegations.added', {
                  to: made.to_name,
                  from: made.from_name,
                  period: periodWords(made),
                }),
              },
            });
          }}
        />
      </div>
    </>
  );
}
