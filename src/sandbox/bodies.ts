import * as z from 'zod/mini';
import { type Checked, type Problem, problemOf } from './problems.ts';
import type { Order } from './scenario.ts';

/** A string that is more than white space. */
function words() {
  return z.string().check(({ value, issues }) => {
    if (value.trim() === '') issues.push({ origin: 'string', input: value, code: 'too_small', minimum: 1 });
  });
}

/** A string of `least` to `most` characters. FastAPI counts code points. */
function text(least: number, most = Number.POSITIVE_INFINITY) {
  return z.string().check(({ value, issues }) => {
    const { length } = [...value];
    const issue = { origin: 'string', input: value } as const;
    if (length < least) issues.push({ ...issue, code: 'too_small', minimum: least });
    if (length > most) issues.push({ ...issue, code: 'too_big', maximum: most });
  });
}

function whole(least: number, most: number) {
  return z.number().check(z.multipleOf(1, { abort: true }), z.gte(least), z.lte(most));
}

const criterionSchema = z.object({
  key: z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_]*$/)),
  name: text(1, 100),
  criterion: text(10, 500),
});

/** The body of `POST /v1/discovery_tasks`, with the limits that the API's page gives. */
const orderSchema = z.object({
  query: words(),
  desired_num_results: z._default(whole(1, 250), 100),
  // A result's scores are kept by key, so two criteria cannot share one.
  criteria: z.nullish(
    z
      .array(criterionSchema)
      .check(
        z.refine((criteria) => new Set(criteria.map(({ key }) => key)).size === criteria.length, 'criteria keys must be unique'),
      ),
  ),
  auto_data_sources: z._default(z.boolean(), true),
  data_sources: z.nullish(z.array(z.enum(['web_search', 'extruct_db', 'linkedin', 'maps']))),
  exclude_domains: z.nullish(z.array(z.string())),
  exclude_task_ids: z.nullish(z.array(z.string()).check(z.maxLength(100))),
  table: z.nullish(
    z.object({
      id: z.nullish(z.string()),
      run: z.nullish(z.boolean()),
      auto_import: z.nullish(z.boolean()),
      columns: z.nullish(z.array(z.unknown())),
    }),
  ),
});

/** A body that turns automatic sources off without a list of its own. */
const sourcelessSchema = z.object({ auto_data_sources: z.literal(false), data_sources: z.nullish(z.tuple([])) });

const SOURCELESS: Problem = {
  loc: ['body', 'data_sources'],
  type: 'value_error',
  msg: 'Value error, data_sources are needed where auto_data_sources is false',
};

/** The body of `POST /v1/discovery_tasks/{task_id}/resume`; the API's own page gives the default. */
const resumeSchema = z.object({ desired_new_results: z._default(whole(0, 250), 25) });

/** Reads the body of a request to create a task. */
export function readOrder(body: string): Checked<Order> {
  const json = parseJson(body);
  if (!json.ok) return json;
  const order = read(orderSchema, json.value);
  if (!sourcelessSchema.safeParse(json.value).success) return order.ok ? { ok: true, value: orderOf(order.value) } : order;
  return { ok: false, problems: [...(order.ok ? [] : order.problems), SOURCELESS] };
}

/** Reads the body of a request to resume a task: how many results more are wanted. */
export function readMore(body: string): Checked<number> {
  const json = parseJson(body);
  const resume = json.ok ? read(resumeSchema, json.value) : json;
  return resume.ok ? { ok: true, value: resume.value.desired_new_results } : resume;
}

function parseJson(body: string): Checked<unknown> {
  try {
    return { ok: true, value: body === '' ? undefined : JSON.parse(body) };
  } catch {
    return { ok: false, problems: [{ loc: ['body'], type: 'json_invalid', msg: 'JSON decode error' }] };
  }
}

function read<T>(schema: z.ZodMiniType<T>, value: unknown): Checked<T> {
  const result = schema.safeParse(value, { reportInput: true });
  return result.success ? { ok: true, value: result.data } : { ok: false, problems: result.error.issues.map(problemOf) };
}

function orderOf(body: z.output<typeof orderSchema>): Order {
  return {
    target: body.desired_num_results,
    fields: {
      query: body.query,
      table_id: body.table?.id ?? null,
      auto_data_sources: body.auto_data_sources,
      exclude_domains: body.exclude_domains ?? [],
      ...(body.data_sources?.length ? { data_sources: body.data_sources } : {}),
      ...(body.criteria?.length ? { criteria: body.criteria } : {}),
    },
  };
}
