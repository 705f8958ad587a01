import type { Reason } from '../../core/failure.ts';

/** The system's words for a machine on which no port of 127.0.0.1 can be used. */
const NO_LOOPBACK = ['EADDRNOTAVAIL', 'EAFNOSUPPORT'];

/** Why the simulated API cannot be served, from the system's word for it; port 0 is any. */
export function refusalOf(code: string, port: number): Reason {
  if (port === 0 || NO_LOOPBACK.includes(code))
    return { what: `Cannot open a port on 127.0.0.1 (${code})`, fix: 'check the network settings of this machine' };
  const what =
    code === 'EADDRINUSE'
      ? `Port ${port} is in use already (${code}), perhaps by another sandbox`
      : `Port ${port} cannot be used (${code})`;
  return { what, fix: 'set another port with --port' };
}

/** Lines to paste into another shell, in which every command then talks to the sandbox. */
export function linesToPaste(url: string, token: string, platform: string): string {
  const settings = [
    ['EXTRUCT_API_URL', url],
    ['EXTRUCT_API_TOKEN', token],
  ] as const;
  const lines = (line: (name: string, value: string) => string) =>
    settings.map(([name, value]) => `${line(name, value)}\n`).join('');
  if (platform !== 'win32') return lines((name, value) => `export ${name}=${value}`);
  const powershell = lines((name, value) => `$env:${name} = '${value}'`);
  return `PowerShell:\n${powershell}cmd:\n${lines((name, value) => `set ${name}=${value}`)}`;
}
