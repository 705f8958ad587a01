/* Loaded into whatever is measured: tells its CPU time (µs) and memory (bytes) to a port of this machine, every second. */
import { createSocket } from 'node:dgram';

const socket = createSocket('udp4').unref();
setInterval(() => {
  const { user, system } = process.cpuUsage();
  const usage = JSON.stringify({ at: performance.now(), cpu: user + system, memory: process.memoryUsage.rss() });
  socket.send(usage, Number(process.env.BENCH_USAGE_PORT), '127.0.0.1');
}, 1000).unref();
