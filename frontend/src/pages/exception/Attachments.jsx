import { useEffect, useRef, useState } from 'preact/hooks';
import { announce, focusOn } from '../../lib/a11y.js';
import { request } from '../../lib/http.js';
import { dateTime, fileSize, list, num, t } from '../../lib/i18n.js';
import { useResource } from '../../lib/resource.js';
import { api } from '../../paths.js';
import { Button } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { Dialog } from '../../ui/Dialog.jsx';
import { HintAndError } from '../../ui/fields.jsx';
import { Icon } from '../../ui/Icon.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';
import { filesChanged, useUploads } from './useUploads.js';

const card = 'attachments';

/** Asks once more, then takes a file off the list. @param {{number: string, file: Api.Attachment}} props */
function Remove({ number, file }) {
  const { name } = file;
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {any} */ (null));
  const done = useRef(false);
  // the button goes with its row, and the focus must not go with it
  useEffect(
    () => () => {
      if (done.current) focusOn(document.getElementById(card));
    },
    [],
  );
  const send = async () => {
    setBusy(true);
    setError(null);
    try {
      await request('DELETE', `${api.attachments(number)}/${file.position}`);
      setOpen(false);
      announce(t('files.removed', { name }));
      done.current = true;
      filesChanged(number);
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  };
  return (
    <>
      <Button kind="quiet" aria-label={t('files.removeOf', { name })} onClick={() => setOpen(true)}>
        {t('files.remove')}
      </Button>
      <Dialog open={open} title={t('files.removeTitle', { name })} onClose={() => setOpen(false)}>
        {error && <Problem error={error} />}
        <p>{t('files.removeText')}</p>
        <div class="dialog-actions">
          <Button kind="danger-solid" busy={busy} onClick={send}>
            {t('files.remove')}
          </Button>
          <Button onClick={() => setOpen(false)}>{t('files.keep')}</Button>
        </div>
      </Dialog>
    </>
  );
}

/** @param {{number: string, file: Api.Attachment, fixed: boolean}} props */
const FileRow = ({ number, file, fixed }) => (
  <li class="file">
    <Icon name="file" size={20} />
    <div class="file-body">
      <a href={file.href} download={file.name}>
        {file.name}
      </a>
      <p class="hint">
        {fileSize(file.size)}.{' '}
        {t('files.addedBy', { name: file.uploaded_by, at: dateTime(file.uploaded_at) })}
      </p>
      <p class="file-hash mono">{t('files.hash', { hash: file.sha256 })}</p>
    </div>
    {!fixed && file.may_remove && <Remove number={number} file={file} />}
  </li>
);

/** @param {{item: import('./useUploads.js').Upload, onDrop: () => void, onRetry: () => void}} props */
function UploadRow({ item, onDrop, onRetry }) {
  const { name } = item.file;
  const failed = item.phase === 'failed';
  const percent = Math.floor(item.part * 100);
  const state = percent === 100 ? t('files.checking') : t('files.percent', { n: num(percent) });
  return (
    <li class="file" data-failed={failed || undefined}>
      <Icon name={failed ? 'alert' : 'up'} size={20} />
      <div class="file-body">
        {failed ? (
          <p class="field-error">
            <span class="hidden">{t('ui.errorPrefix')} </span>
            {item.text}
          </p>
        ) : (
          <>
            <p>{name}</p>
            {item.phase === 'sending' && (
              <progress max={100} value={percent} aria-label={t('files.sending', { name })} />
            )}
            <p class="hint">{item.phase === 'sending' ? state : t('files.waiting')}</p>
          </>
        )}
      </div>
      {failed && !item.final && (
        <Button kind="quiet" aria-label={t('files.retryOf', { name })} onClick={onRetry}>
          {t('files.retry')}
        </Button>
      )}
      <Button
        kind="quiet"
        aria-label={t(failed ? 'files.dismissOf' : 'files.stopOf', { name })}
        onClick={onDrop}
      >
        {t(failed ? 'files.dismiss' : 'files.stop')}
      </Button>
    </li>
  );
}

/** Where files are chosen or dropped. @param {{limits: Api.Attachments, onFiles: (files: Iterable<File>) => void}} props */
function Add({ limits, onFiles }) {
  const id = 'attachments-file';
  const [over, setOver] = useState(false);
  const hint = (
    <>
      {t('files.types', { types: list(limits.extensions.map(one => one.toUpperCase())) })}{' '}
      {t('files.limits', {
        size: fileSize(limits.max_file_bytes),
        n: limits.max_files,
        total: fileSize(limits.max_total_bytes),
      })}
    </>
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the input inside is the first
    <div
      class="field file-add"
      data-over={over || undefined}
      onDragOver={event => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        event.preventDefault();
        setOver(false);
        onFiles(event.dataTransfer?.files ?? []);
      }}
    >
      <label for={id}>
        {t('files.add')} <span class="optional">{t('files.drop')}</span>
      </label>
      <HintAndError id={id} hint={hint} />
      <input
        id={id}
        type="file"
        class="input"
        multiple
        accept={limits.extensions.map(one => `.${one}`).join(',')}
        aria-describedby={`${id}-hint`}
        onChange={event => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = ''; // the same file may be chosen again
        }}
      />
    </div>
  );
}

/**
 * The files of an exception: to fetch, and for those who may, to add and to remove.
 * @param {{number: string, version?: number, listOnly?: boolean}} props `version`: a new one reads the list again
 */
export function Attachments({ number, version = 0, listOnly = false }) {
  const got = useResource(api.attachments(number));
  const data = /** @type {Api.Attachments | null} */ (got.data);
  const { uploads, add, drop, retry } = useUploads(number);
  useEffect(() => {
    if (data) got.reload();
  }, [version]);
  const mayAdd = data?.may_add && !listOnly;
  return (
    <Card title={t('files.title')} id={card}>
      {got.error && !data && <Problem error={got.error} what={t('files.what')} onRetry={got.reload} />}
      {!data && !got.error && <Skeleton lines={2} />}
      {data && !data.items.length && !uploads.length && (
        <p class="muted">{t(mayAdd ? 'files.optional' : 'files.none')}</p>
      )}
      {data && (data.items.length > 0 || uploads.length > 0) && (
        <ul class="files">
          {data.items.map(file => (
            <FileRow key={file.position} number={number} file={file} fixed={listOnly} />
          ))}
          {uploads.map(item => (
            <UploadRow
              key={item.id}
              item={item}
              onDrop={() => drop(item.id)}
              onRetry={() => retry(item.id)}
            />
          ))}
        </ul>
      )}
      {data && mayAdd && <Add limits={data} onFiles={files => add(files, data)} />}
    </Card>
  );
}
