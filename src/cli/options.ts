import { Option } from 'commander';
import type { HelpTopic } from './help.ts';

/** A command's options: those of its own, and the groups that it shares with others. */
export function optionsOf(name: HelpTopic): Option[] {
  switch (name) {
    case 'get':
      return [
        ...access(),
        ...polling(name),
        ...limits('never', '30s'),
        ...json('print the task as JSON'),
        ...output(name),
        ...talk(),
      ];
    case 'watch':
      return [...access(), ...polling(name), ...limits('never', '5m'), ...watchJson(), ...output(name), ...talk()];
    case 'results':
      return [...results(), ...access(), ...limits('never', '30s'), ...talk()];
    case 'list':
      return [...list(), ...access(), ...limits('never', '30s'), ...json('print a line of JSON for each task'), ...talk()];
    case 'create':
      return [...create(), ...starting(), ...withWatch(name)];
    case 'resume':
      return [...resume(), ...starting(), ...withWatch(name)];
    case 'demo':
      return [...demo(), ...polling(name), ...limits('20s', '5m'), ...watchJson(), ...output(name), ...talk()];
    case 'sandbox':
      return [...sandbox(), ...colors()];
    case 'completion':
      return colors();
  }
}

/** The options that every command has, for one of which no others are wanted. */
export function colors(): Option[] {
  return [
    new Option('--color', 'use colours (default: on a terminal; FORCE_COLOR)'),
    new Option('--no-color', 'use no colours (also: NO_COLOR)'),
  ];
}

function access(): Option[] {
  return [
    new Option('--token-file <path>', 'read the token from a file, - for standard input (else from EXTRUCT_API_TOKEN)'),
    new Option('--api-url <url>', 'where the API is (default: EXTRUCT_API_URL, else https://api.extruct.ai)'),
    new Option('--insecure-http', 'allow http: to other machines; the token travels unencrypted'),
    new Option('--insecure-debug', 'allow a NODE_DEBUG with which Node.js itself prints the token').hideHelp(),
  ];
}

function polling(name: HelpTopic): Option[] {
  const isGet = name === 'get';
  return [
    // `get` takes the flags of `watch` that mean nothing to it, so that a script can keep one set of flags.
    new Option(
      '--interval <duration>',
      `time between two polls of a task; auto: by how near its end seems (default: ${name === 'demo' ? '1s' : 'auto'})`,
    ).hideHelp(isGet),
    new Option('--stall-timeout <duration>', 'give up when nothing has changed for so long (default: never)').hideHelp(isGet),
    new Option(
      '--settle <duration>',
      `sources exhausted: how long to wait for scores while no counter changes, 0 for not at all (default: ${name === 'demo' ? '3s' : '2m'})`,
    ).hideHelp(isGet),
    new Option('--until <condition>', 'also end well when it holds: num_results>=50; repeat it for any of several').argParser(
      collect,
    ),
    new Option('--fail-fast', 'several tasks: stop at the first that does not end well').hideHelp(name !== 'watch'),
    new Option('--results', 'at the end, print the companies that were found').hideHelp(isGet),
  ];
}

function limits(timeout: string, retryFor: string): Option[] {
  return [
    new Option('--timeout <duration>', `give up after so long (default: ${timeout})`),
    new Option('--request-timeout <duration>', 'give one request so long (default: 30s)'),
    new Option('--retry-for <duration>', `put up with an outage for so long (default: ${retryFor})`),
  ];
}

function json(description: string): Option[] {
  return [new Option('--json', description)];
}

function watchJson(): Option[] {
  return json('print a line of JSON for each change');
}

