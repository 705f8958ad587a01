/*
 * What counts where a user of the command line or of the library does not say otherwise (contract, "Settings"). In milliseconds.
 */

/** One request, from dial to last byte. */
export const REQUEST_TIMEOUT_MS = 30_000;

/** How long an outage is waited out where one answer is asked for, and in a watch. */
export const RETRY_ONCE_MS = 30_000;
export const RETRY_WATCH_MS = 300_000;

/** How long a watch goes on once the sources are exhausted, while candidates are being scored and no counter changes. */
export const SETTLE_MS = 120_000;
