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
  /** Keeps a secret out of all that is written from now on. */
  hide(secret: string): void;
  /** A text without these secrets, also where they were pasted with white space inside: for one that is cut or spelled otherwise before it is written. */
  redact(text: string): string;
}

/** How the program ends: with an exit code, or of the signal that stopped it. */
export type Ending = number | StopSignal;

/** An argument of a command. */
export interface Argument {
  /** As the user sees it: `<task>`, `[task...]`. */
  readonly term: string;
  readonly help: string;
  /** The values that it can have, if they are few. */
  readonly values?: readonly string[];
  readonly default?: string;
}

/** An exit code that a command can end with, and what it means there. */
export interface Exit {
  readonly code: number;
  readonly meaning: string;
}

/** What a user asked a command to do. Each value has been checked by itself. */
export interface Call<O extends Options> {
  readonly args: readonly string[];
  readonly values: Values<O>;
  /** The long names of the options that were given. */
  readonly given: readonly string[];
  /** What was given of these options, as words that can be pasted into a shell, each behind a blank. */
  asGiven(options: Options): string;
  /** All commands, for the few that tell of them. */
  readonly commands: Commands;
  readonly context: Context;
}

/** A call in which some options are invalid. */
export type Unread<O extends Options> = Omit<Call<O>, 'values'> & { readonly values: Partial<Values<O>> };

/** The description of a command, and how to run it. Help, man page and docs are made from it. */
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
  /** What to do if there are too many arguments; starts with a verb. */
  readonly excessFix?: string;
  /** Reports what else is wrong with a call in which an option is invalid. The values contain only the valid options. */
  check?(call: Unread<NoInfer<O>>): Promise<readonly Reason[]>;
  run(call: Call<NoInfer<O>>): Promise<Ending>;
}

/** A command whose options are not known to the compiler. */
export type AnyCommand = CommandSpec;

/** Describes a command. The types of its values follow from its options. */
export function command<O extends Options>(spec: CommandSpec<O>): CommandSpec<O> {
  return spec;
}

/** The commands by their names, each loaded when it is asked for. */
export type Commands = Readonly<Record<string, () => Promise<AnyCommand>>>;
