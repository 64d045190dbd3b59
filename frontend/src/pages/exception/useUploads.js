import { useEffect, useRef, useState } from 'preact/hooks';
import { announce } from '../../lib/a11y.js';
import { newKey } from '../../lib/http.js';
import { fileSize, t } from '../../lib/i18n.js';
import { invalidate } from '../../lib/resource.js';
import { upload } from '../../lib/upload.js';
import { api } from '../../paths.js';
import { wordsOf } from '../../ui/Problem.jsx';

/** @typedef {{id: string, file: File, phase: 'waiting' | 'sending' | 'failed', part: number, text: string, final: boolean}} Upload `final`: trying again is no use */

/** What can be told without sending it. @param {File} file @param {Api.Attachments} limits */
function faultOf(file, limits) {
  const extension = file.name.split('.').pop()?.toLowerCase() ?? '';
  if (!file.name.includes('.') || !limits.extensions.includes(extension)) return t('files.noType');
  if (file.size > limits.max_file_bytes)
    return t('files.tooLarge', { size: fileSize(limits.max_file_bytes) });
  return '';
}

/** The server's words for a refusal; those of a field continue the name of the file. @param {any} error @param {string} name */
function refusal(error, name) {
  if (!error.errors.length) return t('files.notAdded', { name, text: wordsOf(error).text });
  return error.errors
    .map((/** @type {{pointer: string, detail: string}} */ { pointer, detail }) =>
      t(pointer === '?name' ? 'files.nameFault' : 'files.fault', { name, detail }),
    )
    .join(' ');
}

/** What lists files and what tells of them is read again. @param {string} number */
export function filesChanged(number) {
  invalidate(api.attachments(number));
  invalidate(api.history(number));
}

/**
 * Files on their way to an exception, one after the other. One that is being sent when the page goes is still sent.
 * @param {string} number
 */
export function useUploads(number) {
  const [uploads, setUploads] = useState(/** @type {Upload[]} */ ([]));
  const current = useRef(/** @type {{id: string, stop: AbortController} | null} */ (null));
  /** @param {string} id @param {Partial<Upload>} patch */
  const change = (id, patch) =>
    setUploads(all => all.map(item => (item.id === id ? { ...item, ...patch } : item)));
  /** @param {string} id */
  const forget = id => setUploads(all => all.filter(item => item.id !== id));

  /** @param {Upload} item */
  const send = async ({ id, file }) => {
    const stop = new AbortController();
    current.current = { id, stop };
    change(id, { phase: 'sending', part: 0 });
    try {
      await upload(`${api.attachments(number)}?name=${encodeURIComponent(file.name)}`, file, {
        key: id,
        onProgress: part => change(id, { part }),
        signal: stop.signal,
      });
      announce(t('files.added', { name: file.name }));
      forget(id);
    } catch (caught) {
      const error = /** @type {import('../../lib/http.js').ApiError} */ (caught);
      if (error.kind === 'aborted') {
        forget(id);
      } else {
        const text = refusal(error, file.name);
        change(id, { phase: 'failed', text, final: error.status >= 400 && error.status < 500 });
        announce(text);
      }
    }
    current.current = null;
    filesChanged(number);
    setUploads(all => [...all]); // the next one
  };
  useEffect(() => {
    const next = uploads.find(item => item.phase === 'waiting');
    if (next && !current.current) send(next);
  }, [uploads]);

  return {
    uploads,
    /** @param {Iterable<File>} files @param {Api.Attachments} limits */
    add: (files, limits) => {
      const added = [...files].map(file => {
        const fault = faultOf(file, limits);
        return {
          id: newKey(),
          file,
          phase: /** @type {Upload['phase']} */ (fault ? 'failed' : 'waiting'),
          part: 0,
          text: fault && t('files.fault', { name: file.name, detail: fault }),
          final: true,
        };
      });
      setUploads(all => [...all, ...added]);
      const faults = added.map(item => item.text).filter(Boolean);
      if (faults.length) announce(faults.join(' '));
    },
    /** Stops it, or forgets that it failed. @param {string} id */
    drop: id => (current.current?.id === id ? current.current.stop.abort() : forget(id)),
    /** @param {string} id */
    retry: id => change(id, { phase: 'waiting', text: '' }),
  };
}
