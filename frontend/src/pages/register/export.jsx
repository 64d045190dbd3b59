import { useEffect, useRef, useState } from 'preact/hooks';
import { request } from '../../lib/http.js';
import { num, t } from '../../lib/i18n.js';
import { api } from '../../paths.js';
import { Banner } from '../../ui/Banner.jsx';
import { Button } from '../../ui/Button.jsx';
import { Problem } from '../../ui/Problem.jsx';

const longest = 310_000; // as long as the server may take for a file

/** Hands a file to the browser: it is saved as it comes and never held in this page. @param {string} href */
function save(href) {
  const link = document.createElement('a');
  link.href = href;
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}

/**
 * The list as a file, in two steps: the server makes it whole or says why not, then the browser saves it. So a refusal is
 * read here and not in a page or a file of the browser.
 * @param {Record<string, any>} values the filters of the list
 */
export function useExport(values) {
  const url = api.csv(values);
  const nothing = { busy: false, made: null, error: null };
  const [state, setState] = useState(/** @type {{busy: boolean, made: any, error: any}} */ (nothing));
  const running = useRef(/** @type {AbortController | null} */ (null));
  useEffect(() => {
    setState(nothing); // what was said belonged to another list
    return () => running.current?.abort();
  }, [url]);
  const run = async () => {
    const control = new AbortController();
    running.current = control;
    setState({ ...nothing, busy: true });
    try {
      const { data } = await request('POST', url, { signal: control.signal, timeoutMs: longest });
      setState({ ...nothing, made: data });
      save(data.href);
    } catch (error) {
      if (!control.signal.aborted) setState({ ...nothing, error });
    }
  };
  return { ...state, run };
}

/** @param {{file: ReturnType<typeof useExport>, count: Api.Count | null}} props */
export const ExportButton = ({ file, count }) => (
  <>
    <Button icon="download" busy={file.busy} onClick={file.run} aria-describedby="csv-note">
      {t(file.busy ? 'register.csvBusy' : 'register.csv')}
    </Button>
    <span class="hidden" id="csv-note">
      {count?.exact && t('register.csvNote', { n: count.n })}
    </span>
  </>
);

/** What became of it, above the list it was made of. @param {{file: ReturnType<typeof useExport>}} props */
export function ExportResult({ file: { made, error, run } }) {
  if (error?.status === 422 && !error.errors.length) {
    return (
      <Banner tone="warning" title={t('register.csvRefused')}>
        <p>{error.detail}</p>
      </Banner>
    );
  }
  if (error) return <Problem error={error} what={t('register.csvWhat')} onRetry={run} />;
  return (
    made && (
      <Banner tone="success" title={t('register.csvDone', { n: made.rows })}>
        <p>
          {t('register.csvSaved', { name: made.name, kb: num(Math.ceil(made.bytes / 1024)) })}{' '}
          <a href={made.href} download>
            {t('register.csvAgain')}
          </a>
        </p>
      </Banner>
    )
  );
}
