import packageJson from '../package.json' with { type: 'json' };

/** The package's version. */
export const version: string = packageJson.version;

/** What each request calls the program, and the library (RFC 9110 section 10.1.5). */
export const userAgent = `extruct-task/${version}`;
