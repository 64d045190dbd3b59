import { topicsOf } from '../../domain/stage.js';
import { date, dateTime, list, t } from '../../lib/i18n.js';
import { useResource } from '../../lib/resource.js';
import { api } from '../../paths.js';
import { Card } from '../../ui/Card.jsx';

/** One record as it stands: what was said, who was there, when, and who wrote it down. @param {{record: Api.StageRecord}} props */
export function RecordText({ record }) {
  const meta = [
    record.on_day && date(record.on_day),
    record.people,
    record.reference && t('records.reference', { reference: record.reference }),
  ].filter(Boolean);
  const topics = topicsOf(record);
  return (
    <div class="record">
      {record.text && <p class="prose">{record.text}</p>}
      {meta.length > 0 && <p class="record-meta">{meta.join(' · ')}</p>}
      {topics.length > 0 && <p class="record-meta">{t('records.about', { topics: list(topics) })}</p>}
      <p class="muted small">{t('findings.by', { name: record.author, at: dateTime(record.recorded_at) })}</p>
    </div>
  );
}

/** Records under the names of what they record. @param {{records: Api.StageRecord[]}} props */
export const RecordList = ({ records }) => (
  <ul class="answer-list">
    {records.map(record => (
      <li key={record.id}>
        <h4 class="record-title">{record.label ?? t('records.implementation')}</h4>
        <RecordText record={record} />
      </li>
    ))}
  </ul>
);

/** What was recorded in the stages behind, stage by stage; the stage it is in has its own panel. @param {{x: Api.Exception}} props */
export function Records({ x }) {
  const records = (x.records ?? []).filter(
    record => record.stage !== x.stage?.stage && x.stage?.kind !== 'respond',
  );
  const { data } = useResource(records.length ? api.procedure(x.procedure_key, x.procedure_version) : null);
  if (!records.length) return null;
  const stages = /** @type {Api.Procedure | null} */ (data)?.stages ?? [];
  const keys = [...new Set(records.map(record => record.stage))];
  return (
    <Card title={t('records.title')}>
      <div class="stack-lg">
        {keys.map(key => (
          <section key={key} class="stack-sm">
            <h3 class="records-stage">
              {stages.find(stage => stage.key === key)?.title ?? t('records.later')}
            </h3>
            <RecordList records={records.filter(record => record.stage === key)} />
          </section>
        ))}
      </div>
    </Card>
  );
}
