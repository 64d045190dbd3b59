import { t } from '../../lib/i18n.js';
import { Card } from '../../ui/Card.jsx';
import { Attachments } from '../exception/Attachments.jsx';
import { Decisions } from '../exception/decisions.jsx';
import { FormAnswers } from '../exception/FormAnswers.jsx';
import { Path } from '../shared/Path.jsx';
import { Letters } from '../stage/Letter.jsx';
import { Records } from '../stage/Records.jsx';
import { Votes } from '../stage/Votes.jsx';

/** All that was written, in the order of the form, then who agreed so far and the steps. @param {{x: Api.Exception}} props */
export const Evidence = ({ x }) => (
  <>
    <FormAnswers x={x} />
    <Records x={x} />
    <Votes x={x} />
    <Letters x={x} />
    <Attachments key={x.number} number={x.number} version={x.row_version} />
    <Decisions decisions={x.decisions ?? []} />
    <Card title={t('path.label')}>
      <Path exception={x} />
    </Card>
  </>
);
