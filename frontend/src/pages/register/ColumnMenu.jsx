import { t } from '../../lib/i18n.js';
import { may } from '../../lib/session.js';
import { Choice, Group } from '../../ui/fields.jsx';
import { Menu } from '../../ui/Menu.jsx';
import { choose, columns, density, setDensity, shown } from './columns.js';

/** Which columns, and how much air. */
export const ColumnMenu = () => (
  <Menu icon="columns" text={t('register.columns')} kind="quiet">
    {() => (
      <div class="stack">
        <Group id="columns" label={t('register.columns')}>
          <div class="choices">
            {columns
              .filter(column => !column.fixed)
              .map(column => (
                <Choice
                  key={column.key}
                  id={`column-${column.key}`}
                  type="checkbox"
                  name="column"
                  label={t(`columns.${column.key}`)}
                  checked={shown(may('register_full')).includes(column.key)}
                  onInput={on => choose(column.key, on, may('register_full'))}
                />
              ))}
          </div>
        </Group>
        <fieldset class="field">
          <legend>{t('register.density')}</legend>
          <div class="segmented">
            {['comfortable', 'compact'].map(value => (
              <label key={value}>
                <input
                  type="radio"
                  name="density"
                  checked={density.value === value}
                  onChange={() => setDensity(value)}
                />
                {t(`register.${value}`)}
              </label>
            ))}
          </div>
        </fieldset>
      </div>
    )}
  </Menu>
);
