import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { errorCode } from '../../core/error-code.ts';
import type { Host } from '../../host.ts';

/** The rights of a file's group and of all others, in its mode. */
const READABLE_BY_OTHERS = 0o044;
const WRITABLE_BY_OTHERS = 0o022;

/** Where Docker, Podman and Kubernetes put secrets, for whoever runs in the container. */
const SECRET_FOLDERS = ['/run/secrets/', '/var/run/secrets/'];

/** Where a token file lies, and whose it is. */
interface Place {
  /** Without symbolic links. */
  readonly path: string;
  readonly mode: number;
  readonly isOwn: boolean;
  /** Whether it lies on another mount than the root folder. */
  readonly isMounted: boolean;
  /** Whether nobody can write there, root neither: a mount of Kubernetes or systemd. */
  readonly isReadOnly: boolean;
}

/**
 * What other users can do with the token in a file, as a verb; null for nothing. Only files are looked at, not a pipe such as
 * `<(pass show token)`. On Windows the mode of every file says so and means nothing.
 */
export function rightsOfOthers(path: string, { userId, machine }: Host): string | null {
  const stats = statSync(path);
  if (!stats.isFile() || machine.platform === 'win32') return null;
  const isFault = isExposed({
    path: realpathSync(path),
    mode: stats.mode,
    isOwn: stats.uid === userId,
    isMounted: stats.dev !== statSync('/').dev,
    isReadOnly: isReadOnly(path),
  });
  if (!isFault) return null;
  return [stats.mode & READABLE_BY_OTHERS ? 'read' : [], stats.mode & WRITABLE_BY_OTHERS ? 'change' : []].flat().join(' and ');
}

/** Whether a file's mode is a fault that its reader can mend: not where whoever runs the machine or the container put it there. */
export function isExposed({ path, mode, isOwn, isMounted, isReadOnly }: Place): boolean {
  if ((mode & (READABLE_BY_OTHERS | WRITABLE_BY_OTHERS)) === 0) return false;
  const isHandedIn = SECRET_FOLDERS.some((folder) => path.startsWith(folder)) || (isMounted && (!isOwn || isReadOnly));
  return !isHandedIn || (mode & WRITABLE_BY_OTHERS) !== 0;
}

function isReadOnly(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return false;
  } catch (error) {
    return errorCode(error) === 'EROFS';
  }
}
