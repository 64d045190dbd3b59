import { useEffect, useState } from 'preact/hooks';
import { t } from '../../lib/i18n.js';
import { useResource } from '../../lib/resource.js';
import { api } from '../../paths.js';
import { Card } from '../../ui/Card.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';
import { SummaryList } from '../../ui/SummaryList.jsx';
import { isSaid, lockOf } from '../request/model.js';
import { answer } from '../shared/answers.jsx';
import { allUnits } from '../shared/pickers.js';

/** The names of further units, asked only when there are some. @param {string[]} codes */
export function useUnitNames(codes) {
  const [names, setNames] = useState(/** @type {Record<string, string>} */ ({}));
  const wanted = codes.join();
  useEffect(() => {
    if (!wanted) return;
    allUnits().then(
      all =>
        setNames(
          Object.fromEntries(
            all.filter(unit => codes.includes(unit.code)).map(unit => [unit.code, unit.name]),
          ),
        ),
      () => {},
    );
  }, [wanted]);
  return names;
}

/** Everything that was asked, in the order of the form. @param {{x: Api.Exception}} props */
export function FormAnswers({ x }) {
  const { data, error } = useResource(api.procedure(x.procedure_key, x.procedure_version));
  const procedure = /** @type {Api.Procedure | null} */ (data);
  const unitNames = useUnitNames(x.content?.units ?? []);
  if (!procedure && !error) {
    return (
      <Card>
        <Skeleton />
      </Card>
    );
  }
  const sections = (procedure?.form.sections ?? [plainSection(x)]).filter(
    // a part that has not opened says nothing; one that was answered stays, whatever came after it
    section =>
      !procedure ||
      !lockOf(section, procedure, x.form_stage) ||
      section.fields.some(field => isSaid(x.content?.[field.key])),
  );
  const known = {
    criteria: procedure?.qualification,
    document: x.document_title
      ? t('facts.documentOf', { title: x.document_title, version: x.document_version ?? '' })
      : undefined,
    clauses: x.clauses,
    asset: x.asset_name ?? undefined,
    unit: x.unit_name ?? undefined,
    unitNames,
    beneficiary: x.beneficiary,
  };
  return (
    <>
      {sections.map(section => (
        <Card key={section.key} title={section.title}>
          <SummaryList
            rows={section.fields
              .filter(field => field.key !== 'controls_none_reason')
              .map(field => ({
                key: field.key,
                label: field.label,
                value: answer(field, x.content ?? {}, known),
                wide: field.kind === 'risk',
              }))}
          />
        </Card>
      ))}
      {procedure && x.content?.overlap_reason && (
        <Card title={t('overlap.second')}>
          <p class="prose">{x.content.overlap_reason}</p>
        </Card>
      )}
    </>
  );
}

/** The form is not to be had: what was written is shown all the same, under its own names. @param {Api.Exception} x @returns {Api.Section} */
const plainSection = x => ({
  key: 'content',
  title: t('exception.content'),
  fields: Object.entries(x.content ?? {}).map(([key, value]) => ({
    key,
    label: key,
    hint: null,
    required: false,
    kind: typeof value === 'string' ? 'textarea' : key,
  })),
});
