/** The processor's time that a call takes, in milliseconds: other than the time on the wall, it has no other program's work in it. */
export function cpuMs(action: () => void): number {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
