import type { Commands } from '../cli/command.ts';

/** All commands, in the order of the help: the most used first. To add one takes a folder beside this file and a line here. */
export const COMMANDS: Commands = {
  create: async () => (await import('./create/spec.ts')).default,
  watch: async () => (await import('./watch/spec.ts')).default,
  results: async () => (await import('./results/spec.ts')).default,
  get: async () => (await import('./get/spec.ts')).default,
  list: async () => (await import('./list/spec.ts')).default,
  resume: async () => (await import('./resume/spec.ts')).default,
  demo: async () => (await import('./demo/spec.ts')).default,
  doctor: async () => (await import('./doctor/spec.ts')).default,
  sandbox: async () => (await import('./sandbox/spec.ts')).default,
  completion: async () => (await import('./completion/spec.ts')).default,
  __complete: async () => (await import('./complete/spec.ts')).default,
};
