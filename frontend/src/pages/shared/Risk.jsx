import { bandOf, heatOf } from '../../domain/risk.js';
import { t, word } from '../../lib/i18n.js';

/** A score in the colour of its band, with the band in words. @param {{score: number | null | undefined, short?: boolean}} props */
export function Risk({ score, short }) {
  const band = bandOf(score);
  if (!band) return <span class="muted">–</span>;
  return (
    <span class="risk">
      <span class="risk-score" data-heat={heatOf(band)}>
        {score}
      </span>
      {!short && <span>{word('bands', band)}</span>}
    </span>
  );
}

const five = [1, 2, 3, 4, 5];

/**
 * Where the risk stands among likelihood and impact: before the controls, and after them.
 * @param {{before: [number | null | undefined, number | null | undefined], after?: [number | null | undefined, number | null | undefined]}} props
 */
export function RiskMatrix({ before, after }) {
  /** @param {number} l @param {number} i */
  const markOf = (l, i) => {
    if (after && after[0] === l && after[1] === i) return 'after';
    return before[0] === l && before[1] === i ? 'before' : undefined;
  };
  return (
    <table class="matrix">
      <caption>{t(after?.[0] && after[1] ? 'risk.matrixBoth' : 'risk.matrix')}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="hidden">{t('risk.likelihood')}</span>
          </th>
          {five.map(i => (
            <th scope="col" key={i}>
              <span class="hidden">{t('risk.impact')} </span>
              {i}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...five].reverse().map(l => (
          <tr key={l}>
            <th scope="row">{l}</th>
            {five.map(i => {
              const mark = markOf(l, i);
              return (
                <td key={i} data-heat={heatOf(bandOf(l * i))} data-mark={mark}>
                  {mark && (
                    <>
                      {l * i}
                      <span class="hidden"> {t(`risk.${mark}`)}</span>
                    </>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
