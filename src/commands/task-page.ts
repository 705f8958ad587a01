import { API_URL } from '../api/api-url.ts';
import { taskPage } from '../core/task-reference.ts';
import type { Settings } from './context.ts';

const APP_API = new URL(API_URL).hostname;

/** The row of a table that names the task's page in the app; without a value, and so not shown, where another API was asked. */
export function pageRow(id: string, { apiUrl }: Settings): readonly [label: string, value: string] {
  return ['Page', apiUrl.hostname === APP_API ? taskPage(id) : ''];
}
