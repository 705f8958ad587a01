/* What the same polls cost with Node alone: a keep-alive agent, a timer a task, JSON.parse. No limits, no checks, no retries. */
import { Agent, get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

const [, , url, tasks, intervalMs] = process.argv;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const known = new Map();

function ask(id) {
  return new Promise((resolve, reject) => {
    const headers = { authorization: 'Bearer bench-0123456789', accept: 'application/json' };
    const request = get(`${url}/v1/discovery_tasks/${id}`, { agent, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text) => {
        body += text;
      });
      response.on('end', () => resolve(JSON.parse(body)));
    });
    request.on('error', reject);
  });
}

async function watch(id, index) {
  await delay((index * Number(intervalMs)) / Number(tasks));
  for (;;) {
    const startedAt = performance.now();
    known.set(id, await ask(id));
    await delay(Math.max(0, startedAt + Number(intervalMs) - performance.now()));
  }
}

for (let index = 0; index < Number(tasks); index += 1) void watch(`task-${index}`, index);
