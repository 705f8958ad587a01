import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { answersNames } from '../../src/client/name-service.ts';
import { stopTimers } from '../support/time-limit.ts';

/** Asks a name service on loopback, which does with a question what `answer` says; null for silence. */
async function resolverOf(answer: ((question: Buffer) => Buffer) | null): Promise<Resolver> {
  const socket = createSocket('udp4');
  socket.on('message', (question, { port, address }) => {
    if (answer) socket.send(answer(question), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  onTestFinished(() => void socket.close());
  const resolver = new Resolver();
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
  return resolver;
}

/** A message that says in its flags that it is an answer, with this code (RFC 1035 section 4.1.1). */
const withCode = (code: number) => (question: Buffer) => {
  const message = Buffer.from(question);
  message.writeUInt16BE(0x8180 + code, 2);
  return message;
};

describe('the name service', () => {
  it.each([
    ['that there is no such name', 3],
    ['that the name has no address', 0],
    ['that it failed', 2],
    ['that it will not tell', 5],
  ])('answers where it says %s', async (_what, code) => {
    expect(await answersNames('api.example.com', 5000, await resolverOf(withCode(code)))).toBe(true);
  });

  it('does not answer where it is silent, and is not waited for any longer', async () => {
    stopTimers();
    const answers = answersNames('api.example.com', 100, await resolverOf(null));
    vi.advanceTimersByTime(100);
    expect(await answers).toBe(false);
  });

  it.each(['127.0.0.1', '[::1]', 'localhost'])('is not asked for %s', async (host) => {
    expect(await answersNames(host, 0, await resolverOf(null))).toBe(true);
  });
});
