import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDraft } from './draft.js';

function bench(answers = []) {
  const sent = [];
  const timers = [];
  const draft = createDraft({
    etag: 'r1',
    save: (content, etag, last) => {
      sent.push({ content, etag, last });
      const answer = answers.shift();
      if (answer?.reject) return Promise.reject(answer.reject);
      return answer?.promise ?? Promise.resolve({ etag: `r${sent.length + 1}`, savedAt: 'now' });
    },
    setTimer: (fn, ms) => timers.push({ fn, ms }),
    clearTimer: id => {
      if (id) timers[id - 1].fn = () => {};
    },
  });
  const tick = async () => {
    const timer = timers.at(-1);
    timer.fn();
    await new Promise(setImmediate);
  };
  return { draft, sent, timers, tick, phase: () => draft.state.value.phase };
}

test('a change is saved after the quiet time, with the version it came from', async () => {
  const { draft, sent, timers, tick, phase } = bench();
  assert.equal(phase(), 'clean');
  draft.change({ title: 'a' });
  assert.equal(phase(), 'dirty');
  assert.equal(timers.at(-1).ms, 1200);
  await tick();
  assert.equal(phase(), 'saved');
  assert.deepEqual(sent, [{ content: { title: 'a' }, etag: 'r1', last: false }]);
  assert.equal(draft.etag, 'r2');
});

test('each key stroke starts the quiet time anew: one save', async () => {
  const { draft, sent, tick } = bench();
  draft.change({ title: 'a' });
  draft.change({ title: 'ab' });
  draft.change({ title: 'abc' });
  await tick();
  assert.deepEqual(
    sent.map(call => call.content.title),
    ['abc'],
  );
});

test('what is typed during a save goes with the next one, on the new version', async () => {
  let release;
  const { draft, sent, tick, phase } = bench([{ promise: new Promise(resolve => (release = resolve)) }]);
  draft.change({ title: 'a' });
  await tick();
  assert.equal(phase(), 'saving');
  draft.change({ title: 'ab' });
  release({ etag: 'r2', savedAt: 'then' });
  await new Promise(setImmediate);
  assert.equal(phase(), 'dirty');
  await tick();
  assert.deepEqual(sent[1], { content: { title: 'ab' }, etag: 'r2', last: false });
});

test('a server that is away is tried again, later each time, and keeps the text', async () => {
  const away = { reject: { status: 503 } };
  const { draft, sent, timers, tick, phase } = bench([away, away]);
  draft.change({ title: 'a' });
  await tick();
  assert.equal(phase(), 'retrying');
  assert.equal(timers.at(-1).ms, 3000);
  await tick();
  assert.equal(timers.at(-1).ms, 6000);
  await tick();
  assert.equal(phase(), 'saved');
  assert.equal(sent.length, 3);
});

test('a refused draft is not sent again until it changes', async () => {
  const { draft, sent, tick, phase } = bench([{ reject: { status: 422 } }]);
  draft.change({ title: 'a' });
  await tick();
  assert.equal(phase(), 'refused');
  assert.equal(sent.length, 1);
  draft.change({ title: 'b' });
  await tick();
  assert.equal(phase(), 'saved');
});

test('another tab: nothing is sent until the user chose; keep mine writes on their version', async () => {
  const { draft, sent, tick, phase } = bench([{ reject: { status: 412 } }]);
  draft.change({ title: 'mine' });
  await tick();
  assert.equal(phase(), 'conflict');
  draft.change({ title: 'mine 2' });
  await draft.flush();
  assert.equal(sent.length, 1);
  await draft.keepMine('r9');
  assert.deepEqual(sent[1], { content: { title: 'mine 2' }, etag: 'r9', last: false });
  assert.equal(phase(), 'saved');
});

test('another tab: take theirs drops what waits', async () => {
  const { draft, sent, tick, phase } = bench([{ reject: { status: 412 } }]);
  draft.change({ title: 'mine' });
  await tick();
  draft.takeTheirs('r9');
  await draft.flush();
  assert.equal(phase(), 'clean');
  assert.equal(draft.etag, 'r9');
  assert.equal(sent.length, 1);
});

test('the page going away sends at once', async () => {
  const { draft, sent } = bench();
  draft.change({ title: 'a' });
  await draft.flush(true);
  assert.equal(sent[0].last, true);
  assert.equal(draft.unsaved, false);
});
