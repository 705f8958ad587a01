import type { Option, Options } from '../../cli/option.ts';

/** The headings of options that few people need, in the order of the help; what stands under none comes first. */
export const GROUPS = {
  following: 'Polling and giving up:',
  showing: 'What is shown:',
  exiting: 'Exit code:',
  connecting: 'Connection:',
} as const;

/** The same options under a heading of the help. */
export function under<O extends Options>(group: string, options: O): O {
  return mapped(options, (option) => ({ ...option, group }));
}

/** The same options, accepted but not shown in the help. */
export function hidden<O extends Options>(options: O): O {
  return mapped(options, (option) => ({ ...option, isHidden: true }));
}

function mapped<O extends Options>(options: O, change: (option: Option<unknown>) => Option<unknown>): O {
  return Object.fromEntries(Object.entries(options).map(([key, option]) => [key, change(option)])) as O;
}
