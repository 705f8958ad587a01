/** The data sources that a new task can be told to search; answers may name others. */
export const DATA_SOURCES: readonly string[] = ['web_search', 'extruct_db', 'linkedin', 'maps'];

/** The target of a new task for which none is set: the API's. */
export const USUAL_TARGET = 100;

/** How many more results a task can be asked for at a time: the API's limit. */
export const MOST_MORE = 250;
