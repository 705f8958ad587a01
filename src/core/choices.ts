/** The data sources that a new task can be told to search; answers may name others. */
export const DATA_SOURCES: readonly string[] = ['web_search', 'extruct_db', 'linkedin', 'maps'];

/** What a list of tasks can be narrowed to: how a task stands by its own account, or the status of one that runs. */
export const LIST_STATUSES: readonly string[] = ['created', 'in_progress', 'running', 'done', 'exhausted', 'failed'];

/** How many results more a task can be asked for at a time: the API's bound. */
export const MOST_MORE = 250;