function output(name: HelpTopic): Option[] {
  const isGet = name === 'get';
  return [
    new Option('--progress <mode>', 'auto, live, plain or none (default: auto)').hideHelp(isGet),
    new Option('--heartbeat <duration>', 'plain progress: a line at least this often (default: 60s)').hideHelp(isGet),
    new Option('--bell', 'ring the bell at the end, on a terminal').hideHelp(isGet),
    new Option('--notify', 'notify at the end where the terminal can, else ring the bell').hideHelp(isGet),
    new Option('--allow-exhausted', 'exit 0 for an exhausted task'),
    new Option('--no-exit-status', 'exit 0 however the task stands; errors keep their codes'),
  ];
}

/** How much is said on stderr, and in what colours. */
function talk(): Option[] {
  return [
    new Option('-q, --quiet', 'no progress, no notes: the same as --progress none'),
    new Option('-v, --verbose', 'tell of each request on stderr (also: DEBUG=extruct-task)'),
    ...colors(),
  ];
}

function results(): Option[] {
  return [
    new Option('--limit <number>', 'print so many at the most (default: all)').conflicts('all'),
    new Option('--offset <number>', 'pass over so many of the first (default: 0)'),
    new Option('--all', 'print all of them, which is the default'),
    new Option('--min-relevance <number>', 'only companies of this relevance or more, 0 to 100'),
    new Option('--min-grade <criterion=grade>', 'only companies of this grade or more, 1 to 5; repeat it for several').argParser(
      collect,
    ),
    new Option('--explain', 'with what each grade was given for, and the sources'),
    new Option('--wide', 'every column, however wide'),
    new Option('--json', 'print a line of JSON for each company, as the API gave it').conflicts(['csv', 'markdown']),
    new Option('--csv', 'print CSV').conflicts('markdown'),
    new Option('--markdown', 'print a Markdown table'),
  ];
}

function list(): Option[] {
  return [
    new Option('--limit <number>', 'print so many at the most (default: 20)').conflicts('all'),
    new Option('--all', 'print all of them'),
    new Option(
      '--status <status>',
      'only running, done, exhausted, failed, created or in_progress; repeat it for several',
    ).argParser(collect),
  ];
}

function create(): Option[] {
  return [
    new Option('--desired <number>', 'how many high-fit results are wanted, 1 to 250 (default: the API’s, 100)'),
    new Option('--criterion <key=Name: text>', 'what a company must meet; repeat it for several').argParser(collect),
    new Option('--criteria-file <path>', 'read criteria from JSON or YAML, - for standard input'),
    new Option('--data-source <source>', 'search only web_search, extruct_db, linkedin or maps; repeat it for several').argParser(
      collect,
    ),
    new Option('--exclude-domain <domain>', 'leave out the company of this site; repeat it for several').argParser(collect),
    new Option('--exclude-task <task>', 'leave out what this task found; repeat it for several').argParser(collect),
    new Option('--table <id>', 'the table in the app to add the results to'),
    new Option('--body-file <path>', 'read the whole request from JSON, - for standard input'),
    new Option('--dry-run', 'check and print the request, and send nothing'),
  ];
}

function resume(): Option[] {
  return [new Option('--more <number>', 'how many results more are wanted, 0 to 250 (default: 25)')];
}

/** What commands that start something have of their own accord. */
function starting(): Option[] {
  return [
    new Option('--watch', 'go on to watch the task'),
    ...access(),
    ...limits('never', '30s, or 5m with --watch'),
    ...json('print the task as JSON; with --watch, a line for each change'),
    ...talk(),
  ];
}

/** And the rest of watch's, which they take for the sake of `--watch`. */
function withWatch(name: HelpTopic): Option[] {
  return [...polling(name), ...output(name)].map((option) => option.helpGroup('With --watch:'));
}

function demo(): Option[] {
  return [new Option('--create', 'the whole way: create the task, watch it, print what it found')];
}

function sandbox(): Option[] {
  return [
    new Option('--port <number>', 'the port to serve on, 0 for any that is free (default: 8787)'),
    new Option('--speed <factor>', 'how much faster than life the tasks go (default: 1)'),
  ];
}

/** Keeps every value of a flag that may be repeated; by it one is known. */
export function collect(value: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), value];
}
