import type { Reason } from '../core/failure.ts';
import type { StopSignal } from '../core/outcome.ts';
import type { Host } from '../host.ts';
import type { Writer } from '../writer.ts';
import type { Options, Values } from './option.ts';

/** What every command works with: the world, and where its words go. */
export interface Context {
  readonly host: Host;
  readonly stdout: Writer;
  readonly stderr: Writer;
}

/** How the program ends: with an exit code, or of the signal that stopped it. */
export type Ending = number | StopSignal;

/** What stands on the command line beside the options. */
export interface Argument {
  /** As the user sees it: `<task>`, `[task...]`. */
  readonly term: string;
  readonly help: string;
  /** The values that it can have, where they are few. */
  readonly values?: readonly string[];
  readonly default?: string;
}

/** An exit code that a command can end with, and what it means there. */
export interface Exit {
  readonly code: number;
  readonly meaning: string;
}

/** What a user asked a command to do: checked as far as each value can be by itself. */
export interface Call<O extends Options> {
  readonly args: readonly string[];
  readonly values: Values<O>;
  /** The long names of the options that were given. */
  readonly given: readonly string[];
  /** All commands, for the few that tell of them. */
  readonly commands: Commands;
  readonly context: Context;
}

/** A call of which some options cannot be read. */
export type Unread<O extends Options> = Omit<Call<O>, 'values'> & { readonly values: Partial<Values<O>> };

/** Everything that is told of a command, and how to run it. Whatever else is told of it is made of this. */
interface CommandSpec<O extends Options = Options> {
  /** What it does, in the list of commands: a clause. */
  readonly summary: string;
  readonly args: readonly Argument[];
  readonly options: O;
  /** Lines that can be pasted, each with what it does. */
  readonly examples: readonly (readonly [line: string, meaning: string])[];
  /** What else stands in its help: lines. */
  readonly notes: readonly string[];
  readonly exits: readonly Exit[];
  /** What to do where there are too many arguments; starts with a verb. */
  readonly excessFix?: string;
  /** Tells what else is wrong with a call of which an option cannot be read. Only those that can be are among the values. */
  check?(call: Unread<NoInfer<O>>): Promise<readonly Reason[]>;
  run(call: Call<NoInfer<O>>): Promise<Ending>;
}

/** A command of which it is not known which options it has. */
export type AnyCommand = CommandSpec;

/** Tells of a command: its options give the types of what they are read as. */
export function command<O extends Options>(spec: CommandSpec<O>): CommandSpec<O> {
  return spec;
}

/** The commands by their names, each loaded when it is asked for. */
export type Commands = Readonly<Record<string, () => Promise<AnyCommand>>>;
