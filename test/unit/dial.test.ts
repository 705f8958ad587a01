import { Socket } from 'node:net';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { alternate, race } from '../../src/client/dial.ts';
import { stopTimers } from '../support/time-limit.ts';

const v4 = (address: string) => ({ address, family: 4 });
const v6 = (address: string) => ({ address, family: 6 });

/** A race to sockets that connect and fail as the test says. */
function start(...names: readonly string[]) {
  const sockets = new Map<string, Socket>();
  const done = vi.fn<(error: Error | null, socket: Socket) => void>();
  const open = ({ address }: { address: string }) => {
    const socket = new Socket();
    sockets.set(address, socket);
    return socket;
  };
  race(names.map(v4), open, 30_000, done);
  return {
    done,
    tried: () => [...sockets.keys()],
    connects: (name: string) => sockets.get(name)?.emit('connect'),
    fails: (name: string, code: string) => sockets.get(name)?.emit('error', Object.assign(new Error(code), { code })),
    socket: (name: string) => sockets.get(name),
  };
}

describe('a host of several addresses', () => {
  beforeEach(stopTimers);

  it('is reached at the first, though that takes longer than the second takes to fail', () => {
    const { tried, fails, connects, done, socket } = start('slow', 'unreachable');
    vi.advanceTimersByTime(250);
    expect(tried()).toEqual(['slow', 'unreachable']);
    fails('unreachable', 'EHOSTUNREACH');
    vi.advanceTimersByTime(5000);
    expect(done).not.toHaveBeenCalled();
    connects('slow');
    expect(done.mock.calls).toEqual([[null, socket('slow')]]);
  });

  it('is reached at the second where the first is silent, and the first is given up', () => {
    const { tried, connects, done, socket } = start('silent', 'good', 'spare');
    expect(tried()).toEqual(['silent']);
    vi.advanceTimersByTime(250);
    connects('good');
    connects('silent');
    vi.advanceTimersByTime(60_000);
    expect(tried()).toEqual(['silent', 'good']);
    expect(done.mock.calls).toEqual([[null, socket('good')]]);
    expect([socket('silent')?.destroyed, socket('good')?.destroyed]).toEqual([true, false]);
  });

  it('is tried at the next at once where one fails, and fails with the last', () => {
    const { tried, fails, done } = start('a', 'b');
    fails('a', 'ENETUNREACH');
    expect(tried()).toEqual(['a', 'b']);
    fails('b', 'ECONNREFUSED');
    expect(done.mock.calls).toEqual([[expect.objectContaining({ code: 'ECONNREFUSED' }), undefined]]);
  });

  it('uses up no sockets for longer than a request may take', () => {
    const { done, socket } = start('silent');
    vi.advanceTimersByTime(30_000);
    expect(done).toHaveBeenCalledOnce();
    expect(socket('silent')?.destroyed).toBe(true);
  });
});

it.each([
  [[v6('a'), v6('b'), v4('c'), v4('d'), v4('e')], 'acbde'],
  [[v4('a'), v6('b'), v6('c')], 'abc'],
  [[v4('a')], 'a'],
])('the addresses of both families are tried in turn: %#', (addresses, order) => {
  expect(
    alternate(addresses)
      .map(({ address }) => address)
      .join(''),
  ).toBe(order);
});
