import { look } from '../../domain/status.js';
import { t, word } from '../../lib/i18n.js';
import { Tag } from '../../ui/Tag.jsx';

/** A status as icon, word and tone. @param {{status: string}} props */
export const Status = ({ status }) => <Tag {...look(status)}>{word('status', status)}</Tag>;

/** "Already 12 days past the limit" beside a request that came late. @param {{days: number | null | undefined}} props */
export const Breach = ({ days }) =>
  days ? (
    <Tag tone="danger" icon="alert">
      {t('risk.breach', { n: days })}
    </Tag>
  ) : null;
