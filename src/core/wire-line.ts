/**
 * What the program adds to a task's object in a line of `--json` (contract, "JSON"), beside an `error`, which may be the task's own as
 * well. Types only, as with the task.
 */
export type LineMember = 'outcome' | 'observed_at' | 'exit_code' | 'next' | 'results';
