/** What a user of the command line calls the settings that asking can end by. */
export const FLAG_NAMES = { timeout: '--timeout', retryFor: '--retry-for', stallTimeout: '--stall-timeout' };
