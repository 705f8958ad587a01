/** What Node.js and its libraries call an error: `ECONNRESET`, say. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown error';
}
