import { type Answer, error, faulty, json } from './answers.ts';
import { readMore, readOrder } from './bodies.ts';
import { pageOf, readPage } from './page.ts';
import type { RunningTask } from './running-task.ts';
import type { Tasks } from './tasks.ts';

/** What a request says, as far as it matters. */
interface Request {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly isAuthorized: boolean;
  /** Null where it is longer than is read. */
  readonly body: string | null;
}

/** What an endpoint gets of a request. */
interface Call {
  readonly tasks: Tasks;
  /** Of the path; empty where there is none in it. */
  readonly id: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

type Endpoint = (call: Call) => Answer;

/** The one path that needs no token. */
const HEALTHCHECK = /^\/v1\/healthcheck$/;

const ROUTES: readonly { readonly path: RegExp; readonly methods: Readonly<Record<string, Endpoint>> }[] = [
  { path: /^\/v1\/discovery_tasks$/, methods: { GET: list, POST: create } },
  { path: /^\/v1\/discovery_tasks\/([^/]+)$/, methods: { GET: get } },
  { path: /^\/v1\/discovery_tasks\/([^/]+)\/results$/, methods: { GET: results } },
  { path: /^\/v1\/discovery_tasks\/([^/]+)\/resume$/, methods: { POST: resume } },
  { path: /^\/v1\/billing$/, methods: { GET: billing } },
  { path: HEALTHCHECK, methods: { GET: () => json(200, { status: 'ok' }) } },
];

/** Answers a request as the API does. */
export function answer({ method, target, isAuthorized, body }: Request, tasks: Tasks): Answer {
  const [path = '', query = ''] = target.split('?');
  const route = ROUTES.find((candidate) => candidate.path.test(path));
  if (!route) return error(404, 'Not Found');
  const endpoint = route.methods[method];
  if (!endpoint) return error(405, 'Method Not Allowed', { allow: Object.keys(route.methods).join(', ') });
  if (!isAuthorized && route.path !== HEALTHCHECK) return error(401, 'Invalid or missing token');
  if (body === null) return error(413, 'Request Entity Too Large');
  return endpoint({ tasks, id: route.path.exec(path)?.[1] ?? '', query: new URLSearchParams(query), body });
}

/** Who the token belongs to, as far as the vendor's client is known to ask for it. */
function billing(): Answer {
  return json(200, {
    user: { organization_id: 'simulated', organization_is_active: true },
    subscription: { plan_tier: 'simulated', requires_subscription: false },
  });
}

/** The tasks, newest first. */
function list({ tasks, query }: Call): Answer {
  const page = readPage(query, 20);
  if (!page.ok) return error(422, page.problems);
  return json(
    200,
    pageOf(tasks.list(), page.value).map((task) => task.state()),
  );
}

/** A query that begins with `lost:` costs the answer, not the task. */
function create({ tasks, body }: Call): Answer {
  const order = readOrder(body);
  if (!order.ok) return error(422, order.problems);
  const task = tasks.create(order.value);
  if (task === 'unpaid') return NO_CREDITS;
  return order.value.fields.query?.startsWith('lost:') ? 'reset' : json(200, task.state());
}

function get({ tasks, id }: Call): Answer {
  return ofTask(tasks, id, (task) => {
    const fault = task.nextFault();
    return fault ? faulty(fault) : json(200, task.seen());
  });
}

function results({ tasks, id, query }: Call): Answer {
  const page = readPage(query, 50);
  if (!page.ok) return error(422, page.problems);
  return ofTask(tasks, id, (task) => {
    const found = task.results();
    return json(200, { ...found, results: pageOf(found.results, page.value) });
  });
}

function resume({ tasks, id, body }: Call): Answer {
  const more = readMore(body);
  if (!more.ok) return error(422, more.problems);
  return ofTask(tasks, id, (task) => {
    switch (task.resume(more.value)) {
      case 'resumed':
        return json(200, task.state());
      case 'exhausted':
        return error(400, 'Discovery task is exhausted');
      case 'unpaid':
        return NO_CREDITS;
    }
  });
}

/** What is answered of a task, where there is one of this id and its rate limit allows an answer. */
function ofTask(tasks: Tasks, id: string, answerOf: (task: RunningTask) => Answer): Answer {
  const task = tasks.find(id);
  if (!task) return error(404, 'Discovery task not found');
  return task.admits() ? answerOf(task) : TOO_MANY_REQUESTS;
}

const TOO_MANY_REQUESTS = error(429, 'Too many requests: one a second, for all tasks together', { 'retry-after': '5' });

const NO_CREDITS = error(402, {
  error: 'insufficient_credits',
  message: 'You have 0 credits left',
});
