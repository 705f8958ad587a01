/*
 * The API of thousands of tasks that run and run, on loopback. Their counters move between every other poll. It keeps when each
 * task is asked for, and tells every second how late the polls were against their plan: an interval after the one before.
 */
import { createServer } from 'node:http';
import { TASK } from '../task.js';

const INTERVAL_MS = Number(process.argv[2]);

const lastAt = new Map();
const sockets = new Set();
let mostSockets = 0;
let late = [];

const server = createServer((request, response) => {
  const now = performance.now();
  const id = request.url.split('/').at(-1);
  const last = lastAt.get(id);
  if (last) late.push(now - last.at - INTERVAL_MS);
  const polls = (last?.polls ?? 0) + 1;
  lastAt.set(id, { at: now, polls });
  const body = JSON.stringify(taskOf(id, Math.floor(polls / 2)));
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body);
});

function taskOf(id, steps) {
  return {
    ...TASK,
    id,
    status: 'in_progress',
    desired_num_results: 250,
    num_results_discovered: 400 + 4 * steps,
    num_results_enriched: 200 + 2 * steps,
    num_results_evaluated: 100 + steps,
    num_results: 25 + Math.floor(steps / 4),
  };
}

server.on('connection', (socket) => {
  sockets.add(socket);
  mostSockets = Math.max(mostSockets, sockets.size);
  socket.once('close', () => sockets.delete(socket));
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
setInterval(() => {
  process.send({ late, mostSockets });
  late = [];
}, 1000);
process.on('disconnect', () => process.exit());
