/** The flags that ask for the version, the short one first. */
export const VERSION_FLAGS: readonly string[] = ['-V', '--version'];

/** The flags that ask for help, the short one first. */
export const HELP_FLAGS: readonly string[] = ['-h', '--help'];
