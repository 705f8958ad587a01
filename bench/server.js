/*
 * The API that the benchmarks ask: one task that has ended, on loopback, over http and https. A process of its own, so that its
 * work is nobody's time. Started by fork; sends its two ports, and ends with whoever started it.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { TASK } from './task.js';

const COUNTERS = {
  desired_num_results: 50,
  num_results_discovered: 400,
  num_results_enriched: 200,
  num_results_evaluated: 100,
  num_results: 50,
};

const tls = (name) => readFileSync(new URL(`../test/support/tls/${name}.pem`, import.meta.url));

function answer(request, response) {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ id: request.url.split('/').at(-1), status: 'done', ...TASK, ...COUNTERS }));
}

function listen(server) {
  return new Promise((resolve) => server.listen(0, 'localhost', () => resolve(server.address().port)));
}

const http = await listen(createServer(answer));
const https = await listen(createTlsServer({ key: tls('key'), cert: tls('cert') }, answer));
process.send({ http, https });
process.on('disconnect', () => process.exit());
