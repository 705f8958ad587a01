/** What a user of the library calls the settings that a call can end by. */
export const OPTION_NAMES = { timeout: 'timeoutMs', retryFor: 'retryForMs', stallTimeout: 'stallTimeoutMs' };
