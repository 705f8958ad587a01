/*
 * Watches a task with the built program as fast as the machine can: whoever sleeps is woken at once. Prints how many bytes live after
 * so many sleeps, of which a poll is followed by one. Arguments: the API's address, the numbers of sleeps as a list, the options of
 * `watch`. It needs --expose-gc.
 */
const { Writable } = require('node:stream');
const { main, processHost } = require('../../dist/main.cjs');

const [, , url, marks, ...options] = process.argv;
const alive = [];
let now = 0;
let sleeps = 0;
const clock = {
  now: () => now,
  wallTime: () => now,
  async sleep(ms) {
    now += ms;
    sleeps += 1;
    await new Promise((resolve) => setImmediate(resolve));
    if (!marks.split(',').includes(String(sleeps))) return;
    gc();
    alive.push(process.memoryUsage().heapUsed);
  },
};
const sink = () => new Writable({ write: (_chunk, _encoding, done) => done() });
const host = {
  ...processHost(),
  argv: ['watch', 'task-1', '--interval', '10s', ...options],
  env: { EXTRUCT_API_URL: url, EXTRUCT_API_TOKEN: 'tok-0123456789abcdef' },
  stdout: sink(),
  stderr: Object.assign(sink(), { isTTY: true, columns: 100, rows: 30 }),
  clock,
  startedAt: 0,
};
main(host).then((ending) => process.stdout.write(JSON.stringify({ ending, alive })));
