// The stages of a procedure in their order, each with who acts, until when, and what is owed.
import { t } from '../../lib/i18n.js';
import { Card } from '../../ui/Card.jsx';
import { idAt } from './faults.js';
import { Ordered } from './Ordered.jsx';
import { inner, Lines, LongText, Pick, Several, Text, Whole } from './Parts.jsx';
import { isFaulty, ListFault, listOf } from './ProcedureParts.jsx';
import { options } from './words.js';

/** @typedef {import('./Parts.jsx').Part} Part */
/** @typedef {{value: string, label: string}[]} Choices */

/** @param {{part: Part, roles: Choices}} props */
const Completion = ({ part, roles }) => {
  const rule = part.value.rule;
  return (
    <>
      <Pick
        part={part}
        name="rule"
        empty={t('procedures.anyOne')}
        options={options('completionRules')}
        optional
      />
      {rule === 'all' && <Several part={part} name="roles" options={roles} hint={t('procedures.signHint')} />}
      {rule === 'quorum' && (
        <div class="three">
          <Pick part={part} name="chair" empty={t('editor.choose')} options={roles} />
          <Whole part={part} name="least" />
          <Whole part={part} name="of" />
        </div>
      )}
    </>
  );
};

/** @param {{part: Part}} props */
const Condition = ({ part }) => (
  <details open={Object.keys(part.value).length > 0 || undefined}>
    <summary>{t('procedures.applies')}</summary>
    <div class="stack">
      <p class="hint">{t('procedures.appliesHint')}</p>
      <div class="three">
        <Whole part={part} name="least_risk" optional />
        <Whole part={part} name="longer_than_days" optional />
        <Whole part={part} name="least_term_no" optional />
      </div>
      <Several part={part} name="domains" optional options={options('domains')} />
    </div>
  </details>
);

/** @param {{part: Part}} props */
const Findings = ({ part }) => (
  <>
    <h4>{t('editor.field.findings')}</h4>
    <Ordered
      id={idAt(`${part.at}/findings`)}
      rows={listOf(part, 'findings').rows}
      add={t('procedures.addFinding')}
      empty={() => ({ finding: '', label: '', hint: '' })}
      name={(_, i) => t('editor.row.findings', { n: i + 1 })}
      onRows={listOf(part, 'findings').put}
    >
      {(value, set, i) => {
        const row = { value, set, faults: part.faults, at: `${part.at}/findings/${i}` };
        return (
          <>
            <div class="two">
              <Text part={row} name="label" />
              <Text part={row} name="finding" hint={t('procedures.codeHint')} />
            </div>
            <LongText part={row} name="hint" optional />
          </>
        );
      }}
    </Ordered>
  </>
);

/** @param {{part: Part, roles: Choices}} props */
const Records = ({ part, roles }) => (
  <>
    <h4>{t('editor.field.records')}</h4>
    <Ordered
      id={idAt(`${part.at}/records`)}
      rows={listOf(part, 'records').rows}
      add={t('procedures.addRecord')}
      empty={() => ({ record: '', label: '', hint: '', kind: 'text', least: 1 })}
      name={(_, i) => t('editor.row.records', { n: i + 1 })}
      onRows={listOf(part, 'records').put}
    >
      {(value, set, i) => {
        const row = { value, set, faults: part.faults, at: `${part.at}/records/${i}` };
        return (
          <>
            <div class="two">
              <Text part={row} name="label" />
              <Text part={row} name="record" hint={t('procedures.codeHint')} />
              <Pick part={row} name="kind" options={options('recordKinds')} />
              <Whole part={row} name="least" optional />
            </div>
            <LongText part={row} name="hint" optional />
            {value.kind === 'meeting' && <Lines part={row} name="topics" optional />}
            {value.kind === 'copy' && (
              <Pick part={row} name="addressee" empty={t('editor.choose')} options={roles} />
            )}
          </>
        );
      }}
    </Ordered>
  </>
);

/** @param {{part: Part, roles: Choices}} props */
const Letter = ({ part, roles }) => (
  <>
    <h4>{t('editor.field.letter')}</h4>
    <Text part={part} name="title" />
    <Pick part={part} name="addressee" empty={t('editor.choose')} options={roles} />
    <LongText part={part} name="body" rows={8} hint={t('procedures.letterHint')} />
  </>
);

/** @param {{part: Part, roles: Choices, others: Choices}} props */
const Stage = ({ part, roles, others }) => (
  <>
    <div class="two">
      <Text part={part} name="title" />
      <Text part={part} name="stage" hint={t('procedures.codeHint')} />
      <Pick part={part} name="kind" options={options('stageKinds')} />
      <Pick part={part} name="role" empty={t('procedures.requester')} options={roles} />
    </div>
    <LongText part={part} name="what" />
    <div class="three">
      <Whole part={part} name="time_limit_days" optional />
      <Whole part={part} name="reminder_days" optional />
      <Pick part={part} name="escalation_role" empty={t('procedures.nobody')} options={roles} optional />
    </div>
    <div class="two">
      <Pick part={part} name="deputy_role" empty={t('procedures.nobody')} options={roles} optional />
      <Pick
        part={part}
        name="after"
        empty={t('procedures.goingOn')}
        options={options('stageAfters')}
        optional
      />
    </div>
    {part.value.kind === 'decide' && <Completion part={inner(part, 'completion')} roles={roles} />}
    <Condition part={inner(part, 'applies')} />
    {others.length > 0 && <Several part={part} name="not_same_as" optional options={others} />}
    <Findings part={part} />
    <Records part={part} roles={roles} />
    {part.value.kind === 'letter' && <Letter part={inner(part, 'letter')} roles={roles} />}
  </>
);

/** @param {{part: Part, roles: {role: string, title: string, role_class: string}[]}} props */
export function StagesPart({ part, roles }) {
  const actors = roles
    .filter(role => role.role_class === 'approver')
    .map(role => ({ value: role.role, label: role.title }));
  const { rows, put } = listOf(part, 'stages');
  return (
    <Card title={t('procedures.stages')}>
      <p class="hint">{t('procedures.stagesHint')}</p>
      <ListFault part={part} name="stages" />
      <Ordered
        id={idAt('/stages')}
        rows={rows}
        add={t('procedures.addStage')}
        empty={() => ({ stage: '', kind: 'decide', title: '', role: '', what: '' })}
        name={(row, i) =>
          t('editor.rowNamed', { row: t('editor.row.stages', { n: i + 1 }), name: row.title })
        }
        fold={(_, i) => isFaulty(part, `/stages/${i}`)}
        onRows={put}
      >
        {(value, set, i) => (
          <Stage
            part={{ value, set, faults: part.faults, at: `/stages/${i}` }}
            roles={actors}
            others={rows
              .filter((_, j) => j !== i)
              .map(row => ({ value: row.stage, label: row.title || row.stage }))}
          />
        )}
      </Ordered>
    </Card>
  );
}
