import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n.js';
import { Chips } from '../../ui/Chips.jsx';
import { Combobox } from '../../ui/Combobox.jsx';
import { useUnitNames } from '../exception/FormAnswers.jsx';
import { assets, unitName, units } from '../shared/pickers.js';
import { useName } from '../shared/useNames.js';
import { common } from './FieldOf.jsx';

/** @typedef {import('./FieldOf.jsx').FieldProps} FieldProps */

/** The asset; its unit is taken over when none is given yet. @param {FieldProps} props */
export function AssetField({ field, form }) {
  const [picked, setPicked] = useState(/** @type {any} */ (null));
  const id = form.content.asset_id;
  const { asset_id: savedId, asset_name: saved } = form.exception;
  const label =
    picked?.value === String(id)
      ? picked.label
      : savedId === id
        ? saved
        : t('form.assetNumber', { n: id ?? '' });
  const mine = form.procedure.type === 'vulnerability_sla';
  const props = common({ field, form });
  return (
    <Combobox
      {...props}
      hint={mine ? [props.hint, t('form.ownAssets')].filter(Boolean).join(' ') : props.hint}
      chosen={id ? { value: String(id), label: label ?? '' } : null}
      search={assets(mine)}
      placeholder={t('form.searchAsset')}
      onPick={item => {
        setPicked(item);
        form.set('asset_id', item ? Number(item.value) : null);
        if (item?.data?.unit && !form.content.unit) form.set('unit', item.data.unit.code);
      }}
    />
  );
}

/** @param {FieldProps} props */
export function UnitField({ field, form }) {
  const code = form.content.unit ?? '';
  const name = useName(code, unitName);
  return (
    <Combobox
      {...common({ field, form })}
      chosen={code ? { value: code, label: name } : null}
      search={units}
      placeholder={t('form.searchUnit')}
      onPick={item => form.set('unit', item?.value ?? null)}
    />
  );
}

/** Further units: each pick becomes a chip. @param {FieldProps} props */
export function UnitsField({ field, form }) {
  const codes = form.content.units ?? [];
  const names = useUnitNames(codes);
  return (
    <div class="stack-sm">
      <Combobox
        {...common({ field, form })}
        chosen={null}
        clearAfter
        search={async q =>
          (await units(q)).filter(item => !codes.includes(item.value) && item.value !== form.content.unit)
        }
        placeholder={t('form.addUnit')}
        onPick={item => item && form.set('units', [...codes, item.value])}
      />
      <Chips
        label={field.label}
        items={codes.map(code => {
          const text = names[code] ?? code;
          return {
            key: code,
            text,
            remove: t('ui.removeOf', { what: text }),
            onRemove: () =>
              form.set(
                'units',
                codes.filter(item => item !== code),
              ),
          };
        })}
      />
    </div>
  );
}
